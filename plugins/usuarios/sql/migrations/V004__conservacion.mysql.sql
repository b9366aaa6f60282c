-- When somebody last logged in to an account, and when its owner was told that it will be deleted for want of use (0: not).
-- Of accounts that are older than this nobody knows; they count as used today.
ALTER TABLE usuarios_usuarios ADD COLUMN usado BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usuarios_usuarios ADD COLUMN avisado BIGINT NOT NULL DEFAULT 0;
UPDATE usuarios_usuarios SET usado = UNIX_TIMESTAMP() * 1000000;
CREATE INDEX usuarios_usuarios_usado ON usuarios_usuarios (usado);

-- Up to which entry the audit log was deleted since its time was over: the chain goes on from its `huella`. `firma` is a keyed
-- hash over both. One row.
CREATE TABLE usuarios_auditoria_corte (
    id INT NOT NULL PRIMARY KEY,
    ultimo VARCHAR(20) NOT NULL,
    huella VARBINARY(16) NOT NULL,
    firma VARBINARY(16) NOT NULL
);
INSERT INTO usuarios_auditoria_corte (id, ultimo, huella, firma) VALUES (1, '', '', '');
