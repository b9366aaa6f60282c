-- operation: ficha_crear
-- params: id text, clase text, sujeto text, datos blob, caduca time
-- returns: affected
INSERT INTO usuarios_fichas (id, clase, sujeto, datos, caduca) VALUES (:id, :clase, :sujeto, :datos, :caduca)

-- operation: ficha
-- params: id text, ahora time
-- returns: one
SELECT clase, sujeto, datos FROM usuarios_fichas WHERE id = :id AND caduca > :ahora

-- operation: ficha_gastar
-- params: id text, ahora time
-- returns: affected
-- Of two requests with one token the second finds none.
DELETE FROM usuarios_fichas WHERE id = :id AND caduca > :ahora

-- operation: fichas_borrar_de
-- params: sujeto text, clase text
-- returns: affected
DELETE FROM usuarios_fichas WHERE sujeto = :sujeto AND clase = :clase

-- operation: fichas_borrar_todas_de
-- params: sujeto text
-- returns: affected
DELETE FROM usuarios_fichas WHERE sujeto = :sujeto

-- operation: fichas_caducadas_borrar
-- params: ahora time, limite int
-- returns: affected
-- idempotent: true
-- dialect: sqlite
DELETE FROM usuarios_fichas WHERE id IN (
    SELECT id FROM usuarios_fichas WHERE caduca <= :ahora ORDER BY caduca LIMIT :limite)

-- operation: fichas_caducadas_borrar
-- params: ahora time, limite int
-- returns: affected
-- idempotent: true
-- dialect: mysql
-- By the index: with a subquery it would look at every row.
DELETE FROM usuarios_fichas WHERE caduca <= :ahora ORDER BY caduca LIMIT :limite

-- operation: cambio_crear
-- params: id text, usuario text, correo blob, indice blob, caduca time
-- returns: affected
INSERT INTO usuarios_cambios (id, usuario, correo, correo_indice, por_viejo, por_nuevo, caduca)
VALUES (:id, :usuario, :correo, :indice, 0, 0, :caduca)

-- operation: cambio
-- params: id text, ahora time
-- returns: one
SELECT usuario, correo, correo_indice, por_viejo, por_nuevo FROM usuarios_cambios WHERE id = :id AND caduca > :ahora

-- operation: cambio_confirmar
-- params: id text, viejo bool, nuevo bool
-- returns: affected
UPDATE usuarios_cambios
SET por_viejo = CASE WHEN :viejo THEN 1 ELSE por_viejo END, por_nuevo = CASE WHEN :nuevo THEN 1 ELSE por_nuevo END
WHERE id = :id

-- operation: cambio_gastar
-- params: id text
-- returns: affected
DELETE FROM usuarios_cambios WHERE id = :id AND por_viejo = 1 AND por_nuevo = 1

-- operation: cambios_borrar_de
-- params: usuario text
-- returns: affected
DELETE FROM usuarios_cambios WHERE usuario = :usuario

-- operation: cambios_caducados_borrar
-- params: ahora time, limite int
-- returns: affected
-- idempotent: true
-- dialect: sqlite
DELETE FROM usuarios_cambios WHERE id IN (
    SELECT id FROM usuarios_cambios WHERE caduca <= :ahora ORDER BY caduca LIMIT :limite)

-- operation: cambios_caducados_borrar
-- params: ahora time, limite int
-- returns: affected
-- idempotent: true
-- dialect: mysql
DELETE FROM usuarios_cambios WHERE caduca <= :ahora ORDER BY caduca LIMIT :limite
