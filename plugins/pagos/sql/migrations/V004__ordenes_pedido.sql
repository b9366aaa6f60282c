-- For what became of the wishes of an order.
CREATE INDEX pagos_ordenes_pedido ON pagos_ordenes (pedido);
