-- Orders of an address in the order of lists, so that a page does not sort all of them.
CREATE INDEX pedidos_pedidos_correo_creado ON pedidos_pedidos (correo, creado, id);
DROP INDEX pedidos_pedidos_correo ON pedidos_pedidos;
