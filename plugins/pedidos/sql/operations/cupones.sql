-- operation: cupon
-- params: codigo text
-- returns: one
SELECT codigo, clase, valor, minimo, desde, hasta, limite, usados FROM pedidos_cupones WHERE codigo = :codigo

-- operation: cupones
-- params: despues text, limite int
-- returns: many
SELECT codigo, clase, valor, minimo, desde, hasta, limite, usados FROM pedidos_cupones
WHERE codigo > :despues ORDER BY codigo LIMIT :limite

-- operation: cupon_crear
-- params: codigo text, clase text, valor int, minimo int, desde time?, hasta time?, limite int?
-- returns: affected
INSERT INTO pedidos_cupones (codigo, clase, valor, minimo, desde, hasta, limite, usados)
VALUES (:codigo, :clase, :valor, :minimo, :desde, :hasta, :limite, 0)
