# Starts Zoco and its peers on CPU 0. Sourced by run.sh; sets URL[name] and PID[name].
# The peers send the headers that Zoco's answer has, and write the fields that its log has.

declare -A URL=() PID=()

launch() { # launch NAME COMMAND...: in the background
    local name=$1
    shift
    "$@" >"$TMP/$name.out" 2>&1 9<&- &
    PID[$name]=$!
    STARTED+=("$!")
}

# Makes ZOCO, the command line of a Zoco with its data and logs in a folder, on free ports.
zoco_in() {
    mkdir -p "$1"
    ZOCO=("$BUILD/bin/zoco" -D host.listen=127.0.0.1:0 -D host.admin_listen= -D "data.dir=$1"
        -D "log.file=$1/zoco.log" -D "log.access_file=$1/access.log")
}

start_zoco() { # start_zoco NAME OPTION...: with the plugin hola
    local name=$1
    shift
    rm -f "$TMP/$name.url"
    zoco_in "$TMP/$name"
    launch "$name" taskset -c 0 "${ZOCO[@]}" -D plugins.default= -D plugins.hola.enabled=true "$@" \
        serve --ready-file "$TMP/$name.url"
    wait_for "$TMP/$name.url" "${PID[$name]}" || fail "$name did not start: $(cat "$TMP/$name.out" "$TMP/$name/zoco.log")"
    URL[$name]=$(cat "$TMP/$name.url")
}

# The headers that every peer sends too: Zoco's, without those that a server makes itself.
read_answer() {
    BODY=$(curl -sSD "$TMP/head" "${URL[zoco]}$TARGET") || fail "no answer from zoco"
    tr -d '\r' <"$TMP/head" | grep -iE '^[a-z-]+: ' | grep -viE '^(date|content-length|x-request-id|connection):' \
        >"$TMP/headers"
}

start_poco() {
    launch poco taskset -c 0 "$BUILD/bench/bench_poco_peer" "$TMP/poco.url" "$TMP/poco.log" "$TMP/headers" "$BODY"
    wait_for "$TMP/poco.url" "${PID[poco]}" || fail "the Poco server did not start: $(cat "$TMP/poco.out")"
    URL[poco]=$(cat "$TMP/poco.url")
}

nginx_conf() { # nginx_conf PORT
    cat <<END
daemon off; worker_processes 1; pid $TMP/nginx.pid; error_log $TMP/nginx.err;
events { worker_connections 4096; }
http {
  client_body_temp_path $TMP/t1; proxy_temp_path $TMP/t2; fastcgi_temp_path $TMP/t3; uwsgi_temp_path $TMP/t4;
  scgi_temp_path $TMP/t5; keepalive_requests 1000000000; server_tokens off;
  log_format json escape=json '{"time":"\$time_iso8601","request_id":"\$request_id","client":"\$remote_addr",'
    '"method":"\$request_method","path":"\$uri","status":\$status,"bytes":\$body_bytes_sent,"s":\$request_time,'
    '"plugin":"hola","placement":"inproc","generation":1,"route":"/Hola/{nombre}"}';
  access_log $TMP/nginx.log json buffer=64k flush=1s;
  server {
    listen 127.0.0.1:$1;
    location /Hola/ {
      default_type $(sed -n 's/^Content-Type: //Ip' "$TMP/headers");
$(grep -vi '^content-type:' "$TMP/headers" | sed -E 's/^([^:]+): (.*)$/      add_header \1 "\2";/')
      add_header X-Request-Id \$request_id;
      return 200 '$BODY';
    }
  }
}
END
}

# nginx takes no port 0, so a free one is looked for by trying.
start_nginx() {
    local attempt port
    for attempt in 1 2 3 4 5 6 7 8; do
        port=$((20000 + RANDOM % 40000))
        nginx_conf "$port" >"$TMP/nginx.conf"
        launch nginx taskset -c 0 nginx -p "$TMP" -c "$TMP/nginx.conf" -e "$TMP/nginx.err"
        URL[nginx]=http://127.0.0.1:$port
        wait_for "$TMP/nginx.pid" "${PID[nginx]}" && curl -so /dev/null --retry 3 --retry-connrefused \
            "${URL[nginx]}$TARGET" && return
    done
    fail "nginx did not start: $(cat "$TMP/nginx.out" "$TMP/nginx.err")"
}
