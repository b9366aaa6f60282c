-- Answers to requests that have an Idempotency-Key, each stored in the group of the change that it tells of.
CREATE TABLE gestorbbdd_respuestas (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    plugin VARCHAR(40) NOT NULL,    -- whose route it is
    ruta VARCHAR(200) NOT NULL,     -- method and pattern
    quien VARCHAR(100) NOT NULL,    -- who asked; empty: nobody in particular
    clave VARCHAR(255) NOT NULL,    -- the Idempotency-Key
    huella VARBINARY(64) NOT NULL,  -- of the request, by a key that is not here
    estado INT NOT NULL,
    cabeceras TEXT NOT NULL,        -- a line each
    cuerpo MEDIUMBLOB NOT NULL,
    momento BIGINT NOT NULL,        -- microseconds UTC
    UNIQUE (plugin, ruta, quien, clave)
);
CREATE INDEX gestorbbdd_respuestas_momento ON gestorbbdd_respuestas (momento);
