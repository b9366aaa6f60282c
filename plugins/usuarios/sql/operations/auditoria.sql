-- operation: auditoria_ultima
-- returns: one
SELECT id, huella FROM usuarios_auditoria ORDER BY id DESC LIMIT 1

-- operation: auditoria_de_evento
-- params: evento int
-- returns: one
SELECT id FROM usuarios_auditoria WHERE evento = :evento

-- operation: auditoria_anotar
-- params: id text, evento int, momento time, autor text, actor text, accion text, objeto text, detalle blob, huella blob
-- returns: affected
INSERT INTO usuarios_auditoria (id, evento, momento, autor, actor, accion, objeto, detalle, huella)
VALUES (:id, :evento, :momento, :autor, :actor, :accion, :objeto, :detalle, :huella)

-- operation: auditoria_pagina
-- params: desde text, limite int
-- returns: many
SELECT id, evento, momento, autor, actor, accion, objeto, detalle, huella FROM usuarios_auditoria
WHERE id > :desde ORDER BY id LIMIT :limite
