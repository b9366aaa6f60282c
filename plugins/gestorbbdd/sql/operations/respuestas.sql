-- operation: respuesta_guardar
-- params: ruta text, quien text, clave text, huella blob, estado int, cabeceras text, cuerpo blob, momento time
-- returns: affected
-- access: published
-- A step of the handler's own group: of two groups with one key the later one fails as a whole.
INSERT INTO gestorbbdd_respuestas (plugin, ruta, quien, clave, huella, estado, cabeceras, cuerpo, momento)
VALUES (:caller, :ruta, :quien, :clave, :huella, :estado, :cabeceras, :cuerpo, :momento)

-- operation: respuesta_leer
-- params: plugin text, ruta text, quien text, clave text
-- returns: one
-- access: host
SELECT huella, estado, cabeceras, cuerpo FROM gestorbbdd_respuestas
WHERE plugin = :plugin AND ruta = :ruta AND quien = :quien AND clave = :clave

-- operation: respuesta_borrar
-- params: antes time, limite int
-- returns: affected
-- access: host
-- dialect: sqlite
DELETE FROM gestorbbdd_respuestas WHERE id IN (
    SELECT id FROM gestorbbdd_respuestas WHERE momento < :antes ORDER BY momento LIMIT :limite)

-- operation: respuesta_borrar
-- params: antes time, limite int
-- returns: affected
-- access: host
-- dialect: mysql
DELETE FROM gestorbbdd_respuestas WHERE momento < :antes ORDER BY momento LIMIT :limite

-- operation: respuesta_pagina
-- params: desde int, limite int
-- returns: many
-- access: host
-- For a rotation of keys, as those of `respuesta_sellar`.
SELECT id, ruta, quien, clave, huella, cabeceras, cuerpo FROM gestorbbdd_respuestas
WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: respuesta_sellar
-- params: id int, cuerpo blob
-- returns: affected
-- access: host
UPDATE gestorbbdd_respuestas SET cuerpo = :cuerpo WHERE id = :id
