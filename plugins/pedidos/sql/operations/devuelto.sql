-- operation: devuelto_anotar
-- params: pago text, importe int, pedido text, momento time
-- returns: affected
-- A second time it is a duplicate.
INSERT INTO pedidos_devuelto (pago, importe, pedido, momento) VALUES (:pago, :importe, :pedido, :momento)

-- operation: devuelto_antes
-- params: pedido text, momento time
-- returns: one
SELECT COALESCE(SUM(d.importe), 0)
FROM (SELECT MAX(importe) AS importe FROM pedidos_devuelto WHERE pedido = :pedido AND momento < :momento GROUP BY pago) d
