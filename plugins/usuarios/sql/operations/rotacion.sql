-- operation: rotar_usuarios_correo_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, correo FROM usuarios_usuarios WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_usuarios_correo
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_usuarios SET correo = :despues WHERE id = :id AND correo = :antes

-- operation: rotar_usuarios_nombre_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, nombre FROM usuarios_usuarios WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_usuarios_nombre
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_usuarios SET nombre = :despues WHERE id = :id AND nombre = :antes

-- operation: rotar_usuarios_clave_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, clave FROM usuarios_usuarios WHERE id > :desde AND clave IS NOT NULL ORDER BY id LIMIT :limite

-- operation: rotar_usuarios_clave
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_usuarios SET clave = :despues WHERE id = :id AND clave = :antes

-- operation: rotar_usuarios_telefono_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, telefono FROM usuarios_usuarios WHERE id > :desde AND telefono IS NOT NULL ORDER BY id LIMIT :limite

-- operation: rotar_usuarios_telefono
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_usuarios SET telefono = :despues WHERE id = :id AND telefono = :antes

-- operation: rotar_usuarios_nif_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, nif FROM usuarios_usuarios WHERE id > :desde AND nif IS NOT NULL ORDER BY id LIMIT :limite

-- operation: rotar_usuarios_nif
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_usuarios SET nif = :despues WHERE id = :id AND nif = :antes

-- operation: rotar_usuarios_totp_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, totp FROM usuarios_usuarios WHERE id > :desde AND totp IS NOT NULL ORDER BY id LIMIT :limite

-- operation: rotar_usuarios_totp
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_usuarios SET totp = :despues WHERE id = :id AND totp = :antes

-- operation: rotar_sesiones_agente_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, agente FROM usuarios_sesiones WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_sesiones_agente
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_sesiones SET agente = :despues WHERE id = :id AND agente = :antes

-- operation: rotar_sesiones_direccion_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, direccion FROM usuarios_sesiones WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_sesiones_direccion
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_sesiones SET direccion = :despues WHERE id = :id AND direccion = :antes

-- operation: rotar_fichas_datos_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, datos FROM usuarios_fichas WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_fichas_datos
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_fichas SET datos = :despues WHERE id = :id AND datos = :antes

-- operation: rotar_cambios_correo_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, correo FROM usuarios_cambios WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_cambios_correo
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_cambios SET correo = :despues WHERE id = :id AND correo = :antes

-- operation: rotar_direcciones_datos_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, datos FROM usuarios_direcciones WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_direcciones_datos
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_direcciones SET datos = :despues WHERE id = :id AND datos = :antes

-- operation: rotar_auditoria_detalle_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, detalle FROM usuarios_auditoria WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_auditoria_detalle
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_auditoria SET detalle = :despues WHERE id = :id AND detalle = :antes

-- operation: rotar_externos_correo_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, correo FROM usuarios_externos WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar_externos_correo
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE usuarios_externos SET correo = :despues WHERE id = :id AND correo = :antes
