-- operation: aviso_anotar
-- params: tema text, suceso int, momento time
-- returns: affected
-- With the mail in one group: a second one for the same event is a duplicate.
INSERT INTO pedidos_avisos (tema, suceso, momento) VALUES (:tema, :suceso, :momento)

-- operation: avisos_olvidar
-- params: antes time
-- returns: affected
-- idempotent: true
DELETE FROM pedidos_avisos WHERE momento < :antes
