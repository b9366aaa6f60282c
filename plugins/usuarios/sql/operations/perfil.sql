-- operation: direcciones
-- params: usuario text
-- returns: many
SELECT id, datos FROM usuarios_direcciones WHERE usuario = :usuario ORDER BY creada, id LIMIT 200

-- operation: direccion
-- params: id text, usuario text
-- returns: one
SELECT id, datos FROM usuarios_direcciones WHERE id = :id AND usuario = :usuario

-- operation: direccion_crear
-- params: id text, usuario text, datos blob, ahora time, tope int
-- returns: affected
-- No row: there are as many as there may be.
INSERT INTO usuarios_direcciones (id, usuario, datos, creada)
SELECT :id, u.id, :datos, :ahora FROM usuarios_usuarios u
WHERE u.id = :usuario AND (SELECT COUNT(*) FROM usuarios_direcciones d WHERE d.usuario = :usuario) < :tope

-- operation: direccion_cambiar
-- params: id text, usuario text, datos blob
-- returns: affected
UPDATE usuarios_direcciones SET datos = :datos WHERE id = :id AND usuario = :usuario

-- operation: direccion_borrar
-- params: id text, usuario text
-- returns: affected
DELETE FROM usuarios_direcciones WHERE id = :id AND usuario = :usuario

-- operation: direcciones_borrar_de
-- params: usuario text
-- returns: affected
DELETE FROM usuarios_direcciones WHERE usuario = :usuario

-- operation: consentimientos
-- params: usuario text
-- returns: many
SELECT asunto, version, otorgado, momento FROM usuarios_consentimientos WHERE usuario = :usuario
ORDER BY momento DESC, id LIMIT 500

-- operation: consentimiento_crear
-- params: id text, usuario text, asunto text, version text, otorgado bool, ahora time
-- returns: affected
INSERT INTO usuarios_consentimientos (id, usuario, asunto, version, otorgado, momento)
VALUES (:id, :usuario, :asunto, :version, :otorgado, :ahora)

-- operation: consentimientos_borrar_de
-- params: usuario text
-- returns: affected
DELETE FROM usuarios_consentimientos WHERE usuario = :usuario

-- operation: recuperacion_crear
-- params: usuario text, huella blob
-- returns: affected
INSERT INTO usuarios_recuperacion (usuario, huella) VALUES (:usuario, :huella)

-- operation: recuperacion_gastar
-- params: usuario text, huella blob
-- returns: affected
-- Of two requests with one code the second finds none.
DELETE FROM usuarios_recuperacion WHERE usuario = :usuario AND huella = :huella

-- operation: recuperacion_contar
-- params: usuario text
-- returns: one
SELECT COUNT(*) FROM usuarios_recuperacion WHERE usuario = :usuario

-- operation: recuperacion_borrar_de
-- params: usuario text
-- returns: affected
DELETE FROM usuarios_recuperacion WHERE usuario = :usuario
