-- operation: sesion_crear
-- params: id text, huella blob, usuario text, ahora time, caduca time, limite time, metodos text, agente blob, direccion blob, emisor text
-- returns: affected
INSERT INTO usuarios_sesiones (id, huella, usuario, creada, usada, caduca, limite, autenticada, metodos, agente, direccion,
                               emisor)
VALUES (:id, :huella, :usuario, :ahora, :ahora, :caduca, :limite, :ahora, :metodos, :agente, :direccion, :emisor)

-- operation: sesion
-- params: huella blob, ahora time
-- returns: one
SELECT s.usuario, s.id, u.roles, s.caduca, s.autenticada, s.metodos, s.usada, s.limite
FROM usuarios_sesiones s JOIN usuarios_usuarios u ON u.id = s.usuario
WHERE s.huella = :huella AND s.caduca > :ahora AND u.activo = 1

-- operation: sesion_usar
-- params: id text, ahora time, caduca time
-- returns: affected
-- idempotent: true
UPDATE usuarios_sesiones SET usada = :ahora, caduca = :caduca WHERE id = :id AND usada < :ahora

-- operation: sesion_autenticada
-- params: id text, usuario text, desde time, ahora time
-- returns: one
SELECT autenticada, metodos, emisor FROM usuarios_sesiones
WHERE id = :id AND usuario = :usuario AND autenticada >= :desde AND caduca > :ahora

-- operation: sesiones
-- params: usuario text, ahora time
-- returns: many
SELECT id, creada, usada, caduca, agente, direccion FROM usuarios_sesiones
WHERE usuario = :usuario AND caduca > :ahora ORDER BY usada DESC LIMIT 200

-- operation: sesion_borrar
-- params: id text, usuario text
-- returns: affected
DELETE FROM usuarios_sesiones WHERE id = :id AND usuario = :usuario

-- operation: sesiones_borrar_otras
-- params: usuario text, menos text
-- returns: affected
DELETE FROM usuarios_sesiones WHERE usuario = :usuario AND id <> :menos

-- operation: sesiones_caducadas_borrar
-- params: ahora time, limite int
-- returns: affected
-- idempotent: true
-- dialect: sqlite
DELETE FROM usuarios_sesiones WHERE id IN (
    SELECT id FROM usuarios_sesiones WHERE caduca <= :ahora ORDER BY caduca LIMIT :limite)

-- operation: sesiones_caducadas_borrar
-- params: ahora time, limite int
-- returns: affected
-- idempotent: true
-- dialect: mysql
-- By the index: with a subquery it would look at every row.
DELETE FROM usuarios_sesiones WHERE caduca <= :ahora ORDER BY caduca LIMIT :limite
