-- Accounts. What is personal is sealed by zoco.crypto with "table.column:id" as its context, and so is the hash of the
-- password. `correo_indice` is a blind index of the address, by which it is found. `roles` have blanks between. Times are
-- microseconds UTC. `totp` is the secret of the second factor, `totp_activo` when it was switched on (0: it is not yet),
-- `totp_paso` the last step whose code was used.
CREATE TABLE usuarios_usuarios (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    correo BLOB NOT NULL,
    correo_indice BLOB NOT NULL,
    nombre BLOB NOT NULL,
    clave BLOB,
    telefono BLOB,
    nif BLOB,
    totp BLOB,
    totp_activo BIGINT NOT NULL,
    totp_paso BIGINT NOT NULL,
    roles VARCHAR(80) NOT NULL,
    idioma VARCHAR(2) NOT NULL,
    activo INT NOT NULL,
    creado BIGINT NOT NULL,
    modificado BIGINT NOT NULL,
    clave_cambiada BIGINT NOT NULL
);
CREATE UNIQUE INDEX usuarios_usuarios_correo ON usuarios_usuarios (correo_indice);

-- Who is logged in. `huella` is the SHA-256 of the token. Good until `caduca`, which use prolongs, and never beyond
-- `limite`. `agente` and `direccion` are the browser and the network address that logged in.
CREATE TABLE usuarios_sesiones (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    huella BLOB NOT NULL,
    usuario VARCHAR(22) NOT NULL,
    creada BIGINT NOT NULL,
    usada BIGINT NOT NULL,
    caduca BIGINT NOT NULL,
    limite BIGINT NOT NULL,
    autenticada BIGINT NOT NULL,
    metodos VARCHAR(40) NOT NULL,
    agente BLOB NOT NULL,
    direccion BLOB NOT NULL,
    FOREIGN KEY (usuario) REFERENCES usuarios_usuarios (id)
);
CREATE UNIQUE INDEX usuarios_sesiones_huella ON usuarios_sesiones (huella);
CREATE INDEX usuarios_sesiones_usuario ON usuarios_sesiones (usuario, usada);
CREATE INDEX usuarios_sesiones_caduca ON usuarios_sesiones (caduca);

-- What was mailed as a link and counts once. `id` is the SHA-256 of the token as base64url, `clase` what it is for,
-- `sujeto` the account or the change that it is for (empty: none yet), `datos` what it brings.
CREATE TABLE usuarios_fichas (
    id VARCHAR(43) NOT NULL PRIMARY KEY,
    clase VARCHAR(16) NOT NULL,
    sujeto VARCHAR(22) NOT NULL,
    datos BLOB NOT NULL,
    caduca BIGINT NOT NULL
);
CREATE INDEX usuarios_fichas_caduca ON usuarios_fichas (caduca);
CREATE INDEX usuarios_fichas_sujeto ON usuarios_fichas (sujeto, clase);

-- Changes of address that wait for the confirmation of both mailboxes.
CREATE TABLE usuarios_cambios (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    usuario VARCHAR(22) NOT NULL,
    correo BLOB NOT NULL,
    correo_indice BLOB NOT NULL,
    por_viejo INT NOT NULL,
    por_nuevo INT NOT NULL,
    caduca BIGINT NOT NULL
);
CREATE INDEX usuarios_cambios_usuario ON usuarios_cambios (usuario);
CREATE INDEX usuarios_cambios_caduca ON usuarios_cambios (caduca);

-- Tries that failed or are under way, by a blind index of what they are counted for. None is taken before `hasta`.
CREATE TABLE usuarios_intentos (
    clave BLOB NOT NULL PRIMARY KEY,
    fallos INT NOT NULL,
    espera BIGINT NOT NULL,
    hasta BIGINT NOT NULL,
    ultimo BIGINT NOT NULL
);
CREATE INDEX usuarios_intentos_ultimo ON usuarios_intentos (ultimo);

-- Networks and browsers from which somebody logged in, by a blind index.
CREATE TABLE usuarios_conocidos (
    usuario VARCHAR(22) NOT NULL,
    indice BLOB NOT NULL,
    visto BIGINT NOT NULL,
    PRIMARY KEY (usuario, indice)
);
CREATE INDEX usuarios_conocidos_visto ON usuarios_conocidos (visto);

-- Codes that stand in for the second factor, each once. `huella` is the SHA-256.
CREATE TABLE usuarios_recuperacion (
    usuario VARCHAR(22) NOT NULL,
    huella BLOB NOT NULL,
    PRIMARY KEY (usuario, huella)
);

-- Addresses: `datos` is JSON, sealed.
CREATE TABLE usuarios_direcciones (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    usuario VARCHAR(22) NOT NULL,
    datos BLOB NOT NULL,
    creada BIGINT NOT NULL,
    FOREIGN KEY (usuario) REFERENCES usuarios_usuarios (id)
);
CREATE INDEX usuarios_direcciones_usuario ON usuarios_direcciones (usuario, creada);

-- What somebody agreed to, or no longer agrees to: a row each time, with the version of the text that they saw.
CREATE TABLE usuarios_consentimientos (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    usuario VARCHAR(22) NOT NULL,
    asunto VARCHAR(40) NOT NULL,
    version VARCHAR(40) NOT NULL,
    otorgado INT NOT NULL,
    momento BIGINT NOT NULL
);
CREATE INDEX usuarios_consentimientos_usuario ON usuarios_consentimientos (usuario, momento);

-- The audit log. `id` counts from 1, as 20 digits. `huella` is a keyed hash over the row and the `huella` before it.
-- `evento` is the number of the event that brought the entry, so that it is taken once.
CREATE TABLE usuarios_auditoria (
    id VARCHAR(20) NOT NULL PRIMARY KEY,
    evento BIGINT NOT NULL,
    momento BIGINT NOT NULL,
    autor VARCHAR(40) NOT NULL,
    actor VARCHAR(128) NOT NULL,
    accion VARCHAR(60) NOT NULL,
    objeto VARCHAR(128) NOT NULL,
    detalle BLOB NOT NULL,
    huella BLOB NOT NULL
);
CREATE UNIQUE INDEX usuarios_auditoria_evento ON usuarios_auditoria (evento);
