-- operation: lista
-- params: categoria text?, precio_min int?, precio_max int?, disponible bool?, palabras text list, limite int
-- order: nombre = p.clave text, p.id text
-- order: precio = p.importe int, p.id text
-- order: precio_desc = p.importe int desc, p.id text desc
-- order: novedad = p.creado int desc, p.id text desc
-- returns: many
-- A page of the list from behind the given place. Each ordering walks its own index and stops at `limite`; the unary plus
-- keeps SQLite from walking another one and sorting what it finds.
SELECT p.id, p.sku, p.nombre, p.importe, p.moneda, p.imagenes, p.categoria, COALESCE(c.nombre, p.categoria),
       (p.existencias IS NULL OR p.existencias > 0), p.clave, p.creado
FROM catalogo_productos p LEFT JOIN catalogo_categorias c ON c.id = p.categoria
WHERE 1 = 1
  {after}
  {categoria? AND +p.categoria = :categoria}
  {precio_min? AND p.importe >= :precio_min}
  {precio_max? AND +p.importe <= :precio_max}
  {disponible? AND (p.existencias IS NULL OR p.existencias > 0) = :disponible}
  {palabras* AND INSTR(p.busqueda, :palabras) > 0}
{order}
LIMIT :limite
