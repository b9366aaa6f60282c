-- operation: liquidacion_crear
-- params: id text, huella text, conector text, lineas int, momento time
-- returns: affected
-- A file that is known already is refused.
INSERT INTO pagos_liquidaciones (id, huella, conector, lineas, momento)
VALUES (:id, :huella, :conector, :lineas, :momento)

-- operation: liquidacion_linea
-- params: id text, linea int, conector text, numero text, tipo text, autorizacion text, importe int, moneda text, fecha time
-- returns: affected
INSERT INTO pagos_liquidadas (liquidacion, linea, conector, numero, tipo, autorizacion, importe, moneda, fecha)
VALUES (:id, :linea, :conector, :numero, :tipo, :autorizacion, :importe, :moneda, :fecha)

-- operation: liquidacion_de
-- params: huella text, conector text
-- returns: one
SELECT id, lineas FROM pagos_liquidaciones WHERE huella = :huella AND conector = :conector

-- operation: liquidado
-- params: conector text, numeros text list
-- returns: many
-- What was settled of payments. A line that stands in two files counts once; of several currencies none is told.
SELECT numero, CASE WHEN MIN(moneda) = MAX(moneda) THEN MIN(moneda) ELSE '' END,
       SUM(CASE WHEN tipo = 'cobro' THEN importe ELSE 0 END),
       SUM(CASE WHEN tipo = 'devolucion' THEN importe ELSE 0 END)
FROM (SELECT DISTINCT numero, tipo, autorizacion, importe, moneda FROM pagos_liquidadas
      WHERE conector = :conector AND numero IN (:numeros)) l
GROUP BY numero

-- operation: liquidado_hasta
-- params: conector text
-- returns: one
-- The days that settlements tell of.
SELECT COALESCE(MIN(fecha), 0), COALESCE(MAX(fecha), 0) FROM pagos_liquidadas WHERE conector = :conector

-- operation: liquidado_sin_pago
-- params: desde time, hasta time, limite int
-- returns: many
-- Money that was settled for payments that nobody knows here.
SELECT l.conector, l.numero, l.tipo, l.importe, l.moneda, l.fecha, l.linea, l.liquidacion
FROM pagos_liquidadas l LEFT JOIN pagos_pagos p ON p.conector = l.conector AND p.numero = l.numero
WHERE p.id IS NULL AND l.fecha >= :desde AND l.fecha < :hasta
ORDER BY l.fecha, l.liquidacion, l.linea LIMIT :limite

-- operation: cuadre_pagos
-- params: desde time, tras text, hasta time, limite int
-- returns: many
-- Payments in the order in which they were made, with what came of them.
SELECT p.id, p.pedido, p.conector, p.numero, p.estado, p.moneda, p.creado, COALESCE(p.devolver, 0),
       SUM(CASE WHEN s.hecho = 'autorizado' THEN s.importe ELSE 0 END),
       SUM(CASE WHEN s.hecho = 'capturado' THEN s.importe ELSE 0 END),
       SUM(CASE WHEN s.hecho = 'anulado' THEN s.importe ELSE 0 END),
       SUM(CASE WHEN s.hecho = 'reembolsado' THEN s.importe ELSE 0 END)
FROM (SELECT id, pedido, conector, numero, estado, moneda, creado, devolver FROM pagos_pagos
      WHERE (creado > :desde OR (creado = :desde AND id > :tras)) AND creado < :hasta
      ORDER BY creado, id LIMIT :limite) p
JOIN pagos_sucesos s ON s.pago = p.id
GROUP BY p.id, p.pedido, p.conector, p.numero, p.estado, p.moneda, p.creado, p.devolver
ORDER BY p.creado, p.id

-- operation: cuadre_dinero
-- params: pedidos text list
-- returns: many
-- What came of each payment of these orders.
SELECT p.id, p.pedido,
       SUM(CASE WHEN s.hecho = 'autorizado' THEN s.importe ELSE 0 END),
       SUM(CASE WHEN s.hecho = 'capturado' THEN s.importe ELSE 0 END),
       SUM(CASE WHEN s.hecho = 'anulado' THEN s.importe ELSE 0 END),
       SUM(CASE WHEN s.hecho = 'reembolsado' THEN s.importe ELSE 0 END)
FROM pagos_pagos p JOIN pagos_sucesos s ON s.pago = p.id
WHERE p.pedido IN (:pedidos)
GROUP BY p.id, p.pedido

-- operation: pagos_abiertos
-- params: antes time, limite int
-- returns: many
-- Whose outcome has been awaited since before then.
SELECT id, pedido, conector, estado, importe, moneda, creado, COALESCE(preguntado, 0), preguntas
FROM pagos_pagos WHERE pendiente IS NOT NULL AND creado < :antes ORDER BY creado, id LIMIT :limite

-- operation: ordenes_abiertas
-- params: desde time, limite int
-- returns: many
-- What was wanted and is not done: yet, or (of those since then) for good.
SELECT id, orden, pedido, COALESCE(pago, ''), importe, motivo, estado, detalle, creada FROM pagos_ordenes
WHERE estado = 'pendiente' OR (estado = 'imposible' AND creada >= :desde)
ORDER BY creada, id LIMIT :limite

-- operation: ordenes_conocidas
-- params: ids text list
-- returns: many
SELECT id FROM pagos_ordenes WHERE id IN (:ids)

-- operation: ordenes_devueltas
-- params: pedidos text list
-- returns: many
-- What these orders wanted back and got.
SELECT pedido, SUM(importe) FROM pagos_ordenes
WHERE pedido IN (:pedidos) AND orden = 'reembolso' AND estado = 'hecho' GROUP BY pedido
