-- What each plugin keeps about people, as it told at its last start: `usos` is JSON.
CREATE TABLE usuarios_tratamientos (
    extension VARCHAR(64) NOT NULL PRIMARY KEY,
    usos TEXT NOT NULL,
    momento BIGINT NOT NULL
);
