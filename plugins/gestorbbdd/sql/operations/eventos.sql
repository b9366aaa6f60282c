-- operation: publicar
-- params: tema text, momento time, datos blob
-- returns: affected
-- access: published
-- dialect: sqlite
-- A step of the publisher's own group. One group writes at a time here, so the order of commits is known already.
INSERT INTO gestorbbdd_eventos (numero, tema, autor, momento, datos)
SELECT COALESCE(MAX(numero), 0) + 1, :tema, :caller, :momento, :datos FROM gestorbbdd_eventos

-- operation: publicar
-- params: tema text, momento time, datos blob
-- returns: affected
-- access: published
-- dialect: mysql
-- A step of the publisher's own group. It has no number yet, since others that began later may be committed sooner.
INSERT INTO gestorbbdd_eventos (tema, autor, momento, datos) VALUES (:tema, :caller, :momento, :datos)

-- operation: evento_mirar
-- params: limite int
-- returns: many
-- access: host
-- dialect: sqlite
-- What there is, by one statement: the last number, an event that has none yet (never, here), and how many that were put
-- aside are asked for.
SELECT COALESCE(MAX(numero), 0) AS ultimo, NULL AS id,
       (SELECT COUNT(*) FROM gestorbbdd_muertos WHERE repetir = 1) AS pedidos
FROM gestorbbdd_eventos LIMIT :limite

-- operation: evento_mirar
-- params: limite int
-- returns: many
-- access: host
-- dialect: mysql
-- Likewise, a row for each event without a number; of one state, so that who numbers in between is noticed.
SELECT c.ultimo, e.id, (SELECT COUNT(*) FROM gestorbbdd_muertos WHERE repetir = 1) AS pedidos
FROM gestorbbdd_contador c LEFT JOIN gestorbbdd_eventos e ON e.numero IS NULL
WHERE c.nombre = 'eventos' ORDER BY e.id LIMIT :limite

-- operation: contador_avanzar
-- params: antes int, cuantos int
-- returns: affected
-- access: host
-- The first step of numbering: of the relays that saw the same counter one succeeds, and others wait for its commit.
UPDATE gestorbbdd_contador SET ultimo = ultimo + :cuantos WHERE nombre = 'eventos' AND ultimo = :antes

-- operation: evento_numerar
-- params: id int, numero int
-- returns: affected
-- access: host
-- One by its key: a statement for several may look at others' rows too, and would wait for those that are not committed.
UPDATE gestorbbdd_eventos SET numero = :numero WHERE id = :id AND numero IS NULL

-- operation: evento_leer
-- params: tema text, desde int, limite int
-- returns: many
-- access: host
SELECT numero, autor, momento, datos FROM gestorbbdd_eventos
WHERE tema = :tema AND numero > :desde ORDER BY numero LIMIT :limite

-- operation: evento_nuevos
-- params: desde int, limite int
-- returns: many
-- access: host
-- Of all topics, for readers that have all before.
SELECT numero, autor, momento, datos, tema FROM gestorbbdd_eventos
WHERE numero > :desde ORDER BY numero LIMIT :limite

-- operation: evento_ultimo
-- returns: one
-- access: host
SELECT COALESCE(MAX(numero), 0) AS numero FROM gestorbbdd_eventos

-- operation: evento_borrar
-- params: antes time, limite int
-- returns: affected
-- access: host
-- dialect: sqlite
-- What is old and behind every reader of its topic. The last one stays: it holds the place of the numbers.
DELETE FROM gestorbbdd_eventos WHERE id IN (
    SELECT e.id FROM gestorbbdd_eventos e
    WHERE e.momento < :antes AND e.numero < (SELECT MAX(numero) FROM gestorbbdd_eventos)
      AND NOT EXISTS (SELECT 1 FROM gestorbbdd_lectores l WHERE l.tema = e.tema AND l.posicion < e.numero)
    ORDER BY e.numero LIMIT :limite)

-- operation: evento_borrar
-- params: antes time, limite int
-- returns: affected
-- access: host
-- dialect: mysql
-- By their ids alone, as above.
DELETE e FROM (
    SELECT v.id FROM gestorbbdd_eventos v
    WHERE v.momento < :antes AND v.numero < (SELECT ultimo FROM gestorbbdd_contador WHERE nombre = 'eventos')
      AND NOT EXISTS (SELECT 1 FROM gestorbbdd_lectores l WHERE l.tema = v.tema AND l.posicion < v.numero)
    ORDER BY v.numero LIMIT :limite) viejos STRAIGHT_JOIN gestorbbdd_eventos e ON e.id = viejos.id

-- operation: evento_pagina
-- params: desde int, limite int
-- returns: many
-- access: host
-- For a rotation of keys, as those of `evento_sellar`.
SELECT id, tema, momento, datos FROM gestorbbdd_eventos WHERE id > :desde ORDER BY id LIMIT :limite

-- operation: evento_sellar
-- params: id int, datos blob
-- returns: affected
-- access: host
UPDATE gestorbbdd_eventos SET datos = :datos WHERE id = :id
