-- operation: categorias
-- returns: many
-- Categories that have products, with how many, and the pictures of one of them.
SELECT g.categoria, c.nombre, g.productos,
       COALESCE((SELECT MIN(i.imagenes) FROM catalogo_productos i
                 WHERE i.categoria = g.categoria AND i.imagenes <> ''), '')
FROM (SELECT categoria, COUNT(*) AS productos FROM catalogo_productos
      WHERE categoria IS NOT NULL GROUP BY categoria) g
JOIN catalogo_categorias c ON c.id = g.categoria
ORDER BY c.nombre, c.id

-- operation: categorias_todas
-- returns: many
SELECT id, nombre FROM catalogo_categorias

-- operation: categoria_crear
-- params: id text, nombre text
-- returns: affected
-- dialect: sqlite
-- Does nothing when the category is there already: its first name stays.
INSERT INTO catalogo_categorias (id, nombre) VALUES (:id, :nombre) ON CONFLICT (id) DO NOTHING

-- operation: categoria_crear
-- params: id text, nombre text
-- returns: affected
-- dialect: mysql
INSERT INTO catalogo_categorias (id, nombre) VALUES (:id, :nombre) ON DUPLICATE KEY UPDATE id = id
