-- operation: externo_por_indice
-- params: indice blob
-- returns: one
SELECT id, usuario, proveedor, correo, creado, usado FROM usuarios_externos WHERE indice = :indice

-- operation: externos
-- params: usuario text
-- returns: many
SELECT id, usuario, proveedor, correo, creado, usado FROM usuarios_externos WHERE usuario = :usuario
ORDER BY creado, id LIMIT 100

-- operation: externo_crear
-- params: id text, usuario text, proveedor text, indice blob, correo blob, ahora time
-- returns: affected
INSERT INTO usuarios_externos (id, usuario, proveedor, indice, correo, creado, usado)
VALUES (:id, :usuario, :proveedor, :indice, :correo, :ahora, :ahora)

-- operation: externo_usar
-- params: id text, ahora time
-- returns: affected
UPDATE usuarios_externos SET usado = :ahora WHERE id = :id

-- operation: externo_borrar
-- params: id text, usuario text
-- returns: affected
-- The last way to log in stays.
DELETE FROM usuarios_externos
WHERE id = :id AND usuario = :usuario
  AND (EXISTS (SELECT 1 FROM usuarios_usuarios u WHERE u.id = :usuario AND u.clave IS NOT NULL)
       OR EXISTS (SELECT 1 FROM (SELECT o.id FROM usuarios_externos o WHERE o.usuario = :usuario AND o.id <> :id) otros))

-- operation: externos_borrar_de
-- params: usuario text
-- returns: affected
DELETE FROM usuarios_externos WHERE usuario = :usuario
