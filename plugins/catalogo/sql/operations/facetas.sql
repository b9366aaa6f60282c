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
        AND (:palabra1 IS NULL OR p.busqueda LIKE :palabra1 ESCAPE '!')
        AND (:palabra2 IS NULL OR p.busqueda LIKE :palabra2 ESCAPE '!')
        AND (:palabra3 IS NULL OR p.busqueda LIKE :palabra3 ESCAPE '!')
        AND (:palabra4 IS NULL OR p.busqueda LIKE :palabra4 ESCAPE '!')
        AND (:palabra5 IS NULL OR p.busqueda LIKE :palabra5 ESCAPE '!')
        AND (:palabra6 IS NULL OR p.busqueda LIKE :palabra6 ESCAPE '!')
        AND (:palabra7 IS NULL OR p.busqueda LIKE :palabra7 ESCAPE '!')
        AND (:palabra8 IS NULL OR p.busqueda LIKE :palabra8 ESCAPE '!')
      GROUP BY p.categoria) g
LEFT JOIN catalogo_categorias c ON c.id = g.categoria
ORDER BY c.nombre, g.categoria
