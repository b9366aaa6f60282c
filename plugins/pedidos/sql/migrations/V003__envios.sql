-- `version` rises with whatever changes an order and may leave its state as it is: a shipment, a return. `envio_estandar`
-- is what shipping costs that goes back when everything comes back; NULL: all of it.
ALTER TABLE pedidos_pedidos ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE pedidos_pedidos ADD COLUMN envio_estandar BIGINT;
CREATE INDEX pedidos_pedidos_creado ON pedidos_pedidos (creado, id);
CREATE INDEX pedidos_pedidos_estado ON pedidos_pedidos (estado, creado, id);

-- What was sent when. `piezas` is "product:pieces" with blanks between. Carrier, number and address are empty where
-- nobody said them.
CREATE TABLE pedidos_expediciones (
    pedido VARCHAR(22) NOT NULL,
    id VARCHAR(22) NOT NULL,
    momento BIGINT NOT NULL,
    transportista VARCHAR(60) NOT NULL,
    seguimiento VARCHAR(80) NOT NULL,
    url VARCHAR(400) NOT NULL,
    piezas VARCHAR(2400) NOT NULL,
    PRIMARY KEY (pedido, id)
);

-- What somebody gives back. `importe` is what was paid for the pieces, `envio` what goes back of the shipping costs,
-- `recibida` when it arrived; NULL: it has not.
CREATE TABLE pedidos_devoluciones (
    pedido VARCHAR(22) NOT NULL,
    id VARCHAR(22) NOT NULL,
    momento BIGINT NOT NULL,
    motivo VARCHAR(200) NOT NULL,
    importe BIGINT NOT NULL,
    envio BIGINT NOT NULL,
    piezas VARCHAR(2400) NOT NULL,
    recibida BIGINT,
    PRIMARY KEY (pedido, id)
);
