# Start to ready, memory, and the cost of the shop's lists. Sourced by run.sh.

RUNS=5

start_shop() { # sets READY_MS
    local began
    rm -f "$TMP/shop.url"
    began=${EPOCHREALTIME/./}
    launch shop "${ZOCO[@]}" serve --ready-file "$TMP/shop.url"
    wait_for "$TMP/shop.url" "${PID[shop]}" || fail "the shop did not start: $(cat "$TMP/shop.out")"
    READY_MS=$(((${EPOCHREALTIME/./} - began) / 1000))
    URL[shop]=$(cat "$TMP/shop.url")
}

stop_shop() {
    kill "${PID[shop]}"
    wait "${PID[shop]}" || fail "the shop did not end in order: $(cat "$TMP/shop.out")"
    unset 'STARTED[-1]'
}

visit_shop() {
    curl -sSf "${URL[shop]}/" "${URL[shop]}$LIST" "${URL[shop]}$SEARCH" >/dev/null || fail "the shop does not answer"
}

measure_list() { # measure_list NAME PATH
    local before after done
    "${WRK[@]}" -d 1s "${URL[shop]}$2" >/dev/null
    before=$(cpu_us "${PID[shop]}")
    done=$("${WRK[@]}" -d 2s "${URL[shop]}$2" | tee "$TMP/wrk" | awk '/requests in/ {print $1}')
    after=$(cpu_us "${PID[shop]}")
    grep -q 'Non-2xx' "$TMP/wrk" && fail "$2 answers faults"
    printf '  %-34s %10s CPU-us/request   %s\n' "$1" "$(ratio $((after - before)) "$done")" "$2"
}

bench_start() {
    local times=() memory=() i
    zoco_in "$TMP/shop"
    start_shop # makes the database, and the demonstration catalogue
    stop_shop
    if [[ -n $CATALOGUE ]]; then
        "${ZOCO[@]}" import productos "$CATALOGUE" >"$TMP/import.out" 2>&1 || fail "import: $(tail -5 "$TMP/import.out")"
    fi
    for ((i = 1; i <= RUNS; ++i)); do
        start_shop
        visit_shop
        times+=("$READY_MS")
        memory+=("$(rss_kb "${PID[shop]}")")
        if ((i == RUNS)); then
            echo
            echo "The shop (gestorbbdd, catalogo; ${CATALOGUE:+$(basename "$CATALOGUE") and }the demonstration catalogue)"
            goal "start to ready, ms, median of $RUNS" "$(median "${times[@]}")" 300
            goal "memory after one visit, MB" "$(ratio "$(median "${memory[@]}")" 1024)" 40
            measure_list "list of products" "$LIST"
            measure_list "search" "$SEARCH"
            goal "memory after these loads, MB" "$(ratio "$(rss_kb "${PID[shop]}")" 1024)" 40
        fi
        stop_shop
    done
}
