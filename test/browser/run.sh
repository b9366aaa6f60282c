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
finish() {
  [ -z "$host" ] || { kill "$host" 2>/dev/null && wait "$host" || true; }
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM

"$build/bin/zoco" serve -D host.listen=127.0.0.1:0 -D host.admin_listen= -D data.dir="$folder/data" \
  -D log.file="$folder/log" -D log.access_file="$folder/access" --ready-file "$folder/ready" 2>"$folder/errors" &
host=$!
tries=0
until [ -s "$folder/ready" ]; do
  tries=$((tries + 1))
  if [ $tries -gt 300 ] || ! kill -0 "$host" 2>/dev/null; then cat "$folder/errors" "$folder/log" >&2; exit 1; fi
  sleep 0.1
done
# As the world calls it where host.public_url is not set: mailed links say so, and cookies belong to one name.
ZOCO_URL=$(sed 's/127\.0\.0\.1/localhost/' "$folder/ready") ZOCO_DATA="$folder/data" node run.js ${2:+"$2"}
