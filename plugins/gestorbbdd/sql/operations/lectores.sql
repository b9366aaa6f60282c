-- operation: lector_abrir
-- params: plugin text, tema text, nodo text, desde time, ahora time
-- returns: affected
-- access: host
-- dialect: sqlite
-- A reader that is new begins behind what there was when it subscribed. Only the last ones are looked at: it was just now.
INSERT OR IGNORE INTO gestorbbdd_lectores (plugin, tema, nodo, posicion, intentos, dueno, arranque, hasta, visto)
SELECT :plugin, :tema, :nodo,
    COALESCE((SELECT MIN(numero) - 1 FROM gestorbbdd_eventos
              WHERE tema = :tema AND numero > (SELECT MAX(numero) - 1000 FROM gestorbbdd_eventos) AND momento >= :desde),
             (SELECT MAX(numero) FROM gestorbbdd_eventos), 0),
    0, '', '', 0, :ahora

-- operation: lector_abrir
-- params: plugin text, tema text, nodo text, desde time, ahora time
-- returns: affected
-- access: host
-- dialect: mysql
INSERT IGNORE INTO gestorbbdd_lectores (plugin, tema, nodo, posicion, intentos, dueno, arranque, hasta, visto)
SELECT :plugin, :tema, :nodo,
    COALESCE((SELECT MIN(numero) - 1 FROM gestorbbdd_eventos
              WHERE tema = :tema AND numero > ultimo - 1000 AND momento >= :desde), ultimo),
    0, '', '', 0, :ahora
FROM gestorbbdd_contador WHERE nombre = 'eventos'

-- operation: lector_tomar
-- params: plugin text, tema text, nodo text, dueno text, arranque text, ahora time, plazo int
-- returns: affected
-- access: host
-- dialect: sqlite
-- Takes or keeps the lease: nobody has it, it has run out, or it is this node's own. That the one before did not let
-- go of it counts as a try of the event that it was at.
UPDATE gestorbbdd_lectores
SET intentos = CASE WHEN dueno = '' OR arranque = :arranque THEN intentos ELSE intentos + 1 END,
    dueno = :dueno, arranque = :arranque, hasta = :ahora + :plazo, visto = :ahora
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo AND (dueno = '' OR dueno = :dueno OR hasta < :ahora)

-- operation: lector_tomar
-- params: plugin text, tema text, nodo text, dueno text, arranque text, ahora time, plazo int
-- returns: affected
-- access: host
-- dialect: mysql
-- By the server's clock, since those of nodes differ. Columns are set from left to right here.
UPDATE gestorbbdd_lectores
SET intentos = CASE WHEN dueno = '' OR arranque = :arranque THEN intentos ELSE intentos + 1 END,
    dueno = :dueno, arranque = :arranque,
    hasta = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) + :plazo, visto = :ahora
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo
  AND (dueno = '' OR dueno = :dueno OR hasta < CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED))

-- operation: lectores_renovar
-- params: dueno text, arranque text, ahora time, plazo int
-- returns: affected
-- access: host
-- dialect: sqlite
-- Keeps all leases of a node.
UPDATE gestorbbdd_lectores SET hasta = :ahora + :plazo, visto = :ahora WHERE dueno = :dueno AND arranque = :arranque

-- operation: lectores_renovar
-- params: dueno text, arranque text, ahora time, plazo int
-- returns: affected
-- access: host
-- dialect: mysql
UPDATE gestorbbdd_lectores SET hasta = CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED) + :plazo, visto = :ahora
WHERE dueno = :dueno AND arranque = :arranque

-- operation: lector
-- params: plugin text, tema text, nodo text
-- returns: one
-- access: host
SELECT posicion, intentos, dueno, arranque FROM gestorbbdd_lectores
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo

-- operation: lectores
-- returns: many
-- access: host
SELECT plugin, tema, nodo, posicion, intentos, dueno, visto FROM gestorbbdd_lectores ORDER BY plugin, tema, nodo

-- operation: lector_guardar
-- params: plugin text, tema text, nodo text, arranque text, posicion int
-- returns: affected
-- access: host
-- Only who has the lease moves on.
UPDATE gestorbbdd_lectores SET posicion = :posicion, intentos = 0
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo AND arranque = :arranque AND posicion < :posicion

-- operation: lector_intento
-- params: plugin text, tema text, nodo text, arranque text, posicion int, intentos int
-- returns: affected
-- access: host
UPDATE gestorbbdd_lectores SET posicion = :posicion, intentos = :intentos
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo AND arranque = :arranque AND posicion <= :posicion

-- operation: lector_soltar
-- params: plugin text, tema text, nodo text, arranque text
-- returns: affected
-- access: host
UPDATE gestorbbdd_lectores SET dueno = '', arranque = '', hasta = 0
WHERE plugin = :plugin AND tema = :tema AND nodo = :nodo AND arranque = :arranque

-- operation: lector_olvidar
-- params: plugin text
-- returns: affected
-- access: host
DELETE FROM gestorbbdd_lectores WHERE plugin = :plugin

-- operation: lector_viejo_olvidar
-- params: antes time
-- returns: affected
-- access: host
-- Nodes that are gone. Plugins whose nodes compete are never forgotten by themselves.
DELETE FROM gestorbbdd_lectores WHERE nodo <> '' AND visto < :antes
