-- operation: para_vender
-- params: ids text list
-- returns: many
-- access: published
-- What a cart or an order needs to know of products, by their ids. `imagen` is the name of the first picture.
SELECT id, sku, nombre, importe, moneda, iva, peso, existencias,
       CASE WHEN INSTR(imagenes, ' ') > 0 THEN SUBSTR(imagenes, 1, INSTR(imagenes, ' ') - 1) ELSE imagenes END AS imagen
FROM catalogo_productos
WHERE id IN (:ids)

-- operation: para_vender_con
-- params: producto text, ids text list
-- returns: many
-- access: published
-- The same of these, and of the product that is named by its id or its sku: there may be two of those, and the one whose
-- id it is wins.
SELECT id, sku, nombre, importe, moneda, iva, peso, existencias,
       CASE WHEN INSTR(imagenes, ' ') > 0 THEN SUBSTR(imagenes, 1, INSTR(imagenes, ' ') - 1) ELSE imagenes END AS imagen
FROM catalogo_productos
WHERE id = :producto OR sku = :producto OR id IN (:ids)

-- operation: descontar
-- params: producto text, cantidad int
-- returns: affected
-- access: published
-- Takes pieces out of the stock, if so many are there: the caller guards that one row has changed. Where stock is not
-- tracked it stays so. `modificado` rises, so that an edit that read the old stock does not put it back.
UPDATE catalogo_productos
SET existencias = existencias - :cantidad, modificado = modificado + 1
WHERE id = :producto AND :cantidad > 0 AND (existencias IS NULL OR existencias >= :cantidad)

-- operation: reservar
-- params: pedido text, producto text, cantidad int
-- returns: affected
-- access: published
-- Notes what `descontar` took for an order just before, in the same group: nothing where stock is not tracked.
INSERT INTO catalogo_reservas (pedido, producto, cantidad, tomado)
SELECT :pedido, id, :cantidad, CASE WHEN existencias IS NULL THEN 0 ELSE :cantidad END
FROM catalogo_productos
WHERE id = :producto

-- operation: devolver
-- params: pedido text, producto text
-- returns: affected
-- access: published
-- Puts what an order has taken of a product back into the stock; `soltar` follows in the same group. No row when the
-- product is gone.
UPDATE catalogo_productos
SET existencias = existencias + (SELECT r.tomado FROM catalogo_reservas r
                                 WHERE r.pedido = :pedido AND r.producto = :producto),
    modificado = modificado + 1
WHERE id = :producto AND EXISTS (SELECT 1 FROM catalogo_reservas s
                                 WHERE s.pedido = :pedido AND s.producto = :producto)

-- operation: soltar
-- params: pedido text, producto text
-- returns: affected
-- access: published
-- The reservation of a product for an order ends.
DELETE FROM catalogo_reservas WHERE pedido = :pedido AND producto = :producto

-- operation: vender
-- params: pedido text
-- returns: affected
-- access: published
-- The reservations of an order end, and what they took stays taken.
DELETE FROM catalogo_reservas WHERE pedido = :pedido

-- operation: reponer
-- params: producto text, cantidad int
-- returns: affected
-- access: published
-- Pieces that were sold for good come back. No row where stock is not tracked, or when the product is gone.
UPDATE catalogo_productos
SET existencias = existencias + :cantidad, modificado = modificado + 1
WHERE id = :producto AND :cantidad > 0 AND existencias IS NOT NULL

-- operation: reservado
-- params: pedido text
-- returns: many
-- access: published
-- What an order has reserved.
SELECT producto, cantidad FROM catalogo_reservas WHERE pedido = :pedido
