#!/usr/bin/env bash
# The figures that the README quotes: CPU time per request beside nginx and Poco's server in the same minute, what a process
# of its own costs a plugin, what others notice of a blocked one, start to ready, memory, a purchase with MariaDB step by
# step, the data service beside the bare libraries, and the parts of a request. Exit status 1 when a goal is missed.
#   usage: run.sh BUILD_DIR [--part peers|hop|blocked|shop|compra|login|database|rows|micro] [--catalogue FILE] [--rounds N] [--seconds N]
# Needs two CPUs (servers on 0, wrk on 1), and nginx, wrk, curl.
set -euo pipefail
PATH=$PATH:/usr/sbin # where nginx is

HERE=$(dirname "$(readlink -f "$0")")
TMP=$(mktemp -d)
source "$HERE/lib.sh"
source "$HERE/peers.sh"
source "$HERE/hop.sh"
source "$HERE/blocked.sh"
source "$HERE/start.sh"
source "$HERE/login.sh"
trap 'end_all; rm -rf "$TMP"' EXIT
mkfifo "$TMP/nap" && exec 9<>"$TMP/nap"

TARGET=/Hola/Ana
LIST='/Catalogo/productos?limite=24'
SEARCH='/Catalogo/productos?q=aceite&limite=24'
WRK=(taskset -c 1 wrk -t 1 -c 64 --latency)
SERVERS=(zoco nginx poco)
NGINX_GOAL=1.5 POCO_GOAL=0.45
PARTS='peers hop blocked shop compra login database rows micro' CATALOGUE='' ROUNDS=5 SECONDS_EACH=2 MISSED=0

read_arguments() {
    BUILD=$(readlink -f "${1:?usage: run.sh BUILD_DIR [--part NAME] [--catalogue FILE] [--rounds N] [--seconds N]}")
    shift
    while (($# > 1)); do
        case $1 in
        --part) PARTS=$2 ;;
        --catalogue) CATALOGUE=$(readlink -f "$2") ;;
        --rounds) ROUNDS=$2 ;;
        --seconds) SECONDS_EACH=$2 ;;
        *) fail "unknown option $1" ;;
        esac
        shift 2
    done
    (($# == 0)) || fail "$1 wants a value"
}

check_needs() {
    local tool
    for tool in nginx wrk curl taskset awk; do command -v "$tool" >/dev/null || fail "$tool is missing"; done
    (($(nproc) >= 2)) || fail "two CPUs are needed: one for the servers, one for wrk"
    [[ -x $BUILD/bin/zoco && -x $BUILD/bench/bench_poco_peer && -f $BUILD/bench/atasco.so ]] || fail "$BUILD is not built"
    grep -q '^CMAKE_BUILD_TYPE:[A-Z]*=Release' "$BUILD/CMakeCache.txt" || fail "$BUILD is not a release build"
}

# goal TEXT VALUE MAXIMUM: a line with its verdict; a missed one makes the exit status 1.
goal() {
    local verdict=PASS
    awk -v v="$2" -v m="$3" 'BEGIN {exit !(v <= m)}' || { verdict=FAIL MISSED=1; }
    printf '  %-34s %10s   goal <= %-5s %s\n' "$1" "$2" "$3" "$verdict"
}

# One server, one round: appends "requests cpu_us/request req/s p99_ms" to the file of these rounds.
measure() { # measure NAME ROUNDS CONNECTIONS
    local name=$1 wrk=("${WRK[@]}" -c "$3") before after
    "${wrk[@]}" -d 1s "${URL[$name]}$TARGET" >/dev/null
    before=$(cpu_us "${PID[$name]}")
    "${wrk[@]}" -d "${SECONDS_EACH}s" "${URL[$name]}$TARGET" >"$TMP/wrk"
    after=$(cpu_us "${PID[$name]}")
    ! grep -qE 'Non-2xx|Socket errors' "$TMP/wrk" || fail "$name: $(grep -E 'Non-2xx|Socket errors' "$TMP/wrk")"
    awk -v cpu=$((after - before)) '
        /requests in/ {n = $1} /Requests\/sec/ {rate = $2}
        /^ *99%/ {p99 = $2 + 0; if ($2 ~ /us$/) p99 /= 1000; else if ($2 !~ /ms$/) p99 *= 1000}
        END {if (n == 0) exit 1; printf "%d %.2f %.0f %.2f\n", n, cpu / n, rate, p99}' "$TMP/wrk" >>"$TMP/$2.rounds" ||
        fail "$name answered nothing"
}

column() { median $(awk -v c="$2" '{print $c}' "$TMP/$1.rounds"); }

print_table() {
    local name cpu
    echo "GET $TARGET: 64 kept connections, $ROUNDS interleaved rounds of ${SECONDS_EACH} s, medians"
    printf '  %-8s %10s %16s %10s %8s %8s\n' server requests CPU-us/request req/s p99-ms RSS-MB
    for name in "${SERVERS[@]}"; do
        printf '  %-8s %10s %16s %10s %8s %8s\n' "$name" "$(column "$name" 1)" "$(column "$name" 2)" \
            "$(column "$name" 3)" "$(column "$name" 4)" "$(ratio "$(rss_kb "${PID[$name]}")" 1024)"
    done
    cpu=$(column zoco 2)
    goal "CPU per request, zoco / nginx" "$(ratio "$cpu" "$(column nginx 2)")" "$NGINX_GOAL"
    goal "CPU per request, zoco / Poco" "$(ratio "$cpu" "$(column poco 2)")" "$POCO_GOAL"
}

bench_peers() {
    local round name
    start_zoco zoco
    read_answer
    start_nginx
    start_poco
    for ((round = 0; round < ROUNDS; ++round)); do
        for name in "${SERVERS[@]}"; do measure "$name" "$name" 64; done
    done
    print_table
    end_all
}

bench_shop() {
    if [[ -f $BUILD/plugins/gestorbbdd.so && -f $BUILD/plugins/catalogo.so ]]; then
        bench_start
    else
        echo && echo "The shop: its plugins are not built"
    fi
}

bench_compra() {
    if [[ -x $BUILD/bench/bench_purchase && -f $BUILD/plugins/pagos.so ]]; then
        echo && { "$BUILD/bench/bench_purchase" "$CATALOGUE" "$ROUNDS" || MISSED=1; }
    fi
}

bench_rows() {
    if [[ -x $BUILD/bench/bench_rows ]]; then echo && { "$BUILD/bench/bench_rows" || MISSED=1; }; fi
}

bench_database() {
    if [[ -x $BUILD/bench/bench_database ]]; then echo && { "$BUILD/bench/bench_database" || MISSED=1; }; fi
}

read_arguments "$@"
check_needs
for part in $PARTS; do
    case $part in
    peers) bench_peers ;;
    hop) bench_hop ;;
    blocked) bench_blocked inproc && bench_blocked process ;;
    shop) bench_shop ;;
    compra) bench_compra ;;
    login) bench_login ;;
    database) bench_database ;;
    rows) bench_rows ;;
    micro) echo && "$BUILD/bench/bench_micro" ;;
    *) fail "unknown part $part" ;;
    esac
done
exit "$MISSED"
