-- Each notification that a payment service sent. `resultado`: 'aceptada', 'repetida' (nothing of it was new) or 'rechazada',
-- and `motivo` why. `numero` is what it says the payment is, true only when it was not refused. Times are microseconds UTC.
CREATE TABLE pagos_avisos (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    momento BIGINT NOT NULL,
    conector VARCHAR(20) NOT NULL,
    resultado VARCHAR(10) NOT NULL,
    motivo VARCHAR(60) NOT NULL,
    numero VARCHAR(12) NOT NULL,
    pago VARCHAR(22)
);
CREATE INDEX pagos_avisos_momento ON pagos_avisos (momento, id);

-- Settlements of payment services: files, each by its SHA-256 and its service, and their lines. Amounts are minor units.
CREATE TABLE pagos_liquidaciones (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    huella VARCHAR(43) NOT NULL,
    conector VARCHAR(20) NOT NULL,
    lineas BIGINT NOT NULL,
    momento BIGINT NOT NULL
);
CREATE UNIQUE INDEX pagos_liquidaciones_huella ON pagos_liquidaciones (huella, conector);
CREATE TABLE pagos_liquidadas (
    liquidacion VARCHAR(22) NOT NULL,
    linea BIGINT NOT NULL,
    conector VARCHAR(20) NOT NULL,
    numero VARCHAR(12) NOT NULL,
    tipo VARCHAR(10) NOT NULL,
    autorizacion VARCHAR(20) NOT NULL,
    importe BIGINT NOT NULL,
    moneda VARCHAR(3) NOT NULL,
    fecha BIGINT NOT NULL,
    PRIMARY KEY (liquidacion, linea)
);
CREATE INDEX pagos_liquidadas_numero ON pagos_liquidadas (conector, numero);
CREATE INDEX pagos_liquidadas_fecha ON pagos_liquidadas (fecha);

-- When the payment service was asked about it last, without an outcome, and how often.
ALTER TABLE pagos_pagos ADD COLUMN preguntado BIGINT;
ALTER TABLE pagos_pagos ADD COLUMN preguntas BIGINT NOT NULL DEFAULT 0;
CREATE INDEX pagos_pagos_creado ON pagos_pagos (creado, id);
