# Logins beside the bare password hash, and what those notice meanwhile who look at products. Sourced by run.sh.

LOGIN_PEOPLE=32 LOGIN_PASSWORD='una clave bien larga' LOGIN_GOAL=0.85 CALM_GOAL=3

# People with accounts, as they get them: register, read the mail, open the link.
join_people() { # join_people NAME
    local i mail token
    for ((i = 1; i <= LOGIN_PEOPLE; ++i)); do
        post "$1" /Usuarios "{\"correo\":\"persona$i@example.com\",\"clave\":\"$LOGIN_PASSWORD\",\"nombre\":\"Ana\"}"
    done
    for ((i = 1; i <= LOGIN_PEOPLE; ++i)); do
        until mail=$(grep -rlF "persona$i@example.com" "$TMP/$1" 2>/dev/null | head -1) && [[ -n $mail ]]; do nap 0.05; done
        token=$(sed -z 's/=\r\?\n//g; s/=3D/=/g' "$mail" | grep -oE 'ficha=[A-Za-z0-9_-]{43}' | head -1)
        post "$1" /Usuarios/verificacion "{\"ficha\":\"${token#ficha=}\"}"
    done
}

post() { # post NAME PATH JSON
    curl -fsS -o /dev/null -H 'Content-Type: application/json' -d "$3" "${URL[$1]}$2" || fail "$2 was refused"
}

log_in() { # log_in NAME CONNECTIONS SECONDS: logins are counted in $TMP/logins
    "${WRK[@]}" -c "$2" -d "${3}s" --timeout 30s -s "$HERE/login.lua" "${URL[$1]}" -- "$LOGIN_PEOPLE" "$LOGIN_PASSWORD" >"$TMP/logins"
}

p99_of_list() { # p99_of_list NAME: milliseconds
    "${WRK[@]}" -c 16 -d "${SECONDS_EACH}s" "${URL[$1]}$LIST" |
        awk '/^ *99%/ {p = $2 + 0; if ($2 ~ /us$/) p /= 1000; else if ($2 !~ /ms$/) p *= 1000; printf "%.2f", p}'
}

# One round: appends "bare-us login-us ratio calm-ms busy-ms ratio" to the rounds.
login_round() {
    local bare before after each calm busy load
    bare=$(taskset -c 0 "$BUILD/bench/bench_argon2" 2)
    before=$(cpu_us "${PID[login]}")
    log_in login 16 4
    after=$(cpu_us "${PID[login]}")
    if grep -q 'Non-2xx' "$TMP/logins"; then fail "logins were refused: $(cat "$TMP/logins")"; fi
    each=$(((after - before) / $(awk '/requests in/ {print $1}' "$TMP/logins")))
    nap 1 # what the logins left behind is written down
    calm=$(p99_of_list login)
    log_in login 200 $((SECONDS_EACH + 4)) &
    load=$!
    nap 1
    busy=$(p99_of_list login)
    wait "$load"
    echo "$bare $each $(ratio "$each" "$bare") $calm $busy $(ratio "$busy" "$calm")" >>"$TMP/logins.rounds"
}

bench_login() {
    local round memory
    [[ -x $BUILD/bench/bench_argon2 && -f $BUILD/plugins/usuarios.so ]] || { echo "Logins: not built"; return; }
    start_zoco login -D plugins.gestorbbdd.enabled=true -D plugins.catalogo.enabled=true -D plugins.usuarios.enabled=true \
        -D host.rate_limits=off -D plugins.usuarios.intentos_direccion=1000000 -D plugins.usuarios.intentos_cuenta=1000000
    join_people login
    p99_of_list login >"$TMP/unused" # warms up
    memory=$(rss_kb "${PID[login]}")
    for ((round = 0; round < ROUNDS; ++round)); do login_round; done
    memory=$(($(rss_kb "${PID[login]}") - memory))
    echo
    echo "Logins (Argon2id, 19 MiB, two passes) beside the bare hash, a list of products beside 200 logins at once; $ROUNDS rounds, medians"
    printf '  %-34s %10s\n' 'bare hash, CPU-us' "$(column logins 1)" 'login, CPU-us' "$(column logins 2)" \
        'list p99, idle, ms' "$(column logins 4)" 'list p99, busy, ms' "$(column logins 5)" \
        'memory that stays, MB' "$((memory / 1024))"
    goal "login / bare hash, CPU" "$(column logins 3)" "$(awk -v g="$LOGIN_GOAL" 'BEGIN {printf "%.3f", 1 / g}')"
    goal "list p99, busy / idle" "$(column logins 6)" "$CALM_GOAL"
    end_all
}
