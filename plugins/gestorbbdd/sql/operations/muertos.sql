-- operation: muerto_guardar
-- params: plugin text, tema text, nodo text, numero int, intentos int, estado int, muerto time
-- returns: affected
-- access: host
INSERT INTO gestorbbdd_muertos (plugin, tema, nodo, numero, autor, momento, datos, intentos, estado, muerto, repetir)
SELECT :plugin, :tema, :nodo, numero, autor, momento, datos, :intentos, :estado, :muerto, 0
FROM gestorbbdd_eventos WHERE numero = :numero

-- operation: muertos
-- params: limite int
-- returns: many
-- access: host
SELECT plugin, tema, nodo, numero, autor, momento, intentos, estado, muerto, repetir FROM gestorbbdd_muertos
ORDER BY muerto DESC, numero LIMIT :limite

-- operation: muerto_repetir
-- params: plugin text, numero int
-- returns: affected
-- access: host
UPDATE gestorbbdd_muertos SET repetir = 1 WHERE plugin = :plugin AND numero = :numero

-- operation: muerto_pedido
-- params: plugin text, tema text, nodo text, limite int
-- returns: many
-- access: host
SELECT numero, autor, momento, datos FROM gestorbbdd_muertos
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo AND repetir = 1 ORDER BY numero LIMIT :limite

-- operation: muerto_dejar
-- params: plugin text, tema text, nodo text, numero int, estado int
-- returns: affected
-- access: host
-- It did not end well again.
UPDATE gestorbbdd_muertos SET repetir = 0, intentos = intentos + 1, estado = :estado
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo AND numero = :numero

-- operation: muerto_borrar
-- params: plugin text, numero int
-- returns: affected
-- access: host
DELETE FROM gestorbbdd_muertos WHERE plugin = :plugin AND numero = :numero

-- operation: muerto_hecho
-- params: plugin text, tema text, nodo text, numero int
-- returns: affected
-- access: host
-- It was handed out once more, and ended well.
DELETE FROM gestorbbdd_muertos WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo AND numero = :numero

-- operation: muerto_pagina
-- params: numero int, plugin text, nodo text, limite int
-- returns: many
-- access: host
-- For a rotation of keys. A number has one topic.
SELECT numero, plugin, tema, nodo, momento, datos FROM gestorbbdd_muertos
WHERE numero > :numero OR (numero = :numero AND (plugin > :plugin OR (plugin = :plugin AND nodo > :nodo)))
ORDER BY numero, plugin, nodo LIMIT :limite

-- operation: muerto_sellar
-- params: numero int, plugin text, tema text, nodo text, datos blob
-- returns: affected
-- access: host
UPDATE gestorbbdd_muertos SET datos = :datos
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo AND numero = :numero
