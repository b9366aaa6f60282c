-- operation: pedidos_de
-- params: usuario text, limite int
-- order: novedad = creado int desc, id text desc
-- returns: many
-- dialect: sqlite
-- A customer's orders, newest first, from behind the given place.
SELECT id, numero, estado, total, creado FROM pedidos_pedidos
WHERE usuario = :usuario
  {after}
{order}
LIMIT :limite

-- operation: pedidos_de
-- params: usuario text, limite int
-- order: novedad = creado int desc, id text desc
-- returns: many
-- dialect: mysql
-- MariaDB finds the orders by the right index, but walks it from the newest one on instead of from the given place, unless it
-- is told to take it; so in the lists below.
SELECT id, numero, estado, total, creado FROM pedidos_pedidos FORCE INDEX (pedidos_pedidos_usuario)
WHERE usuario = :usuario
  {after}
{order}
LIMIT :limite

-- operation: pedidos_todos
-- params: estado text?, desde time?, hasta time?, limite int
-- order: novedad = creado int desc, id text desc
-- returns: many
-- dialect: sqlite
-- Orders of all customers, newest first, from behind the given place: each state has an index in this order.
SELECT id, numero, estado, total, creado FROM pedidos_pedidos
WHERE 1 = 1
  {after}
  {estado? AND estado = :estado}
  {desde? AND creado >= :desde}
  {hasta? AND creado < :hasta}
{order}
LIMIT :limite

-- operation: pedidos_todos
-- params: estado text?, desde time?, hasta time?, limite int
-- order: novedad = creado int desc, id text desc
-- returns: many
-- dialect: mysql
SELECT id, numero, estado, total, creado FROM pedidos_pedidos
  {estado? FORCE INDEX (pedidos_pedidos_estado)}
WHERE 1 = 1
  {after}
  {estado? AND estado = :estado}
  {desde? AND creado >= :desde}
  {hasta? AND creado < :hasta}
{order}
LIMIT :limite

-- operation: pedidos_buscados
-- params: numero text?, correo text?, estado text?, desde time?, hasta time?, limite int
-- order: novedad = creado int desc, id text desc
-- returns: many
-- dialect: sqlite
-- The same of those with a number or of an address. The unary plus keeps SQLite from walking the states instead.
SELECT id, numero, estado, total, creado FROM pedidos_pedidos
WHERE 1 = 1
  {after}
  {numero? AND numero = :numero}
  {correo? AND correo = :correo}
  {estado? AND +estado = :estado}
  {desde? AND creado >= :desde}
  {hasta? AND creado < :hasta}
{order}
LIMIT :limite

-- operation: pedidos_buscados
-- params: numero text?, correo text?, estado text?, desde time?, hasta time?, limite int
-- order: novedad = creado int desc, id text desc
-- returns: many
-- dialect: mysql
SELECT id, numero, estado, total, creado FROM pedidos_pedidos
  {correo? FORCE INDEX (pedidos_pedidos_correo_creado)}
WHERE 1 = 1
  {after}
  {numero? AND numero = :numero}
  {correo? AND correo = :correo}
  {estado? AND estado = :estado}
  {desde? AND creado >= :desde}
  {hasta? AND creado < :hasta}
{order}
LIMIT :limite
