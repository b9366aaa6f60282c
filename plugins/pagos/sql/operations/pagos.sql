-- operation: pago
-- params: id text?, pedido text?, conector text?, numero text?
-- returns: many
-- A payment with its events in their order, a row for each: one statement sees one state of both. By its id, or the one
-- that an order has, or the one that a payment service knows by a number.
SELECT p.id, p.pedido, p.vivo IS NOT NULL, p.conector, p.metodo, p.numero, p.importe, p.moneda, p.version, p.devolver,
       p.devuelto IS NOT NULL, p.modificado, s.hecho, s.orden, s.importe, COALESCE(s.efecto, ''), s.datos
FROM pagos_pagos p JOIN pagos_sucesos s ON s.pago = p.id
WHERE 1 = 1
  {id? AND p.id = :id}
  {pedido? AND p.vivo = :pedido}
  {numero? AND p.conector = :conector AND p.numero = :numero}
ORDER BY s.num

-- operation: pago_crear
-- params: id text, pedido text, conector text, metodo text, numero text, importe int, moneda text, estado text, momento time
-- returns: affected
-- Of two for one order the second finds its place taken.
INSERT INTO pagos_pagos (id, pedido, vivo, conector, metodo, numero, importe, moneda, estado, version, pendiente, devolver,
                         creado, modificado)
VALUES (:id, :pedido, :pedido, :conector, :metodo, :numero, :importe, :moneda, :estado, 1, :momento, NULL, :momento,
        :momento)

-- operation: pago_avanzar
-- params: id text, antes int, version int, estado text, vivo text?, pendiente time?, devolver int?, momento time
-- returns: affected
-- Provided that no event came since it was read.
UPDATE pagos_pagos
SET version = :version, estado = :estado, vivo = :vivo, pendiente = :pendiente, devolver = :devolver, modificado = :momento,
    devuelto = CASE WHEN :devolver IS NULL THEN devuelto ELSE COALESCE(devuelto, :momento) END
WHERE id = :id AND version = :antes

-- operation: pago_ceder
-- params: pedido text, pago text
-- returns: affected
-- Who waits for the buyer leaves the order's place to the payment that has its money.
UPDATE pagos_pagos SET vivo = NULL WHERE vivo = :pedido AND id <> :pago AND estado = 'requiere_accion'

-- operation: pago_aplazar
-- params: id text, version int, pendiente time?, momento time
-- returns: affected
-- Later than the others that are awaited, so that payments which nobody finishes do not keep them from being asked for.
UPDATE pagos_pagos SET pendiente = :pendiente, preguntado = :momento, preguntas = preguntas + 1
WHERE id = :id AND version = :version AND pendiente IS NOT NULL

-- operation: suceso_crear
-- params: pago text, num int, hecho text, orden text, importe int, efecto text?, datos text, momento time
-- returns: affected
INSERT INTO pagos_sucesos (pago, num, hecho, orden, importe, efecto, datos, momento)
VALUES (:pago, :num, :hecho, :orden, :importe, :efecto, :datos, :momento)

-- operation: pagos_pendientes
-- params: antes time, limite int
-- returns: many
-- Whose outcome has been awaited since before then, the longest first.
SELECT id FROM pagos_pagos WHERE pendiente <= :antes ORDER BY pendiente LIMIT :limite

-- operation: pagos_por_devolver
-- params: limite int
-- returns: many
SELECT id FROM pagos_pagos WHERE devolver > 0 ORDER BY devolver LIMIT :limite
