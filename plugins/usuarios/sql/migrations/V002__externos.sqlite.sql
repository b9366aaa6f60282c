-- Identities at other providers that belong to an account. `indice` is a blind index of issuer and subject, by which an
-- account is found; `correo` is the address there, sealed, for the owner to recognise it. Times are microseconds UTC.
CREATE TABLE usuarios_externos (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    usuario VARCHAR(22) NOT NULL,
    proveedor VARCHAR(32) NOT NULL,
    indice BLOB NOT NULL,
    correo BLOB NOT NULL,
    creado BIGINT NOT NULL,
    usado BIGINT NOT NULL,
    FOREIGN KEY (usuario) REFERENCES usuarios_usuarios (id)
);
CREATE UNIQUE INDEX usuarios_externos_indice ON usuarios_externos (indice);
CREATE INDEX usuarios_externos_usuario ON usuarios_externos (usuario, creado);
