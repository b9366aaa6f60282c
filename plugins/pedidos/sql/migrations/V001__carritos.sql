-- Carts. `dueno` is whose: 'u:' and an account's id, or 'v:' and the fingerprint of a guest's token; no personal data.
-- `version` rises with every change. A cart that becomes an order is gone, so its id stands for one order at most.
-- Times are microseconds UTC, money is minor units.
CREATE TABLE pedidos_carritos (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    dueno VARCHAR(120) NOT NULL,
    version BIGINT NOT NULL,
    cupon VARCHAR(40),
    modificado BIGINT NOT NULL
);
CREATE UNIQUE INDEX pedidos_carritos_dueno ON pedidos_carritos (dueno);
CREATE INDEX pedidos_carritos_modificado ON pedidos_carritos (modificado);

-- `precio` is what a piece cost when the line was last written.
CREATE TABLE pedidos_carrito_lineas (
    carrito VARCHAR(22) NOT NULL,
    producto VARCHAR(16) NOT NULL,
    cantidad BIGINT NOT NULL,
    precio BIGINT NOT NULL,
    orden BIGINT NOT NULL,
    PRIMARY KEY (carrito, producto)
);

-- Coupons. `valor` is percent or minor units, `limite` how many orders may use it, NULL: any number.
CREATE TABLE pedidos_cupones (
    codigo VARCHAR(40) NOT NULL PRIMARY KEY,
    clase VARCHAR(16) NOT NULL,
    valor BIGINT NOT NULL,
    minimo BIGINT NOT NULL,
    desde BIGINT,
    hasta BIGINT,
    limite BIGINT,
    usados BIGINT NOT NULL
);
