-- Payments. `numero` is what the payment service knows one by. `vivo` is the order as long as the payment may take money
-- or has taken it, so that an order has one such payment at most. `version` counts the events, of which `estado` follows.
-- `pendiente`: since when an outcome is awaited. `devolver`: what has to go back to the buyer, since the order could not
-- be paid with it. Times are microseconds UTC, amounts minor units.
CREATE TABLE pagos_pagos (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    pedido VARCHAR(32) NOT NULL,
    vivo VARCHAR(32),
    conector VARCHAR(20) NOT NULL,
    metodo VARCHAR(20) NOT NULL,
    numero VARCHAR(12) NOT NULL,
    importe BIGINT NOT NULL,
    moneda VARCHAR(3) NOT NULL,
    estado VARCHAR(16) NOT NULL,
    version BIGINT NOT NULL,
    pendiente BIGINT,
    devolver BIGINT,
    creado BIGINT NOT NULL,
    modificado BIGINT NOT NULL
);
CREATE UNIQUE INDEX pagos_pagos_vivo ON pagos_pagos (vivo);
CREATE UNIQUE INDEX pagos_pagos_numero ON pagos_pagos (conector, numero);
CREATE INDEX pagos_pagos_pedido ON pagos_pagos (pedido, creado);
CREATE INDEX pagos_pagos_pendiente ON pagos_pagos (pendiente);
CREATE INDEX pagos_pagos_devolver ON pagos_pagos (devolver);

-- What happened to each, in the order in which it was learnt; rows are never changed. `efecto` is its id at the payment
-- service, or that of the request that asked for it; each counts once. `datos` is JSON: what the buyer has to do, why it
-- was refused, by what they were authenticated. No card is ever in it.
CREATE TABLE pagos_sucesos (
    pago VARCHAR(22) NOT NULL,
    num BIGINT NOT NULL,
    hecho VARCHAR(12) NOT NULL,
    orden VARCHAR(10) NOT NULL,
    importe BIGINT NOT NULL,
    efecto VARCHAR(60),
    datos VARCHAR(8000) NOT NULL,
    momento BIGINT NOT NULL,
    PRIMARY KEY (pago, num)
);
CREATE UNIQUE INDEX pagos_sucesos_efecto ON pagos_sucesos (pago, efecto);
