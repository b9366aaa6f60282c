-- What orders need to know: the group of the tax ('general', 'reducido', 'superreducido', 'exento') and the weight in
-- grams, 0 when it is not known.
ALTER TABLE catalogo_productos ADD COLUMN iva VARCHAR(16) NOT NULL DEFAULT 'general';
ALTER TABLE catalogo_productos ADD COLUMN peso BIGINT NOT NULL DEFAULT 0;

-- Pieces that an order has reserved, until they are sold for good. `tomado` is what the stock gave for them and gets back:
-- nothing where it was not tracked at the time.
CREATE TABLE catalogo_reservas (
    pedido VARCHAR(32) NOT NULL,
    producto VARCHAR(16) NOT NULL,
    cantidad BIGINT NOT NULL,
    tomado BIGINT NOT NULL,
    PRIMARY KEY (pedido, producto)
);
