-- The events that a webhook is told of, each with commas around it; empty: all.
ALTER TABLE pedidos_ganchos ADD COLUMN tipos VARCHAR(200) NOT NULL DEFAULT '';
