-- operation: lista_por_nombre
-- params: desde_clave text, desde_id text, categoria text?, precio_min int?, precio_max int?, disponible int?, palabra1 text?, palabra2 text?, palabra3 text?, palabra4 text?, palabra5 text?, palabra6 text?, palabra7 text?, palabra8 text?, limite int
-- returns: many
-- A page of the list from behind the given product, by name.
SELECT p.id, p.sku, p.nombre, p.importe, p.moneda, p.imagenes, p.categoria, c.nombre,
       (p.existencias IS NULL OR p.existencias > 0), p.clave, p.creado
FROM catalogo_productos p LEFT JOIN catalogo_categorias c ON c.id = p.categoria
WHERE (p.clave, p.id) > (:desde_clave, :desde_id)
  AND (:categoria IS NULL OR p.categoria = :categoria)
  AND (:precio_min IS NULL OR p.importe >= :precio_min)
  AND (:precio_max IS NULL OR p.importe <= :precio_max)
  AND (:disponible IS NULL OR (p.existencias IS NULL OR p.existencias > 0) = :disponible)
  AND (:palabra1 IS NULL OR INSTR(p.busqueda, :palabra1) > 0)
  AND (:palabra2 IS NULL OR INSTR(p.busqueda, :palabra2) > 0)
  AND (:palabra3 IS NULL OR INSTR(p.busqueda, :palabra3) > 0)
  AND (:palabra4 IS NULL OR INSTR(p.busqueda, :palabra4) > 0)
  AND (:palabra5 IS NULL OR INSTR(p.busqueda, :palabra5) > 0)
  AND (:palabra6 IS NULL OR INSTR(p.busqueda, :palabra6) > 0)
  AND (:palabra7 IS NULL OR INSTR(p.busqueda, :palabra7) > 0)
  AND (:palabra8 IS NULL OR INSTR(p.busqueda, :palabra8) > 0)
ORDER BY p.clave, p.id
LIMIT :limite

-- operation: lista_por_precio
-- params: desde_clave int, desde_id text, categoria text?, precio_min int?, precio_max int?, disponible int?, palabra1 text?, palabra2 text?, palabra3 text?, palabra4 text?, palabra5 text?, palabra6 text?, palabra7 text?, palabra8 text?, limite int
-- returns: many
-- The same, cheapest first.
SELECT p.id, p.sku, p.nombre, p.importe, p.moneda, p.imagenes, p.categoria, c.nombre,
       (p.existencias IS NULL OR p.existencias > 0), p.clave, p.creado
FROM catalogo_productos p LEFT JOIN catalogo_categorias c ON c.id = p.categoria
WHERE (p.importe, p.id) > (:desde_clave, :desde_id)
  AND (:categoria IS NULL OR p.categoria = :categoria)
  AND (:precio_min IS NULL OR p.importe >= :precio_min)
  AND (:precio_max IS NULL OR p.importe <= :precio_max)
  AND (:disponible IS NULL OR (p.existencias IS NULL OR p.existencias > 0) = :disponible)
  AND (:palabra1 IS NULL OR INSTR(p.busqueda, :palabra1) > 0)
  AND (:palabra2 IS NULL OR INSTR(p.busqueda, :palabra2) > 0)
  AND (:palabra3 IS NULL OR INSTR(p.busqueda, :palabra3) > 0)
  AND (:palabra4 IS NULL OR INSTR(p.busqueda, :palabra4) > 0)
  AND (:palabra5 IS NULL OR INSTR(p.busqueda, :palabra5) > 0)
  AND (:palabra6 IS NULL OR INSTR(p.busqueda, :palabra6) > 0)
  AND (:palabra7 IS NULL OR INSTR(p.busqueda, :palabra7) > 0)
  AND (:palabra8 IS NULL OR INSTR(p.busqueda, :palabra8) > 0)
ORDER BY p.importe, p.id
LIMIT :limite

