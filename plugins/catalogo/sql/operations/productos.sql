-- operation: producto
-- params: id text?, sku text?
-- returns: one
-- One product whole, by its id or by its sku: asked for either at once, both engines need about twice the time.
SELECT p.id, p.sku, p.nombre, p.importe, p.moneda, p.categoria, COALESCE(c.nombre, p.categoria), p.marca, p.existencias,
       p.creado, p.modificado, p.imagenes, p.atributos, p.descripcion, p.iva, p.peso
FROM catalogo_productos p LEFT JOIN catalogo_categorias c ON c.id = p.categoria
WHERE 1 = 1
  {id? AND p.id = :id}
  {sku? AND p.sku = :sku}

-- operation: productos
-- returns: many
-- All products whole, for an import to compare with.
SELECT p.id, p.sku, p.nombre, p.importe, p.moneda, p.categoria, COALESCE(c.nombre, p.categoria), p.marca, p.existencias,
       p.creado, p.modificado, p.imagenes, p.atributos, p.descripcion, p.iva, p.peso
FROM catalogo_productos p LEFT JOIN catalogo_categorias c ON c.id = p.categoria

-- operation: producto_crear
-- params: id text, sku text, nombre text, clave text, importe int, moneda text, categoria text?, marca text?, existencias int?, creado int, modificado int, imagenes text, busqueda text, atributos text, descripcion text?, iva text, peso int
-- returns: affected
INSERT INTO catalogo_productos (id, sku, nombre, clave, importe, moneda, categoria, marca, existencias, creado,
                                modificado, imagenes, busqueda, atributos, descripcion, iva, peso)
VALUES (:id, :sku, :nombre, :clave, :importe, :moneda, :categoria, :marca, :existencias, :creado, :modificado,
        :imagenes, :busqueda, :atributos, :descripcion, :iva, :peso)

-- operation: producto_cambiar
-- params: id text, antes int, sku text, nombre text, clave text, importe int, moneda text, categoria text?, marca text?, existencias int?, modificado int, imagenes text, busqueda text, atributos text, descripcion text?, iva text, peso int
-- returns: affected
-- Replaces a product, provided that it is still the one last changed at `antes`.
UPDATE catalogo_productos
SET sku = :sku, nombre = :nombre, clave = :clave, importe = :importe, moneda = :moneda, categoria = :categoria,
    marca = :marca, existencias = :existencias, modificado = :modificado, imagenes = :imagenes, busqueda = :busqueda,
    atributos = :atributos, descripcion = :descripcion, iva = :iva, peso = :peso
WHERE id = :id AND modificado = :antes

-- operation: producto_borrar
-- params: id text
-- returns: affected
-- idempotent: true
DELETE FROM catalogo_productos WHERE id = :id
