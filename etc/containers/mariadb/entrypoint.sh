#!/bin/sh
# Makes the database and the password of the account `zoco` at the first start, and becomes the server.
set -eu
umask 077
data=/var/lib/mysql
password=/run/zoco/db_password
if [ ! -s "$password" ]; then
    head -c 24 /dev/urandom | base64 | tr '+/' '-_' > "$password.new"
    mv "$password.new" "$password"
fi
if [ ! -d "$data/mysql" ]; then
    mariadb-install-db --no-defaults --datadir="$data" --skip-test-db --auth-root-authentication-method=socket >/dev/null
fi
cat > /tmp/init.sql <<SQL
CREATE DATABASE IF NOT EXISTS zoco CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS zoco@'%';
ALTER USER zoco@'%' IDENTIFIED BY '$(cat "$password")';
GRANT ALL ON zoco.* TO zoco@'%';
SQL
printf '[client]\nhost=127.0.0.1\nuser=zoco\npassword=%s\n' "$(cat "$password")" > /tmp/health.cnf
exec mariadbd --no-defaults --datadir="$data" --bind-address=0.0.0.0 --port=3306 --socket=/tmp/mariadb.sock \
    --pid-file=/tmp/mariadb.pid --tmpdir=/tmp --init-file=/tmp/init.sql --character-set-server=utf8mb4 --skip-name-resolve
