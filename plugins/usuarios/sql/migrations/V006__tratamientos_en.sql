-- The same as `usos` for people who read English; null: its plugin has not told since.
ALTER TABLE usuarios_tratamientos ADD COLUMN usos_en TEXT;
