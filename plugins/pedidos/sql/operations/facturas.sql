-- operation: por_facturar
-- params: limite int
-- returns: many
-- Orders that are paid and have no invoice.
SELECT id FROM pedidos_pedidos WHERE por_facturar = 1 LIMIT :limite

-- operation: facturado
-- params: pedido text
-- returns: affected
-- Its invoice is written in this group: the caller guards that one row has changed.
UPDATE pedidos_pedidos SET por_facturar = 0 WHERE id = :pedido AND por_facturar = 1

-- operation: serie_ultima
-- params: serie text
-- returns: one
SELECT anio, ultimo, momento FROM pedidos_series WHERE serie = :serie ORDER BY anio DESC LIMIT 1

-- operation: serie_empezar
-- params: serie text, anio int, momento time
-- returns: affected
INSERT INTO pedidos_series (serie, anio, ultimo, momento) VALUES (:serie, :anio, 1, :momento)

-- operation: serie_seguir
-- params: serie text, anio int, ultimo int, momento time
-- returns: affected
-- The next number, if `ultimo` is still the last one.
UPDATE pedidos_series SET ultimo = ultimo + 1, momento = :momento
WHERE serie = :serie AND anio = :anio AND ultimo = :ultimo

-- operation: factura_crear
-- params: numero text, clase text, pedido text, origen text, rectifica text?, momento time, moneda text, productos int, envio int, descuento int, total int, impuestos text, datos blob
-- returns: affected
INSERT INTO pedidos_facturas (numero, clase, pedido, origen, rectifica, momento, moneda, productos, envio, descuento, total,
                              impuestos, datos)
VALUES (:numero, :clase, :pedido, :origen, :rectifica, :momento, :moneda, :productos, :envio, :descuento, :total,
        :impuestos, :datos)

-- operation: factura_lineas_crear
-- params: factura text, pedido text
-- returns: affected
INSERT INTO pedidos_factura_lineas (factura, posicion, sku, nombre, cantidad, precio, tipo, total)
SELECT :factura, posicion, sku, nombre, cantidad, precio, tipo, total FROM pedidos_lineas WHERE pedido = :pedido

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
