-- operation: pedido_crear
-- params: id text, numero text, estado text, usuario text?, carrito text, acceso blob, moneda text, productos int, envio int, descuento int, total int, impuestos text, metodo text, zona text, cupon text?, caduca time?, creado time, correo text?, datos blob, envio_estandar int, por_facturar int, tienda text, idioma text
-- returns: affected
INSERT INTO pedidos_pedidos (id, numero, estado, usuario, carrito, acceso, moneda, productos, envio, descuento, total,
                             impuestos, metodo, zona, cupon, caduca, creado, correo, datos, envio_estandar, por_facturar, tienda,
                             idioma)
VALUES (:id, :numero, :estado, :usuario, :carrito, :acceso, :moneda, :productos, :envio, :descuento, :total,
        :impuestos, :metodo, :zona, :cupon, :caduca, :creado, :correo, :datos, :envio_estandar, :por_facturar, :tienda,
        :idioma)

-- operation: pedido_linea_crear
-- params: pedido text, posicion int, producto text, sku text, nombre text, cantidad int, precio int, tipo int, total int
-- returns: affected
INSERT INTO pedidos_lineas (pedido, posicion, producto, sku, nombre, cantidad, precio, tipo, total)
VALUES (:pedido, :posicion, :producto, :sku, :nombre, :cantidad, :precio, :tipo, :total)

-- operation: pedido_pasar
-- params: id text, de text, a text
-- returns: affected
-- From one state to another, if it is still in the first: who changes one row may go on with what belongs to it.
UPDATE pedidos_pedidos SET estado = :a, caduca = NULL WHERE id = :id AND estado = :de

-- operation: pedidos_caducados
-- params: ahora time, limite int
-- returns: many
SELECT id, estado, cupon FROM pedidos_pedidos
WHERE estado = 'pendiente' AND caduca <= :ahora
ORDER BY caduca
LIMIT :limite

-- operation: cupon_usar
-- params: codigo text
-- returns: affected
-- One more order has used it, unless as many have as may: the caller guards that one row has changed.
UPDATE pedidos_cupones SET usados = usados + 1 WHERE codigo = :codigo AND (limite IS NULL OR usados < limite)

-- operation: cupon_devolver
-- params: codigo text
-- returns: affected
UPDATE pedidos_cupones SET usados = usados - 1 WHERE codigo = :codigo AND usados > 0
