-- operation: aviso_crear
-- params: id text, momento time, conector text, resultado text, motivo text, numero text, pago text?
-- returns: affected
INSERT INTO pagos_avisos (id, momento, conector, resultado, motivo, numero, pago)
VALUES (:id, :momento, :conector, :resultado, :motivo, :numero, :pago)

-- operation: avisos
-- params: antes time, id text, limite int
-- returns: many
-- The latest first, from before (`antes`, `id`) on.
SELECT id, momento, conector, resultado, motivo, numero, COALESCE(pago, '') FROM pagos_avisos
WHERE momento < :antes OR (momento = :antes AND id < :id)
ORDER BY momento DESC, id DESC LIMIT :limite

-- operation: avisos_borrar
-- params: antes time
-- returns: affected
-- idempotent: true
DELETE FROM pagos_avisos WHERE momento < :antes
