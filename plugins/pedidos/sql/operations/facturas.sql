-- operation: por_facturar
-- params: pedido text?, limite int
-- returns: many
-- Orders that are paid and have no invoice, with what of them goes into it: that one, or any.
SELECT id, numero, moneda, productos, envio, descuento, total, impuestos, datos FROM pedidos_pedidos
WHERE por_facturar = 1 {pedido? AND id = :pedido}
LIMIT :limite

-- operation: facturados
-- params: pedidos text list
-- returns: affected
-- Their invoices are written in this group: the caller guards that as many rows have changed. The plus keeps MariaDB from
-- looking for them among all that wait for an invoice, and so for what is being paid.
UPDATE pedidos_pedidos SET por_facturar = 0 WHERE id IN (:pedidos) AND por_facturar + 0 = 1

-- operation: serie_ultima
-- params: serie text
-- returns: one
SELECT anio, ultimo, momento FROM pedidos_series WHERE serie = :serie ORDER BY anio DESC LIMIT 1

-- operation: serie_empezar
-- params: serie text, anio int, cuantas int, momento time
-- returns: affected
INSERT INTO pedidos_series (serie, anio, ultimo, momento) VALUES (:serie, :anio, :cuantas, :momento)

-- operation: serie_seguir
-- params: serie text, anio int, ultimo int, cuantas int, momento time
-- returns: affected
-- The next numbers, so many, if `ultimo` is still the last one.
UPDATE pedidos_series SET ultimo = ultimo + :cuantas, momento = :momento
WHERE serie = :serie AND anio = :anio AND ultimo = :ultimo

-- operation: factura_crear
-- params: numero text, clase text, pedido text, origen text, rectifica text?, momento time, moneda text, productos int, envio int, descuento int, total int, impuestos text, datos blob
-- returns: affected
INSERT INTO pedidos_facturas (numero, clase, pedido, origen, rectifica, momento, moneda, productos, envio, descuento, total,
                              impuestos, datos)
VALUES (:numero, :clase, :pedido, :origen, :rectifica, :momento, :moneda, :productos, :envio, :descuento, :total,
        :impuestos, :datos)

-- operation: factura_lineas_crear
-- params: pedidos text list
-- returns: affected
-- Of orders whose invoices were written just before, in the same group.
INSERT INTO pedidos_factura_lineas (factura, posicion, sku, nombre, cantidad, precio, tipo, total)
SELECT f.numero, l.posicion, l.sku, l.nombre, l.cantidad, l.precio, l.tipo, l.total
FROM pedidos_facturas f JOIN pedidos_lineas l ON l.pedido = f.pedido
WHERE f.pedido IN (:pedidos) AND f.origen = ''

-- operation: facturas_de
-- params: pedido text
-- returns: many
SELECT numero, clase, pedido, origen, rectifica, momento, moneda, productos, envio, descuento, total, impuestos, datos
FROM pedidos_facturas WHERE pedido = :pedido ORDER BY momento, numero

-- operation: factura_lineas
-- params: factura text
-- returns: many
SELECT sku, nombre, cantidad, precio, tipo, total FROM pedidos_factura_lineas WHERE factura = :factura ORDER BY posicion

-- operation: facturas_rotar_pagina
-- params: desde text, limite int
-- returns: many
SELECT numero, datos FROM pedidos_facturas WHERE numero > :desde ORDER BY numero LIMIT :limite

-- operation: factura_rotar
-- params: numero text, antes blob, despues blob
-- returns: affected
-- The same content under another key.
UPDATE pedidos_facturas SET datos = :despues WHERE numero = :numero AND datos = :antes
