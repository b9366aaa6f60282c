-- operation: usuario_usado
-- params: id text, ahora time
-- returns: affected
UPDATE usuarios_usuarios SET usado = :ahora, avisado = 0 WHERE id = :id

-- operation: cuentas_sin_clave
-- params: antes time, desde time, desde_id text, limite int
-- returns: many
-- That nobody ever could log in to. Those that an operator disabled stay: else who is banned registers anew. A page goes on
-- behind the account of `desde` and `desde_id`, so that one that stays does not come again.
SELECT u.usado, u.id FROM usuarios_usuarios u
WHERE u.usado < :antes AND u.creado < :antes AND u.clave IS NULL AND u.activo = 1
  AND NOT EXISTS (SELECT 1 FROM usuarios_externos e WHERE e.usuario = u.id)
  AND (u.usado > :desde OR (u.usado = :desde AND u.id > :desde_id))
ORDER BY u.usado, u.id LIMIT :limite

-- operation: cuentas_por_avisar
-- params: antes time, ahora time, desde time, desde_id text, limite int
-- returns: many
-- A session that goes on is use, though nobody logs in.
SELECT u.usado, u.id FROM usuarios_usuarios u
WHERE u.usado < :antes AND u.creado < :antes AND u.avisado = 0 AND u.roles = 'cliente' AND u.activo = 1
  AND NOT EXISTS (SELECT 1 FROM usuarios_sesiones s WHERE s.usuario = u.id AND s.caduca > :ahora)
  AND (u.usado > :desde OR (u.usado = :desde AND u.id > :desde_id))
ORDER BY u.usado, u.id LIMIT :limite

-- operation: usuario_avisar
-- params: id text, antes time, ahora time
-- returns: affected
-- Of two nodes one tells.
UPDATE usuarios_usuarios SET avisado = :ahora
WHERE id = :id AND avisado = 0 AND usado < :antes AND roles = 'cliente' AND activo = 1
  AND NOT EXISTS (SELECT 1 FROM usuarios_sesiones s WHERE s.usuario = usuarios_usuarios.id AND s.caduca > :ahora)

-- operation: cuentas_inactivas
-- params: antes time, avisadas time, ahora time, desde time, desde_id text, limite int
-- returns: many
SELECT u.usado, u.id FROM usuarios_usuarios u
WHERE u.usado < :antes AND u.creado < :antes AND u.avisado > 0 AND u.avisado < :avisadas AND u.roles = 'cliente'
  AND u.activo = 1
  AND NOT EXISTS (SELECT 1 FROM usuarios_sesiones s WHERE s.usuario = u.id AND s.caduca > :ahora)
  AND (u.usado > :desde OR (u.usado = :desde AND u.id > :desde_id))
ORDER BY u.usado, u.id LIMIT :limite

-- operation: usuario_apartar_sin_clave
-- params: id text
-- returns: affected
-- First step of its deletion, before the others remove what it asks about: unless its owner chose a password meanwhile. On
-- MariaDB a row counts only when it changes.
UPDATE usuarios_usuarios SET avisado = avisado + 1
WHERE id = :id AND clave IS NULL AND activo = 1
  AND NOT EXISTS (SELECT 1 FROM usuarios_externos e WHERE e.usuario = usuarios_usuarios.id)

-- operation: usuario_apartar_inactivo
-- params: id text, antes time, avisadas time, ahora time
-- returns: affected
-- The same: unless somebody logged in meanwhile, or the account became another one.
UPDATE usuarios_usuarios SET avisado = avisado + 1
WHERE id = :id AND usado < :antes AND avisado > 0 AND avisado < :avisadas AND roles = 'cliente' AND activo = 1
  AND NOT EXISTS (SELECT 1 FROM usuarios_sesiones s WHERE s.usuario = usuarios_usuarios.id AND s.caduca > :ahora)

-- operation: auditoria_principio
-- params: limite int
-- returns: many
SELECT id, momento, huella FROM usuarios_auditoria ORDER BY id LIMIT :limite

-- operation: auditoria_corte
-- returns: one
SELECT ultimo, huella, firma FROM usuarios_auditoria_corte WHERE id = 1

-- operation: auditoria_corte_mover
-- params: ultimo text, huella blob, firma blob
-- returns: affected
-- Only forward: of two nodes that delete the same, one does.
UPDATE usuarios_auditoria_corte SET ultimo = :ultimo, huella = :huella, firma = :firma WHERE id = 1 AND ultimo < :ultimo

-- operation: auditoria_borrar_hasta
-- params: ultimo text
-- returns: affected
DELETE FROM usuarios_auditoria WHERE id <= :ultimo
