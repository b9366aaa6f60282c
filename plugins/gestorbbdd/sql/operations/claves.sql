-- operation: claves
-- returns: many
-- access: host
SELECT id, huella FROM gestorbbdd_claves ORDER BY id

-- operation: clave_apuntar
-- params: id int, huella text
-- returns: affected
-- access: host
INSERT INTO gestorbbdd_claves (id, huella) VALUES (:id, :huella)

-- operation: clave_olvidar
-- params: id int
-- returns: affected
-- access: host
DELETE FROM gestorbbdd_claves WHERE id = :id
