-- How much of what was paid for an order had gone back by a time, as its payment told: amounts rise.
CREATE TABLE pedidos_devuelto (
    pago VARCHAR(40) NOT NULL,
    importe BIGINT NOT NULL,
    pedido VARCHAR(22) NOT NULL,
    momento BIGINT NOT NULL,
    PRIMARY KEY (pago, importe)
);
CREATE INDEX pedidos_devuelto_pedido ON pedidos_devuelto (pedido);
