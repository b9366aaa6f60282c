-- operation: pedido
-- params: id text
-- returns: many
-- A whole order by one statement, which sees one state and is one round trip: `clase` 0 is the order, 1 its lines, 2 its
-- history, 3 shipments, 4 returns, 5 invoices. Texts stand in t, numbers in n, bytes in b.
SELECT 0 AS clase, 0 AS orden, id AS t1, numero AS t2, estado AS t3, usuario AS t4, moneda AS t5, impuestos AS t6,
       metodo AS t7, zona AS t8, cupon AS t9, tienda AS t10, idioma AS t11, productos AS n1, envio AS n2,
       descuento AS n3, total AS n4, caduca AS n5,
       creado AS n6, version AS n7, envio_estandar AS n8, acceso AS b1, datos AS b2
FROM pedidos_pedidos WHERE id = :id
UNION ALL
SELECT 1, posicion, producto, sku, nombre, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       cantidad, precio, tipo, total, NULL, NULL, NULL, NULL, NULL, NULL
FROM pedidos_lineas WHERE pedido = :id
UNION ALL
SELECT 2, momento, de, a, quien, motivo, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM pedidos_historia WHERE pedido = :id
UNION ALL
SELECT 3, momento, id, transportista, seguimiento, url, piezas, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM pedidos_expediciones WHERE pedido = :id
UNION ALL
SELECT 4, momento, id, motivo, piezas, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       importe, envio, recibida, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM pedidos_devoluciones WHERE pedido = :id
UNION ALL
SELECT 5, momento, numero, clase, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM pedidos_facturas WHERE pedido = :id
