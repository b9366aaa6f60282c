-- The keys that hosts on this database seal under, so that one with others is found out. No secret.
CREATE TABLE gestorbbdd_claves (
    id BIGINT NOT NULL PRIMARY KEY, -- of the key; 0: the one for blind indexes
    huella VARCHAR(16) NOT NULL     -- tells two keys of one id apart
);
