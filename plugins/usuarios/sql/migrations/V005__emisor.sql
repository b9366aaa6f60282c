-- The issuer of the identity provider by which they logged in; empty: the shop itself.
ALTER TABLE usuarios_sesiones ADD COLUMN emisor VARCHAR(255) NOT NULL DEFAULT '';
