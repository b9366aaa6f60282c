-- What is to be done to the payment of an order, once for each `id`: 'reembolso', `importe` of it goes back, or 'captura',
-- of all that is held. `pago` is the payment, once it was looked for. `estado`: 'pendiente', 'hecho', 'imposible', and
-- `detalle` why. Times are microseconds UTC, amounts minor units.
CREATE TABLE pagos_ordenes (
    id VARCHAR(80) NOT NULL PRIMARY KEY,
    orden VARCHAR(10) NOT NULL,
    pedido VARCHAR(32) NOT NULL,
    pago VARCHAR(22),
    importe BIGINT NOT NULL,
    motivo VARCHAR(200) NOT NULL,
    estado VARCHAR(10) NOT NULL,
    detalle VARCHAR(60) NOT NULL,
    creada BIGINT NOT NULL,
    cambiada BIGINT NOT NULL
);
CREATE INDEX pagos_ordenes_estado ON pagos_ordenes (estado, cambiada);

-- Since when it has been going back to the buyer by itself, or had begun to when it was done.
ALTER TABLE pagos_pagos ADD COLUMN devuelto BIGINT;
CREATE INDEX pagos_pagos_devuelto ON pagos_pagos (devuelto);
