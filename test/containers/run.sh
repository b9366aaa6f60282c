#!/usr/bin/env bash
# test/containers/run.sh [WORKDIR]: builds the images of etc/containers without a registry, starts them as
# docker-compose.yml says, and looks at the shop from another address than loopback: it is healthy, serves its pages and
# data, runs as nobody, cannot write outside its volumes, and keeps its data when it is made anew. Then, when the shop has
# accounts, the journey of somebody who registers. Needs root. WORKDIR keeps the images between runs.
#
# ZOCO_CONTAINERS_CCACHE=FOLDER: a compiler cache that the build may use.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(realpath -m "${1:-build/containers}")
mkdir -p "$work"
net=10.89.77
export ZOCO_TEST_ADDRESS=$net.10
export ZOCO_PORT=0 ZOCO_PUBLIC_URL=http://$ZOCO_TEST_ADDRESS:8080 ZOCO_INSECURE_COOKIES=true
url=$ZOCO_PUBLIC_URL

say() { echo "containers: $*"; }
fail() { say "$*" >&2; compose logs --tail=40 >&2 || :; exit 1; }

# Podman of its own: its images, networks and state lie below the work folder, and need neither systemd nor a registry.
cat > "$work/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
network_config_dir = "$work/networks"
CONF
mkdir -p "$work/networks"
printf '[storage]\ndriver = "overlay"\nrunroot = "%s/run"\ngraphroot = "%s/graph"\n' "$work" "$work" > "$work/storage.conf"
export CONTAINERS_CONF=$work/containers.conf CONTAINERS_STORAGE_CONF=$work/storage.conf BUILDAH_FORMAT=docker

base=docker.io/library/debian:bookworm-slim
if ! podman image exists "$base"; then
    say "making $base from Debian's packages"
    debootstrap --variant=minbase bookworm "$work/rootfs" > "$work/debootstrap.log"
    rm -rf "$work"/rootfs/var/cache/apt/archives/*.deb "$work"/rootfs/var/lib/apt/lists/*
    if [ -f /etc/apt/sources.list.d/debian.sources ]; then # with the updates of this machine
        cp /etc/apt/sources.list.d/debian.sources "$work/rootfs/etc/apt/sources.list.d/"
        : > "$work/rootfs/etc/apt/sources.list"
    fi
    for file in /etc/apt/apt.conf.d/*; do
        if grep -qs Check-Valid-Until "$file"; then cp "$file" "$work/rootfs/etc/apt/apt.conf.d/"; fi
    done
    tar -C "$work/rootfs" -c . | podman import -q -c 'CMD ["/bin/bash"]' - "$base" >/dev/null
    rm -rf "$work/rootfs"
fi

say "building the images"
cache=()
if [ -n "${ZOCO_CONTAINERS_CCACHE:-}" ]; then
    cache=(-v "$ZOCO_CONTAINERS_CCACHE:/root/.cache/ccache")
fi
context=$work/context
rm -rf "$context"
mkdir "$context"
git ls-files -co --exclude-standard -z | xargs -0 cp --parents -t "$context" # what a checkout has
podman build "${cache[@]}" -f etc/containers/Dockerfile -t zoco "$context" > "$work/build.log" 2>&1 ||
    { tail -30 "$work/build.log"; exit 1; }
podman build -t zoco-mariadb etc/containers/mariadb > "$work/build-mariadb.log" 2>&1 ||
    { tail -30 "$work/build-mariadb.log"; exit 1; }
say "image of $(podman image inspect zoco --format '{{.Size}}' | numfmt --to=si)B"

podman system service --time=0 "unix://$work/podman.sock" > "$work/service.log" 2>&1 &
service=$!
# Nothing but systemd runs health checks for podman: so we do.
(while sleep 1; do for c in $(podman ps -q 2>/dev/null); do podman healthcheck run "$c" >/dev/null 2>&1 || :; done; done) &
checks=$!
compose() {
    DOCKER_HOST=unix://$work/podman.sock DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0 docker-compose -p zocotest \
        -f "$root/etc/containers/docker-compose.yml" -f "$root/test/containers/docker-compose.test.yml" "$@"
}
cleanup() {
    compose down -v -t 20 >/dev/null 2>&1 || :
    podman network rm -f zocotest >/dev/null 2>&1 || :
    kill "$checks" "$service" 2>/dev/null || :
}
trap cleanup EXIT
for _ in $(seq 100); do curl -sf --unix-socket "$work/podman.sock" http://d/_ping >/dev/null && break; sleep 0.1; done
compose down -v >/dev/null 2>&1 || :
podman network exists zocotest || podman network create --subnet "$net.0/24" zocotest >/dev/null
compose up -d --no-build > "$work/up.log" 2>&1 || { cat "$work/up.log"; fail "it does not start"; }

# await TEXT COMMAND...: for a minute.
await() {
    local what=$1
    shift
    for _ in $(seq 60); do "$@" >/dev/null 2>&1 && return; sleep 1; done
    fail "$what: not within a minute"
}
container() { compose ps -q "$1"; }
inside() { podman exec "$(container zoco)" "$@"; }
is_healthy() { [ "$(podman inspect "$(container "$1")" --format '{{.State.Healthcheck.Status}}')" = healthy ]; }

await "$url/readyz" curl -fsS -m 5 "$url/readyz"
await "health of mariadb" is_healthy mariadb
await "health of zoco" is_healthy zoco
curl -fsS -m 5 "$url/" | grep -q '<html' || fail "no page at $url/"
curl -fsS -m 5 "$url/Catalogo/productos" | grep -q '{' || fail "no products"
[ "$(inside id -u)" = 10001 ] || fail "it does not run as its own user"
inside sh -c 'echo > /usr/x' 2>/dev/null && fail "it can write outside its volume"
inside sh -c '> /var/lib/zoco/x && rm /var/lib/zoco/x' || fail "it cannot write its data"
[ "$(inside sh -c "sed -n 's/^CapEff:[[:space:]]*//p' /proc/1/status")" = 0000000000000000 ] || fail "it has capabilities"
[ "$(inside sh -c "sed -n 's/^NoNewPrivs:[[:space:]]*//p' /proc/1/status")" = 1 ] || fail "it may gain privileges"
inside sh -c 'ls -l /proc/1/exe' | grep -q zoco || fail "the program is not the first process"
say "healthy at $url"

node=$(inside cat /var/lib/zoco/node-id 2>/dev/null || :)
compose rm -sf zoco >/dev/null 2>&1
compose up -d --no-build > "$work/up.log" 2>&1 || { cat "$work/up.log"; fail "it is not made anew"; }
await "$url/readyz, made anew" curl -fsS -m 5 "$url/readyz"
[ "$(inside cat /var/lib/zoco/node-id 2>/dev/null || :)" = "$node" ] || fail "its data is not what it was"

begun=$(date +%s)
podman stop -t 20 "$(container zoco)" >/dev/null
[ $(($(date +%s) - begun)) -lt 15 ] || fail "it does not stop when told"
podman start "$(container zoco)" >/dev/null
await "$url/readyz, started again" curl -fsS -m 5 "$url/readyz"

if [ -f plugins/usuarios/CMakeLists.txt ]; then
    (cd test/browser && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --silent)
    ZOCO_URL=$url ZOCO_MAIL=$work/mail ZOCO_MAIL_COPY="podman cp $(container zoco):/var/lib/zoco/mail/. $work/mail" \
        node --test test/containers/journey.test.js || fail "the journey"
    say "somebody registered, logged in and stayed so"
fi
say "passed"
