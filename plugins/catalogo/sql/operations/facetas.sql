-- operation: facetas
-- params: precio_min int?, precio_max int?, disponible bool?, palabras text list
-- returns: many
-- Products per category, with the range of their prices: total and facets of a list.
SELECT g.categoria, COALESCE(c.nombre, g.categoria), g.productos, g.minimo, g.maximo
FROM (SELECT p.categoria AS categoria, COUNT(*) AS productos, MIN(p.importe) AS minimo, MAX(p.importe) AS maximo
      FROM catalogo_productos p
      WHERE 1 = 1
        {precio_min? AND p.importe >= :precio_min}
        {precio_max? AND p.importe <= :precio_max}
        {disponible? AND (p.existencias IS NULL OR p.existencias > 0) = :disponible}
        {palabras* AND INSTR(p.busqueda, :palabras) > 0}
      GROUP BY p.categoria) g
LEFT JOIN catalogo_categorias c ON c.id = g.categoria
ORDER BY c.nombre, g.categoria
