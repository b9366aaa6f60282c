-- operation: usuario_usado
-- params: id text, ahora time
-- returns: affected
UPDATE usuarios_usuarios SET usado = :ahora, avisado = 0 WHERE id = :id

-- operation: cuentas_sin_clave
-- params: antes time, limite int
-- returns: many
-- That nobody ever could log in to.
SELECT u.id FROM usuarios_usuarios u
WHERE u.usado < :antes AND u.creado < :antes AND u.clave IS NULL
  AND NOT EXISTS (SELECT 1 FROM usuarios_externos e WHERE e.usuario = u.id)
ORDER BY u.usado, u.id LIMIT :limite

-- operation: cuentas_por_avisar
-- params: antes time, limite int
-- returns: many
SELECT id FROM usuarios_usuarios
WHERE usado < :antes AND creado < :antes AND avisado = 0 AND roles = 'cliente'
ORDER BY usado, id LIMIT :limite

-- operation: usuario_avisar
-- params: id text, antes time, ahora time
-- returns: affected
-- Of two nodes one tells.
UPDATE usuarios_usuarios SET avisado = :ahora WHERE id = :id AND avisado = 0 AND usado < :antes

-- operation: cuentas_inactivas
-- params: antes time, avisadas time, limite int
-- returns: many
SELECT id FROM usuarios_usuarios
WHERE usado < :antes AND creado < :antes AND avisado > 0 AND avisado < :avisadas AND roles = 'cliente'
ORDER BY usado, id LIMIT :limite

-- operation: usuario_borrar_sin_clave
-- params: id text
-- returns: affected
-- Unless its owner chose one meanwhile.
DELETE FROM usuarios_usuarios WHERE id = :id AND clave IS NULL

-- operation: usuario_borrar_inactivo
-- params: id text, antes time
-- returns: affected
-- Unless somebody logged in meanwhile.
DELETE FROM usuarios_usuarios WHERE id = :id AND usado < :antes

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
