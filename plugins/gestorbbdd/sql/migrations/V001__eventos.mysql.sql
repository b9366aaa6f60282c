-- What plugins told each other, in the one order that `numero` gives without gaps.
CREATE TABLE gestorbbdd_eventos (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    numero BIGINT UNIQUE,           -- set by a relay once it is committed
    tema VARCHAR(100) NOT NULL,
    autor VARCHAR(40) NOT NULL,     -- the plugin that published it
    momento BIGINT NOT NULL,        -- microseconds UTC
    datos MEDIUMBLOB NOT NULL
);
CREATE INDEX gestorbbdd_eventos_tema ON gestorbbdd_eventos (tema, numero);

-- The last number that a relay gave.
CREATE TABLE gestorbbdd_contador (nombre VARCHAR(20) NOT NULL PRIMARY KEY, ultimo BIGINT NOT NULL);
INSERT INTO gestorbbdd_contador VALUES ('eventos', 0);

-- Who reads a topic, and how far it is. `nodo` is empty for a plugin whose nodes compete: `dueno` has the lease then.
CREATE TABLE gestorbbdd_lectores (
    plugin VARCHAR(40) NOT NULL,
    tema VARCHAR(100) NOT NULL,
    nodo VARCHAR(32) NOT NULL,
    posicion BIGINT NOT NULL,       -- number of the last event that was handled
    intentos INT NOT NULL,          -- of the one behind it, that did not end well
    dueno VARCHAR(32) NOT NULL,     -- node that handles them now; empty: none
    arranque VARCHAR(32) NOT NULL,  -- run of that node's program
    hasta BIGINT NOT NULL,          -- end of its lease, microseconds UTC
    visto BIGINT NOT NULL,          -- when a node last had it
    PRIMARY KEY (plugin, tema, nodo)
);

-- Events that a reader gave up, for an operator to look at and to replay.
CREATE TABLE gestorbbdd_muertos (
    plugin VARCHAR(40) NOT NULL,
    tema VARCHAR(100) NOT NULL,
    nodo VARCHAR(32) NOT NULL,
    numero BIGINT NOT NULL,
    autor VARCHAR(40) NOT NULL,
    momento BIGINT NOT NULL,
    datos MEDIUMBLOB NOT NULL,
    intentos INT NOT NULL,
    estado INT NOT NULL,            -- what its handler returned last; 0: the process ended over it
    muerto BIGINT NOT NULL,         -- when it was given up, microseconds UTC
    repetir INT NOT NULL,           -- 1: to be handed out once more
    PRIMARY KEY (plugin, tema, nodo, numero)
);
