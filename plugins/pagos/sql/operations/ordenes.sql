-- operation: orden_crear
-- params: id text, orden text, pedido text, pago text?, importe int, motivo text, momento time
-- returns: affected
INSERT INTO pagos_ordenes (id, orden, pedido, pago, importe, motivo, estado, detalle, creada, cambiada)
VALUES (:id, :orden, :pedido, :pago, :importe, :motivo, 'pendiente', '', :momento, :momento)

-- operation: orden
-- params: id text
-- returns: one
SELECT id, orden, pedido, COALESCE(pago, ''), importe, motivo, estado, detalle, creada FROM pagos_ordenes WHERE id = :id

-- operation: orden_pago
-- params: id text, pago text
-- returns: affected
-- The first payment that is found for it stays the one.
UPDATE pagos_ordenes SET pago = :pago WHERE id = :id AND pago IS NULL

-- operation: orden_cambiar
-- params: id text, estado text, detalle text, momento time
-- returns: affected
UPDATE pagos_ordenes SET estado = :estado, detalle = :detalle, cambiada = :momento WHERE id = :id AND estado = 'pendiente'

-- operation: ordenes_pendientes
-- params: limite int
-- returns: many
-- Those that were looked at longest ago first.
SELECT id FROM pagos_ordenes WHERE estado = 'pendiente' ORDER BY cambiada LIMIT :limite
