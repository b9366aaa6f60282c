-- Of an order: `por_facturar` 1: it is paid and has no invoice yet. `tienda` and `idioma` are the shop's address and the
-- language in which it was made, for the mails about it.
ALTER TABLE pedidos_pedidos ADD COLUMN por_facturar INT NOT NULL DEFAULT 0;
ALTER TABLE pedidos_pedidos ADD COLUMN tienda VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE pedidos_pedidos ADD COLUMN idioma VARCHAR(2) NOT NULL DEFAULT 'es';
CREATE INDEX pedidos_pedidos_por_facturar ON pedidos_pedidos (por_facturar);

-- The last number that a series gave in a year. It rises in the group that writes the invoice, so there are no gaps.
CREATE TABLE pedidos_series (
    serie VARCHAR(4) NOT NULL,
    anio INT NOT NULL,
    ultimo BIGINT NOT NULL,
    momento BIGINT NOT NULL,
    PRIMARY KEY (serie, anio)
);

-- Invoices, never changed. `origen` is what it is for: empty for the order as it was paid, else the id of a refund; one
-- invoice for each. `datos` has seller and buyer, sealed. `impuestos` is as in pedidos_pedidos.
CREATE TABLE pedidos_facturas (
    numero VARCHAR(20) NOT NULL PRIMARY KEY,
    clase VARCHAR(16) NOT NULL,
    pedido VARCHAR(22) NOT NULL,
    origen VARCHAR(60) NOT NULL,
    rectifica VARCHAR(20),
    momento BIGINT NOT NULL,
    moneda VARCHAR(3) NOT NULL,
    productos BIGINT NOT NULL,
    envio BIGINT NOT NULL,
    descuento BIGINT NOT NULL,
    total BIGINT NOT NULL,
    impuestos VARCHAR(400) NOT NULL,
    datos BLOB NOT NULL
);
CREATE UNIQUE INDEX pedidos_facturas_pedido ON pedidos_facturas (pedido, origen);

CREATE TABLE pedidos_factura_lineas (
    factura VARCHAR(20) NOT NULL,
    posicion INT NOT NULL,
    sku VARCHAR(64) NOT NULL,
    nombre VARCHAR(200) NOT NULL,
    cantidad BIGINT NOT NULL,
    precio BIGINT NOT NULL,
    tipo INT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (factura, posicion)
);

-- Durable events of which a mail has been written, so that each is told of once.
CREATE TABLE pedidos_avisos (
    suceso BIGINT NOT NULL,
    tema VARCHAR(40) NOT NULL,
    momento BIGINT NOT NULL,
    PRIMARY KEY (tema, suceso)
);
CREATE INDEX pedidos_avisos_momento ON pedidos_avisos (momento);
