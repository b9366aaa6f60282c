-- operation: para_pago
-- params: id text
-- returns: one
-- access: published
-- What a payment needs to know. `acceso_hash` is the SHA-256 of the order's token.
SELECT id, numero, estado, total, moneda, usuario, caduca, acceso AS acceso_hash FROM pedidos_pedidos WHERE id = :id

-- operation: pagar
-- params: pedido text, de text, importe int
-- returns: affected
-- access: published
-- An order that waits for just this amount, and is still in the state `de`, is paid: the caller guards that one row has
-- changed, and does `anotar` and catalogo.vender in the same group.
UPDATE pedidos_pedidos SET estado = 'pagado', caduca = NULL, por_facturar = 1
WHERE id = :pedido AND estado = :de AND estado IN ('pendiente', 'confirmado') AND total = :importe

-- operation: anotar
-- params: pedido text, de text, a text, quien text, motivo text, momento time
-- returns: affected
-- access: published
-- A change of a state in the order's history.
INSERT INTO pedidos_historia (pedido, momento, de, a, quien, motivo)
VALUES (:pedido, :momento, :de, :a, :quien, :motivo)

-- operation: para_cuadrar
-- params: ids text list
-- returns: many
-- access: published
SELECT id, numero, estado, total FROM pedidos_pedidos WHERE id IN (:ids)

-- operation: pagados
-- params: desde time, tras text, hasta time, limite int
-- returns: many
-- access: published
-- Orders that count as paid and cost something, in the order in which they were made.
SELECT id, numero, estado, total, creado FROM pedidos_pedidos
WHERE (creado > :desde OR (creado = :desde AND id > :tras)) AND creado < :hasta AND total > 0
  AND estado IN ('pagado', 'preparado', 'enviado_parcial', 'enviado', 'entregado')
ORDER BY creado, id LIMIT :limite

-- operation: reembolsos
-- params: desde time, tras text, hasta time, limite int
-- returns: many
-- access: published
-- What was to go back in that time, oldest first: one row for each event pedidos.reembolsar, with its id. A page goes on
-- behind the `momento` and `id` of the one before.
SELECT r.id, r.pedido, r.importe, r.motivo, r.momento
FROM (SELECT id, pedido, importe + envio AS importe, 'devolucion' AS motivo, recibida AS momento
      FROM pedidos_devoluciones
      WHERE recibida >= :desde AND recibida < :hasta AND importe + envio > 0
      UNION ALL
      SELECT p.id, p.id, p.total, 'cancelacion', h.momento
      FROM pedidos_pedidos p JOIN pedidos_historia h ON h.pedido = p.id
      WHERE p.estado = 'cancelado' AND p.total > 0 AND h.a = 'cancelado' AND h.de IN ('pagado', 'preparado')
        AND h.momento >= :desde AND h.momento < :hasta) r
WHERE r.momento > :desde OR r.id > :tras
ORDER BY r.momento, r.id LIMIT :limite
