#!/bin/sh
# test/browser/run.sh BUILD_FOLDER [NAME]: starts the shop with its demonstration catalogue and drives it in Chromium.
set -eu
build=$(cd "$1" && pwd)
cd "$(dirname "$0")"
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --silent
fi

folder=$(mktemp -d)
host=
identity=
finish() {
  for process in $host $identity; do kill "$process" 2>/dev/null && wait "$process" || true; done
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM

# wait_for FILE PID LOG...: until the file has something in it; the process must not end meanwhile.
wait_for() {
  tries=0
  until [ -s "$1" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ] || ! kill -0 "$2" 2>/dev/null; then shift 2; cat "$@" >&2; exit 1; fi
    sleep 0.1
  done
}

secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
node support/identity-provider.js "$folder/identity" "$secret" 2>"$folder/identity-errors" &
identity=$!
wait_for "$folder/identity" "$identity" "$folder/identity-errors"
ZOCO_IDENTITY_URL=$(cat "$folder/identity")
export ZOCO_IDENTITY_URL
(umask 077 && printf %s "$secret" >"$folder/secret")
cat >"$folder/providers.json" <<PROVIDERS
[{"id": "prueba", "nombre": "Prueba", "emisor": "$ZOCO_IDENTITY_URL", "cliente": "zoco",
  "secreto_fichero": "secret", "correo_de_confianza": true}]
PROVIDERS

"$build/bin/zoco" serve -D host.listen=127.0.0.1:0 -D host.admin_listen= -D data.dir="$folder/data" \
  -D log.file="$folder/log" -D log.access_file="$folder/access" \
  -D plugins.pedidos.enabled=true -D plugins.pagos.enabled=true -D plugins.usuarios.externo_file="$folder/providers.json" \
  --ready-file "$folder/ready" 2>"$folder/errors" &
host=$!
wait_for "$folder/ready" "$host" "$folder/errors" "$folder/log"
# As the world calls it where host.public_url is not set: mailed links say so, and cookies belong to one name.
ZOCO_URL=$(sed 's/127\.0\.0\.1/localhost/' "$folder/ready") ZOCO_DATA="$folder/data" ZOCO_PROGRAM="$build/bin/zoco" node run.js ${2:+"$2"}
