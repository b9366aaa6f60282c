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

log_in() { # log_in NAME CONNECTIONS SECONDS: logins are counted in $TMP/login
    "${WRK[@]}" -c "$2" -d "${3}s" --timeout 30s -s "$HERE/login.lua" "${URL[$1]}" -- "$LOGIN_PEOPLE" "$LOGIN_PASSWORD" >"$TMP/login"
}

p99_of_list() { # p99_of_list NAME: milliseconds
    "${WRK[@]}" -c 16 -d "${SECONDS_EACH}s" "${URL[$1]}$LIST" |
        awk '/^ *99%/ {p = $2 + 0; if ($2 ~ /us$/) p /= 1000; else if ($2 !~ /ms$/) p *= 1000; printf "%.2f", p}'
}

bench_login() {
    local bare before after logins each memory calm busy load
    [[ -x $BUILD/bench/bench_argon2 && -f $BUILD/plugins/usuarios.so ]] || { echo "Logins: not built"; return; }
    start_zoco login -D plugins.gestorbbdd.enabled=true -D plugins.catalogo.enabled=true -D plugins.usuarios.enabled=true \
        -D host.rate_limits=off -D plugins.usuarios.intentos_direccion=1000000 -D plugins.usuarios.intentos_cuenta=1000000
    join_people login
    bare=$(taskset -c 0 "$BUILD/bench/bench_argon2" 3)
    memory=$(rss_kb "${PID[login]}")
    before=$(cpu_us "${PID[login]}")
    log_in login 16 10
    after=$(cpu_us "${PID[login]}")
    grep -q 'Non-2xx' "$TMP/login" && fail "logins were refused: $(cat "$TMP/login")"
    logins=$(awk '/requests in/ {print $1}' "$TMP/login")
    each=$(((after - before) / logins))
    calm=$(p99_of_list login)
    log_in login 200 $((SECONDS_EACH + 4)) &
    load=$!
    nap 1
    busy=$(p99_of_list login)
    memory=$(($(rss_kb "${PID[login]}") - memory))
    wait "$load"
    echo
    echo "Logins (Argon2id, 19 MiB, two passes): CPU time, ours beside the bare hash; a list of products beside 200 logins at once"
    printf '  %-34s %10s\n' 'bare hash, us' "$bare" 'login, us' "$each" 'list p99, idle, ms' "$calm" 'list p99, busy, ms' "$busy" \
        'memory for 200 logins, MB' "$((memory / 1024))"
    goal "login / bare hash, CPU" "$(ratio "$each" "$bare")" "$(awk -v g="$LOGIN_GOAL" 'BEGIN {printf "%.3f", 1 / g}')"
    goal "list p99, busy / idle" "$(ratio "$busy" "$calm")" "$CALM_GOAL"
    end_all
}
