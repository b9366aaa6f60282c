-- operation: tratamientos
-- returns: many
SELECT extension, usos, COALESCE(usos_en, usos) AS usos_en FROM usuarios_tratamientos ORDER BY extension

-- operation: tratamiento_anotar
-- params: extension text, usos text, usos_en text, momento time
-- returns: affected
-- idempotent: true
-- dialect: sqlite
INSERT INTO usuarios_tratamientos (extension, usos, usos_en, momento)
VALUES (:extension, :usos, :usos_en, :momento)
ON CONFLICT (extension) DO UPDATE SET usos = :usos, usos_en = :usos_en, momento = :momento

-- operation: tratamiento_anotar
-- params: extension text, usos text, usos_en text, momento time
-- returns: affected
-- idempotent: true
-- dialect: mysql
INSERT INTO usuarios_tratamientos (extension, usos, usos_en, momento)
VALUES (:extension, :usos, :usos_en, :momento)
ON DUPLICATE KEY UPDATE usos = :usos, usos_en = :usos_en, momento = :momento
