-- Categories. `id` is the slug that appears in addresses. A category is made by the first product that names it.
CREATE TABLE catalogo_categorias (
    id VARCHAR(80) NOT NULL PRIMARY KEY,
    nombre VARCHAR(120) NOT NULL
);

-- Products. `clave` is the sort key of the name and `busqueda` what a search looks into, both kept by the plugin,
-- `imagenes` are picture names with blanks between, `atributos` a JSON list of {nombre, valor}. `existencias` NULL
-- means that stock is not tracked. `creado` and `modificado` are microseconds UTC.
-- Each order of the list has its index, which also holds what filters look at. What a search looks into is too long for
-- an index here.
CREATE TABLE catalogo_productos (
    id VARCHAR(16) NOT NULL PRIMARY KEY,
    sku VARCHAR(64) NOT NULL,
    nombre VARCHAR(200) NOT NULL,
    clave VARCHAR(120) NOT NULL,
    importe BIGINT NOT NULL,
    moneda VARCHAR(3) NOT NULL,
    categoria VARCHAR(80),
    marca VARCHAR(120),
    existencias BIGINT,
    creado BIGINT NOT NULL,
    modificado BIGINT NOT NULL,
    imagenes TEXT NOT NULL,
    busqueda MEDIUMTEXT NOT NULL,
    atributos MEDIUMTEXT NOT NULL,
    descripcion TEXT,
    UNIQUE KEY catalogo_productos_sku (sku),
    KEY catalogo_productos_nombre (clave, id, categoria, importe, existencias),
    KEY catalogo_productos_precio (importe, id, categoria, existencias),
    KEY catalogo_productos_novedad (creado, id, categoria, importe, existencias),
    KEY catalogo_productos_categoria (categoria, importe, existencias),
    FOREIGN KEY (categoria) REFERENCES catalogo_categorias (id)
);

-- One row per thing that is done once. `valor` is when (microseconds UTC), 0 for not yet.
CREATE TABLE catalogo_hitos (
    nombre VARCHAR(40) NOT NULL PRIMARY KEY,
    valor BIGINT NOT NULL
);
INSERT INTO catalogo_hitos (nombre, valor) VALUES ('primer_producto', 0);
