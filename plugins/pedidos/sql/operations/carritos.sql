-- operation: carritos
-- params: duenos text list
-- returns: many
-- The carts of some owners with their lines, a row for each line; a cart without lines has one with NULL.
SELECT c.id, c.dueno, c.version, c.cupon, l.producto, l.cantidad, l.precio, l.orden
FROM pedidos_carritos c LEFT JOIN pedidos_carrito_lineas l ON l.carrito = c.id
WHERE c.dueno IN (:duenos)
ORDER BY c.id, l.orden, l.producto

-- operation: carrito_crear
-- params: id text, dueno text, cupon text?, momento time
-- returns: affected
INSERT INTO pedidos_carritos (id, dueno, version, cupon, modificado) VALUES (:id, :dueno, 1, :cupon, :momento)

-- operation: carrito_cambiar
-- params: id text, version int, cupon text?, momento time
-- returns: affected
-- The next version of a cart, if it is still the one that was read: every write of its lines stands behind this.
UPDATE pedidos_carritos SET version = version + 1, cupon = :cupon, modificado = :momento
WHERE id = :id AND version = :version

-- operation: carrito_borrar
-- params: id text, version int
-- returns: affected
DELETE FROM pedidos_carritos WHERE id = :id AND version = :version

-- operation: carrito_lineas_borrar
-- params: id text
-- returns: affected
DELETE FROM pedidos_carrito_lineas WHERE carrito = :id

-- operation: linea_crear
-- params: carrito text, producto text, cantidad int, precio int, orden time
-- returns: affected
INSERT INTO pedidos_carrito_lineas (carrito, producto, cantidad, precio, orden)
VALUES (:carrito, :producto, :cantidad, :precio, :orden)

-- operation: linea_cambiar
-- params: carrito text, producto text, cantidad int, precio int
-- returns: affected
UPDATE pedidos_carrito_lineas SET cantidad = :cantidad, precio = :precio
WHERE carrito = :carrito AND producto = :producto

-- operation: linea_borrar
-- params: carrito text, producto text
-- returns: affected
DELETE FROM pedidos_carrito_lineas WHERE carrito = :carrito AND producto = :producto

-- operation: carritos_viejos
-- params: antes time, limite int
-- returns: many
SELECT id, version FROM pedidos_carritos WHERE modificado < :antes ORDER BY modificado LIMIT :limite
