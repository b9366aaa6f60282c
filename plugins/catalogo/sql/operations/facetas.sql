-- operation: facetas
-- params: precio_min int?, precio_max int?, disponible int?
-- returns: many
-- Products per category, with the range of their prices: total and facets of a list. From an index alone.
SELECT g.categoria, c.nombre, g.productos, g.minimo, g.maximo
FROM (SELECT p.categoria AS categoria, COUNT(*) AS productos, MIN(p.importe) AS minimo, MAX(p.importe) AS maximo
      FROM catalogo_productos p
      WHERE (:precio_min IS NULL OR p.importe >= :precio_min)
        AND (:precio_max IS NULL OR p.importe <= :precio_max)
        AND (:disponible IS NULL OR (p.existencias IS NULL OR p.existencias > 0) = :disponible)
      GROUP BY p.categoria) g
LEFT JOIN catalogo_categorias c ON c.id = g.categoria
ORDER BY c.nombre, g.categoria

-- operation: facetas_busqueda
-- params: precio_min int?, precio_max int?, disponible int?, palabra1 text?, palabra2 text?, palabra3 text?, palabra4 text?, palabra5 text?, palabra6 text?, palabra7 text?, palabra8 text?
-- returns: many
-- The same for a list with words to search.
SELECT g.categoria, c.nombre, g.productos, g.minimo, g.maximo
FROM (SELECT p.categoria AS categoria, COUNT(*) AS productos, MIN(p.importe) AS minimo, MAX(p.importe) AS maximo
      FROM catalogo_productos p
      WHERE (:precio_min IS NULL OR p.importe >= :precio_min)
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
      GROUP BY p.categoria) g
LEFT JOIN catalogo_categorias c ON c.id = g.categoria
ORDER BY c.nombre, g.categoria