-- operation: lista_por_precio_desc
-- params: desde_clave int, desde_id text, categoria text?, precio_min int?, precio_max int?, disponible int?, palabra1 text?, palabra2 text?, palabra3 text?, palabra4 text?, palabra5 text?, palabra6 text?, palabra7 text?, palabra8 text?, limite int
-- returns: many
-- The same, dearest first.
SELECT p.id, p.sku, p.nombre, p.importe, p.moneda, p.imagenes, p.categoria, c.nombre,
       (p.existencias IS NULL OR p.existencias > 0), p.clave, p.creado
FROM catalogo_productos p LEFT JOIN catalogo_categorias c ON c.id = p.categoria
WHERE (p.importe, p.id) < (:desde_clave, :desde_id)
  AND (:categoria IS NULL OR p.categoria = :categoria)
  AND (:precio_min IS NULL OR p.importe >= :precio_min)
  AND (:precio_max IS NULL OR p.importe <= :precio_max)
  AND (:disponible IS NULL OR (p.existencias IS NULL OR p.existencias > 0) = :disponible)
  AND (:palabra1 IS NULL OR INSTR(p.busqueda, :palabra1) > 0)
  AND (:palabra2 IS NULL OR INSTR(p.busqueda, :palabra2) > 0)
  AND (:palabra3 IS NULL OR INSTR(p.busqueda, :palabra3) > 0)
  AND (:palabra4 IS NULL OR INSTR(p.busqueda, :palabra4) > 0)
  AND (:palabra5 IS NULL OR INSTR(p.busqueda, :palabra5) > 0)
  AND (:palabra6 IS NULL OR INSTR(p.busqueda, :palabra6) > 0)
  AND (:palabra7 IS NULL OR INSTR(p.busqueda, :palabra7) > 0)
  AND (:palabra8 IS NULL OR INSTR(p.busqueda, :palabra8) > 0)
ORDER BY p.importe DESC, p.id DESC
LIMIT :limite

-- operation: lista_por_novedad
-- params: desde_clave int, desde_id text, categoria text?, precio_min int?, precio_max int?, disponible int?, palabra1 text?, palabra2 text?, palabra3 text?, palabra4 text?, palabra5 text?, palabra6 text?, palabra7 text?, palabra8 text?, limite int
-- returns: many
-- The same, newest first.
SELECT p.id, p.sku, p.nombre, p.importe, p.moneda, p.imagenes, p.categoria, c.nombre,
       (p.existencias IS NULL OR p.existencias > 0), p.clave, p.creado
FROM catalogo_productos p LEFT JOIN catalogo_categorias c ON c.id = p.categoria
WHERE (p.creado, p.id) < (:desde_clave, :desde_id)
  AND (:categoria IS NULL OR p.categoria = :categoria)
  AND (:precio_min IS NULL OR p.importe >= :precio_min)
  AND (:precio_max IS NULL OR p.importe <= :precio_max)
  AND (:disponible IS NULL OR (p.existencias IS NULL OR p.existencias > 0) = :disponible)
  AND (:palabra1 IS NULL OR INSTR(p.busqueda, :palabra1) > 0)
  AND (:palabra2 IS NULL OR INSTR(p.busqueda, :palabra2) > 0)
  AND (:palabra3 IS NULL OR INSTR(p.busqueda, :palabra3) > 0)
  AND (:palabra4 IS NULL OR INSTR(p.busqueda, :palabra4) > 0)
  AND (:palabra5 IS NULL OR INSTR(p.busqueda, :palabra5) > 0)
  AND (:palabra6 IS NULL OR INSTR(p.busqueda, :palabra6) > 0)
  AND (:palabra7 IS NULL OR INSTR(p.busqueda, :palabra7) > 0)
  AND (:palabra8 IS NULL OR INSTR(p.busqueda, :palabra8) > 0)
ORDER BY p.creado DESC, p.id DESC
LIMIT :limite
