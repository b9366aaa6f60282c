-- Orders. `carrito` is the cart that it was: one order for each. `acceso` is the SHA-256 of the token that opens it without
-- an account, `correo` the blind index of the address, `datos` the sealed personal data. `impuestos` is "rate:base:quota"
-- with blanks between. `caduca` is until when pieces are reserved; NULL: no limit. Money is minor units, times are
-- microseconds UTC.
CREATE TABLE pedidos_pedidos (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    numero VARCHAR(20) NOT NULL,
    estado VARCHAR(16) NOT NULL,
    usuario VARCHAR(100),
    carrito VARCHAR(22) NOT NULL,
    acceso BLOB NOT NULL,
    moneda VARCHAR(3) NOT NULL,
    productos BIGINT NOT NULL,
    envio BIGINT NOT NULL,
    descuento BIGINT NOT NULL,
    total BIGINT NOT NULL,
    impuestos VARCHAR(400) NOT NULL,
    metodo VARCHAR(20) NOT NULL,
    zona VARCHAR(16) NOT NULL,
    cupon VARCHAR(40),
    caduca BIGINT,
    creado BIGINT NOT NULL,
    correo VARCHAR(22),
    datos BLOB NOT NULL
);
CREATE UNIQUE INDEX pedidos_pedidos_numero ON pedidos_pedidos (numero);
CREATE UNIQUE INDEX pedidos_pedidos_carrito ON pedidos_pedidos (carrito);
CREATE INDEX pedidos_pedidos_usuario ON pedidos_pedidos (usuario, creado, id);
CREATE INDEX pedidos_pedidos_caduca ON pedidos_pedidos (estado, caduca);
CREATE INDEX pedidos_pedidos_correo ON pedidos_pedidos (correo);

-- What was ordered, as it was called and cost then. `tipo` is the rate of the tax in percent.
CREATE TABLE pedidos_lineas (
    pedido VARCHAR(22) NOT NULL,
    posicion INT NOT NULL,
    producto VARCHAR(16) NOT NULL,
    sku VARCHAR(64) NOT NULL,
    nombre VARCHAR(200) NOT NULL,
    cantidad BIGINT NOT NULL,
    precio BIGINT NOT NULL,
    tipo INT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (pedido, posicion)
);

-- Every change of a state: who, when, why. `quien` is an account's id, or 'cliente', 'sistema' or a plugin.
CREATE TABLE pedidos_historia (
    pedido VARCHAR(22) NOT NULL,
    momento BIGINT NOT NULL,
    de VARCHAR(16) NOT NULL,
    a VARCHAR(16) NOT NULL,
    quien VARCHAR(100) NOT NULL,
    motivo VARCHAR(200) NOT NULL,
    PRIMARY KEY (pedido, momento, a)
);
