-- operation: intento_abrir
-- params: clave blob, ahora time
-- returns: affected
-- dialect: sqlite
INSERT INTO usuarios_intentos (clave, fallos, espera, hasta, ultimo) VALUES (:clave, 0, 0, 0, :ahora)
ON CONFLICT (clave) DO NOTHING

-- operation: intento_abrir
-- params: clave blob, ahora time
-- returns: affected
-- dialect: mysql
INSERT INTO usuarios_intentos (clave, fallos, espera, hasta, ultimo) VALUES (:clave, 0, 0, 0, :ahora)
ON DUPLICATE KEY UPDATE clave = clave

-- operation: intento_tomar
-- params: clave blob, ahora time, libres int, primera int, tope int
-- returns: affected
-- A try begins, and counts as failed until it succeeds: so that many at once are counted before any is over. Behind the
-- free ones the next has to wait, twice as long each time. No row: it comes too early. Written so that it means the same
-- where the right sides see the columns' new values, as on MariaDB.
UPDATE usuarios_intentos
SET hasta = CASE WHEN fallos < :libres THEN 0
                 WHEN espera = 0 THEN :ahora + :primera
                 WHEN espera * 2 > :tope THEN :ahora + :tope
                 ELSE :ahora + espera * 2 END,
    espera = CASE WHEN fallos < :libres THEN 0
                  WHEN espera = 0 THEN :primera
                  WHEN espera * 2 > :tope THEN :tope
                  ELSE espera * 2 END,
    fallos = fallos + 1,
    ultimo = :ahora
WHERE clave = :clave AND hasta <= :ahora

-- operation: intento_hasta
-- params: claves blob list
-- returns: one
SELECT COALESCE(MAX(hasta), 0) FROM usuarios_intentos WHERE clave IN (:claves)

-- operation: intento_devolver
-- params: clave blob
-- returns: affected
-- A try that succeeded did not fail.
UPDATE usuarios_intentos
SET hasta = 0, fallos = CASE WHEN fallos > 0 THEN fallos - 1 ELSE 0 END
WHERE clave = :clave

-- operation: intento_olvidar
-- params: clave blob
-- returns: affected
DELETE FROM usuarios_intentos WHERE clave = :clave

-- operation: intentos_viejos_borrar
-- params: antes time, limite int
-- returns: affected
-- idempotent: true
-- dialect: sqlite
DELETE FROM usuarios_intentos WHERE clave IN (
    SELECT clave FROM usuarios_intentos WHERE ultimo < :antes ORDER BY ultimo LIMIT :limite)

-- operation: intentos_viejos_borrar
-- params: antes time, limite int
-- returns: affected
-- idempotent: true
-- dialect: mysql
-- By the index: with a subquery it would look at every row.
DELETE FROM usuarios_intentos WHERE ultimo < :antes ORDER BY ultimo LIMIT :limite

-- operation: conocidos_viejos_borrar
-- params: antes time, limite int
-- returns: affected
-- idempotent: true
-- dialect: sqlite
DELETE FROM usuarios_conocidos WHERE (usuario, indice) IN (
    SELECT usuario, indice FROM usuarios_conocidos WHERE visto < :antes ORDER BY visto LIMIT :limite)

-- operation: conocidos_viejos_borrar
-- params: antes time, limite int
-- returns: affected
-- idempotent: true
-- dialect: mysql
DELETE FROM usuarios_conocidos WHERE visto < :antes ORDER BY visto LIMIT :limite
