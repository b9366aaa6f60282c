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
