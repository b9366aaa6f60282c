-- operation: pedido_avanzar
-- params: id text, de text, version int, a text
-- returns: affected
-- What an order was when it was read becomes something else, or stays and has had a change: the caller guards one row.
UPDATE pedidos_pedidos SET estado = :a, version = version + 1 WHERE id = :id AND estado = :de AND version = :version

-- operation: expedicion_crear
-- params: pedido text, id text, momento time, transportista text, seguimiento text, url text, piezas text
-- returns: affected
INSERT INTO pedidos_expediciones (pedido, id, momento, transportista, seguimiento, url, piezas)
VALUES (:pedido, :id, :momento, :transportista, :seguimiento, :url, :piezas)

-- operation: devolucion_crear
-- params: pedido text, id text, momento time, motivo text, importe int, envio int, piezas text
-- returns: affected
INSERT INTO pedidos_devoluciones (pedido, id, momento, motivo, importe, envio, piezas)
VALUES (:pedido, :id, :momento, :motivo, :importe, :envio, :piezas)

-- operation: devolucion_recibir
-- params: pedido text, id text, envio int, recibida time
-- returns: affected
-- It has arrived, once: the caller guards one row.
UPDATE pedidos_devoluciones SET envio = :envio, recibida = :recibida
WHERE pedido = :pedido AND id = :id AND recibida IS NULL
