-- operation: pedidos_de_persona
-- params: usuario text, correo text, invitado bool
-- returns: many
-- All orders of an account, and those that a guest made with an address.
SELECT id, estado FROM pedidos_pedidos
WHERE (usuario = :usuario AND NOT :invitado) OR (correo = :correo AND usuario IS NULL)
ORDER BY creado, id

-- operation: pedido_olvidar
-- params: id text, datos blob
-- returns: affected
-- idempotent: true
-- Whose it was is not known any more.
UPDATE pedidos_pedidos SET datos = :datos, correo = NULL, usuario = NULL WHERE id = :id

-- operation: carrito_olvidar
-- params: dueno text
-- returns: affected
-- idempotent: true
DELETE FROM pedidos_carritos WHERE dueno = :dueno

-- operation: carrito_lineas_olvidar
-- params: dueno text
-- returns: affected
-- idempotent: true
DELETE FROM pedidos_carrito_lineas WHERE carrito IN (SELECT id FROM pedidos_carritos WHERE dueno = :dueno)

-- operation: rotar_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, datos FROM pedidos_pedidos WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: rotar
-- params: id text, antes blob, despues blob
-- returns: affected
UPDATE pedidos_pedidos SET datos = :despues WHERE id = :id AND datos = :antes
