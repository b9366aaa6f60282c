-- operation: catalogo_estrenado
-- returns: one
-- Whether the shop has ever had a product.
SELECT valor <> 0 OR EXISTS (SELECT 1 FROM catalogo_productos) FROM catalogo_hitos WHERE nombre = 'primer_producto'

-- operation: catalogo_estrenar
-- params: ahora int
-- returns: affected
UPDATE catalogo_hitos SET valor = :ahora WHERE nombre = 'primer_producto' AND valor = 0
