# What others notice of a plugin that is blocked: the p99 of hola beside one whose every thread waits. Sourced by run.sh.

BLOCKED_THREADS=8

# Threads of the blocked plugin, which start only when all there are have work.
blocked_threads() { # blocked_threads PID
    local pid
    for pid in $(tree "$1"); do cat "/proc/$pid/task/"*/comm 2>/dev/null || true; done | grep -cx p-atasco || true
}

# Two clients for every thread: when a handler ends, another request waits for its thread already.
keep_blocked() { # keep_blocked NAME
    local ends=$((${EPOCHREALTIME/./} + 10000000))
    launch "$1.load" taskset -c 1 wrk -t 1 -c $((2 * BLOCKED_THREADS)) -d 3600s --timeout 60s "${URL[$1]}/Atasco"
    until (($(blocked_threads "${PID[$1]}") == BLOCKED_THREADS)); do
        ((${EPOCHREALTIME/./} < ends)) || fail "the plugin's threads are not blocked"
        nap 0.05
    done
}

start_pair() { # start_pair NAME PLACEMENT: a server with hola and the plugin that can be blocked
    start_zoco "$1" -D plugins.atasco.enabled=true -D "plugins.atasco.library=$BUILD/bench/atasco.so" \
        -D "plugins.atasco.placement=$2" -D "plugins.hola.placement=$2" -D "host.workers=$BLOCKED_THREADS" \
        -D host.drain_timeout_ms=100 -D host.plugin_stop_timeout_ms=100
}

# How much the rounds without load differ among themselves: the largest by the smallest.
spread() { awk -v c="$2" '{v = $c} NR == 1 {min = max = v} v < min {min = v} v > max {max = v}
    END {printf "%.2f", max / (min > 0 ? min : 0.01)}' "$TMP/$1.rounds"; }

# "Unchanged" cannot be narrower than the noise: on a machine that others use, a p99 differs between rounds of the very
# same server by the spread printed here, and by half again even in quiet minutes, since a single time slice given to
# somebody else is longer than a hundred requests. What must not happen is of another size: a request that waits for a
# blocked thread takes seconds, a thousand times the p99.
bench_blocked() { # bench_blocked PLACEMENT
    local round name bound rounds=$((ROUNDS < 4 ? 4 : ROUNDS)) order=(calm blocked)
    rm -f "$TMP/calm.rounds" "$TMP/blocked.rounds"
    start_pair calm "$1"
    start_pair blocked "$1"
    keep_blocked blocked
    for ((round = 0; round < rounds; ++round)); do
        for name in "${order[@]}"; do measure "$name" "$name" 64; done
        order=("${order[1]}" "${order[0]}")
    done
    kill -0 "${PID[blocked.load]}" 2>/dev/null || fail "the load ended: $(cat "$TMP/blocked.load.out")"
    bound=$(printf '%s\n' 1.5 "$(spread calm 4)" | sort -g | tail -1)
    echo
    echo "Beside a plugin whose $BLOCKED_THREADS threads are all blocked, both in $1: hola, $rounds alternating rounds, medians"
    printf '  %-12s %12s %12s %10s\n' '' p99-ms req/s "p99 spread"
    for name in calm blocked; do
        printf '  %-12s %12s %12s %10s\n' "$name" "$(column "$name" 4)" "$(column "$name" 3)" "$(spread "$name" 4)"
    done
    goal "p99, blocked / calm, $1" "$(ratio "$(column blocked 4)" "$(column calm 4)")" "$bound"
    end_all
}
