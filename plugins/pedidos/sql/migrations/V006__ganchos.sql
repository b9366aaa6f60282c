-- Who outside the shop is told of what becomes of orders. `secreto` is what deliveries are signed with, sealed. Times are
-- microseconds UTC.
CREATE TABLE pedidos_ganchos (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    url VARCHAR(400) NOT NULL,
    secreto BLOB NOT NULL,
    creador VARCHAR(100) NOT NULL,
    creado BIGINT NOT NULL
);

-- An event that one of them is told of; `id` is the event's, `cuerpo` what is sent. `estado` is 'pendiente', 'entregada' or
-- 'fallida'; `proximo` when the next try is due (NULL: there is none), after `hasta` there is none.
CREATE TABLE pedidos_gancho_entregas (
    gancho VARCHAR(22) NOT NULL,
    id VARCHAR(22) NOT NULL,
    tipo VARCHAR(40) NOT NULL,
    momento BIGINT NOT NULL,
    cuerpo VARCHAR(4000) NOT NULL,
    estado VARCHAR(16) NOT NULL,
    intentos INT NOT NULL,
    proximo BIGINT,
    hasta BIGINT NOT NULL,
    PRIMARY KEY (gancho, id)
);
CREATE INDEX pedidos_gancho_entregas_proximo ON pedidos_gancho_entregas (proximo);
CREATE INDEX pedidos_gancho_entregas_gancho ON pedidos_gancho_entregas (gancho, momento, id);
CREATE INDEX pedidos_gancho_entregas_momento ON pedidos_gancho_entregas (momento);

-- Each try: `estado` is the status of HTTP (0: no answer), `detalle` why there was none, `ms` how long it took.
CREATE TABLE pedidos_gancho_intentos (
    gancho VARCHAR(22) NOT NULL,
    entrega VARCHAR(22) NOT NULL,
    momento BIGINT NOT NULL,
    estado INT NOT NULL,
    detalle VARCHAR(40) NOT NULL,
    ms BIGINT NOT NULL,
    PRIMARY KEY (gancho, entrega, momento)
);
CREATE INDEX pedidos_gancho_intentos_momento ON pedidos_gancho_intentos (momento);
