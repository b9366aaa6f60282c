-- operation: tratamientos
-- returns: many
SELECT extension, usos FROM usuarios_tratamientos ORDER BY extension

-- operation: tratamiento_anotar
-- params: extension text, usos text, momento time
-- returns: affected
-- idempotent: true
-- dialect: sqlite
INSERT INTO usuarios_tratamientos (extension, usos, momento) VALUES (:extension, :usos, :momento)
ON CONFLICT (extension) DO UPDATE SET usos = :usos, momento = :momento

-- operation: tratamiento_anotar
-- params: extension text, usos text, momento time
-- returns: affected
-- idempotent: true
-- dialect: mysql
INSERT INTO usuarios_tratamientos (extension, usos, momento) VALUES (:extension, :usos, :momento)
ON DUPLICATE KEY UPDATE usos = :usos, momento = :momento
