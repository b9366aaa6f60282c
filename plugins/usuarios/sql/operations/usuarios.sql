-- operation: usuario_crear
-- params: id text, correo blob, indice blob, nombre blob, clave blob?, roles text, idioma text, ahora time
-- returns: affected
INSERT INTO usuarios_usuarios (id, correo, correo_indice, nombre, clave, totp_activo, totp_paso, roles, idioma, activo,
                               creado, modificado, clave_cambiada, usado, avisado)
VALUES (:id, :correo, :indice, :nombre, :clave, 0, 0, :roles, :idioma, 1, :ahora, :ahora, :ahora, :ahora, 0)

-- operation: usuario_por_correo
-- params: indice blob
-- returns: one
SELECT id, correo, nombre, clave, telefono, nif, totp, totp_activo, totp_paso, roles, idioma, activo, creado, modificado,
       clave_cambiada
FROM usuarios_usuarios WHERE correo_indice = :indice

-- operation: usuario_por_id
-- params: id text
-- returns: one
SELECT id, correo, nombre, clave, telefono, nif, totp, totp_activo, totp_paso, roles, idioma, activo, creado, modificado,
       clave_cambiada
FROM usuarios_usuarios WHERE id = :id

-- operation: usuarios_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, correo, nombre, clave, telefono, nif, totp, totp_activo, totp_paso, roles, idioma, activo, creado, modificado,
       clave_cambiada
FROM usuarios_usuarios WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: usuario_perfil
-- params: id text, antes time, nombre blob, idioma text, telefono blob?, nif blob?, ahora time
-- returns: affected
-- Provided that nobody else changed it since `antes`.
UPDATE usuarios_usuarios
SET nombre = :nombre, idioma = :idioma, telefono = :telefono, nif = :nif, modificado = :ahora
WHERE id = :id AND modificado = :antes

-- operation: usuario_clave
-- params: id text, clave blob, ahora time
-- returns: affected
UPDATE usuarios_usuarios SET clave = :clave, clave_cambiada = :ahora WHERE id = :id AND activo = 1

-- operation: usuario_clave_rehacer
-- params: id text, clave blob, desde time
-- returns: affected
-- The same password hashed anew, unless it was changed meanwhile.
UPDATE usuarios_usuarios SET clave = :clave WHERE id = :id AND clave_cambiada = :desde

-- operation: usuario_correo
-- params: id text, correo blob, indice blob, ahora time
-- returns: affected
UPDATE usuarios_usuarios SET correo = :correo, correo_indice = :indice, modificado = :ahora WHERE id = :id

-- operation: usuario_roles
-- params: id text, roles text, ahora time
-- returns: affected
UPDATE usuarios_usuarios SET roles = :roles, modificado = :ahora WHERE id = :id

-- operation: usuario_activo
-- params: id text, activo bool, ahora time
-- returns: affected
UPDATE usuarios_usuarios SET activo = :activo, modificado = :ahora WHERE id = :id

-- operation: usuario_totp
-- params: id text, totp blob?, activo time, paso int
-- returns: affected
UPDATE usuarios_usuarios SET totp = :totp, totp_activo = :activo, totp_paso = :paso WHERE id = :id

-- operation: usuario_totp_usar
-- params: id text, paso int
-- returns: affected
-- Of two requests with one code the second finds it used.
UPDATE usuarios_usuarios SET totp_paso = :paso WHERE id = :id AND totp_paso < :paso

-- operation: usuario_borrar
-- params: id text
-- returns: affected
DELETE FROM usuarios_usuarios WHERE id = :id

-- operation: conocidos
-- params: usuario text
-- returns: many
SELECT indice FROM usuarios_conocidos WHERE usuario = :usuario

-- operation: conocido_ver
-- params: usuario text, indice blob, ahora time
-- returns: affected
-- dialect: sqlite
INSERT INTO usuarios_conocidos (usuario, indice, visto) VALUES (:usuario, :indice, :ahora)
ON CONFLICT (usuario, indice) DO UPDATE SET visto = :ahora

-- operation: conocido_ver
-- params: usuario text, indice blob, ahora time
-- returns: affected
-- dialect: mysql
INSERT INTO usuarios_conocidos (usuario, indice, visto) VALUES (:usuario, :indice, :ahora)
ON DUPLICATE KEY UPDATE visto = :ahora

-- operation: conocidos_borrar
-- params: usuario text
-- returns: affected
DELETE FROM usuarios_conocidos WHERE usuario = :usuario
