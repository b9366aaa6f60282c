-- operation: para_pago
-- params: id text
-- returns: one
-- access: published
-- What a payment needs to know. `acceso_hash` is the SHA-256 of the order's token.
SELECT id, numero, estado, total, moneda, usuario, caduca, acceso AS acceso_hash FROM pedidos_pedidos WHERE id = :id

-- operation: pagar
-- params: pedido text, importe int
-- returns: affected
-- access: published
-- An order that waits for just this amount is paid: the caller guards that one row has changed, and does `anotar` and
-- catalogo.vender in the same group.
UPDATE pedidos_pedidos SET estado = 'pagado', caduca = NULL, por_facturar = 1
WHERE id = :pedido AND estado IN ('pendiente', 'confirmado') AND total = :importe

-- operation: anotar
-- params: pedido text, de text, a text, quien text, motivo text, momento time
-- returns: affected
-- access: published
-- A change of a state in the order's history.
INSERT INTO pedidos_historia (pedido, momento, de, a, quien, motivo)
VALUES (:pedido, :momento, :de, :a, :quien, :motivo)
