# What a process of its own costs a plugin: CPU time of host and process together. Sourced by run.sh.

HOP_GOAL=25 # us per request, with 64 connections

# The median, over the rounds, of what the process took more than the host alone in the same round.
hop_us() { # hop_us CONNECTIONS
    median $(paste "$TMP/process.$1.rounds" "$TMP/inproc.$1.rounds" | awk '{printf "%.1f\n", $2 - $6}')
}

bench_hop() {
    local round connections name
    start_zoco inproc
    start_zoco process -D plugins.hola.placement=process
    for connections in 64 16 1; do
        for ((round = 0; round < ROUNDS; ++round)); do
            for name in inproc process; do measure "$name" "$name.$connections" "$connections"; done
        done
    done
    echo
    echo "The hop to a process: GET $TARGET, $ROUNDS interleaved rounds of ${SECONDS_EACH} s, medians"
    printf '  %-12s %18s %18s %12s\n' connections "inproc CPU-us" "process CPU-us" "the hop"
    for connections in 64 16 1; do
        printf '  %-12s %18s %18s %12s\n' "$connections" "$(column "inproc.$connections" 2)" \
            "$(column "process.$connections" 2)" "$(hop_us "$connections")"
    done
    goal "the hop, CPU-us, 64 connections" "$(hop_us 64)" "$HOP_GOAL"
    end_all
}
