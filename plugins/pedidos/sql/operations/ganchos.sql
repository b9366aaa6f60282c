-- operation: gancho_crear
-- params: id text, url text, secreto blob, creador text, creado time, tipos text
-- returns: affected
INSERT INTO pedidos_ganchos (id, url, secreto, creador, creado, tipos)
VALUES (:id, :url, :secreto, :creador, :creado, :tipos)

-- operation: ganchos
-- params: limite int
-- returns: many
SELECT id, url, creador, creado, tipos FROM pedidos_ganchos ORDER BY creado, id LIMIT :limite

-- operation: gancho
-- params: id text
-- returns: one
SELECT id, url, creador, creado, tipos FROM pedidos_ganchos WHERE id = :id

-- operation: gancho_borrar
-- params: id text
-- returns: affected
DELETE FROM pedidos_ganchos WHERE id = :id

-- operation: gancho_borrar_entregas
-- params: gancho text
-- returns: affected
DELETE FROM pedidos_gancho_entregas WHERE gancho = :gancho

-- operation: gancho_borrar_intentos
-- params: gancho text
-- returns: affected
DELETE FROM pedidos_gancho_intentos WHERE gancho = :gancho

-- operation: hay_ganchos
-- params: momento time
-- returns: one
-- Whether there was any by then. Most shops have none, and an INSERT that finds none takes more than twice as long.
SELECT 1 FROM pedidos_ganchos WHERE creado <= :momento LIMIT 1

-- operation: gancho_anunciar
-- params: id text, tipo text, marca text, momento time, cuerpo text, hasta time
-- returns: affected
-- An event is to be told to all that were there by then and want its kind (`marca`: it, as `tipos` has it); a second time
-- changes nothing.
INSERT INTO pedidos_gancho_entregas (gancho, id, tipo, momento, cuerpo, estado, intentos, proximo, hasta)
SELECT g.id, :id, :tipo, :momento, :cuerpo, 'pendiente', 0, :momento, :hasta FROM pedidos_ganchos g
WHERE g.creado <= :momento AND (g.tipos = '' OR INSTR(g.tipos, :marca) > 0)
  AND NOT EXISTS (SELECT 1 FROM pedidos_gancho_entregas e WHERE e.gancho = g.id AND e.id = :id)

-- operation: ganchos_con_entregas
-- params: ahora time, limite int
-- returns: many
-- Who has waited longest comes first. One that was removed while an event was announced has deliveries no more.
SELECT e.gancho FROM pedidos_gancho_entregas e JOIN pedidos_ganchos g ON g.id = e.gancho
WHERE e.proximo <= :ahora
GROUP BY e.gancho
ORDER BY MIN(e.proximo), e.gancho
LIMIT :limite

-- operation: gancho_siguiente
-- params: gancho text, ahora time
-- returns: one
SELECT e.id, e.cuerpo, e.intentos, e.proximo, e.hasta, g.url, g.secreto
FROM pedidos_gancho_entregas e JOIN pedidos_ganchos g ON g.id = e.gancho
WHERE e.gancho = :gancho AND e.proximo <= :ahora
ORDER BY e.proximo, e.id
LIMIT 1

-- operation: gancho_tomar
-- params: gancho text, id text, antes time, proximo time
-- returns: affected
-- Who changes one row makes this try; should it never end, another is due at `proximo`.
UPDATE pedidos_gancho_entregas SET proximo = :proximo, intentos = intentos + 1
WHERE gancho = :gancho AND id = :id AND proximo = :antes

-- operation: gancho_terminar
-- params: gancho text, id text, tomada time, estado text, proximo time?
-- returns: affected
UPDATE pedidos_gancho_entregas SET estado = :estado, proximo = :proximo
WHERE gancho = :gancho AND id = :id AND proximo = :tomada

-- operation: gancho_intento
-- params: gancho text, entrega text, momento time, estado int, detalle text, ms int
-- returns: affected
INSERT INTO pedidos_gancho_intentos (gancho, entrega, momento, estado, detalle, ms)
VALUES (:gancho, :entrega, :momento, :estado, :detalle, :ms)

-- operation: gancho_entregas
-- params: gancho text, limite int
-- order: novedad = momento int desc, id text desc
-- returns: many
-- Newest first, from behind the given place.
SELECT id, tipo, momento, cuerpo, estado, proximo FROM pedidos_gancho_entregas
WHERE gancho = :gancho
  {after}
{order}
LIMIT :limite

-- operation: gancho_entrega
-- params: gancho text, id text
-- returns: one
SELECT id, tipo, momento, cuerpo, estado, proximo FROM pedidos_gancho_entregas WHERE gancho = :gancho AND id = :id

-- operation: gancho_intentos
-- params: gancho text, entregas text list
-- returns: many
SELECT entrega, momento, estado, detalle, ms FROM pedidos_gancho_intentos
WHERE gancho = :gancho AND entrega IN (:entregas) ORDER BY momento

-- operation: gancho_repetir
-- params: gancho text, id text, ahora time, hasta time
-- returns: affected
UPDATE pedidos_gancho_entregas SET estado = 'pendiente', intentos = 0, proximo = :ahora, hasta = :hasta
WHERE gancho = :gancho AND id = :id

-- operation: gancho_olvidar_entregas
-- params: antes time
-- returns: affected
-- idempotent: true
DELETE FROM pedidos_gancho_entregas
WHERE momento < :antes
  AND (proximo IS NULL OR NOT EXISTS (SELECT 1 FROM pedidos_ganchos g WHERE g.id = pedidos_gancho_entregas.gancho))

-- operation: gancho_olvidar_intentos
-- params: antes time
-- returns: affected
-- idempotent: true
DELETE FROM pedidos_gancho_intentos WHERE momento < :antes

-- operation: ganchos_rotar_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, secreto FROM pedidos_ganchos WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: gancho_rotar
-- params: id text, antes blob, despues blob
-- returns: affected
-- The same secret under another key.
UPDATE pedidos_ganchos SET secreto = :despues WHERE id = :id AND secreto = :antes
