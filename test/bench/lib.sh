# Functions of the benchmark: processes, CPU time, medians. Sourced by run.sh; needs $TMP.

fail() { echo "bench: $*" >&2; exit 1; }

# The process and all that descend from it.
tree() {
    local pid=$1 child
    echo "$pid"
    for child in $(cat "/proc/$pid/task/"*/children 2>/dev/null); do tree "$child"; done
}

# CPU time of a tree in microseconds: every thread, every child, and the children that have ended.
cpu_us() {
    local pid stat ticks=0 tick_us
    tick_us=$((1000000 / $(getconf CLK_TCK)))
    for pid in $(tree "$1"); do
        stat=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
        read -ra stat <<<"${stat##*) }"
        ticks=$((ticks + stat[11] + stat[12] + stat[13] + stat[14]))
    done
    echo $((ticks * tick_us))
}

rss_kb() {
    local pid sum=0 kb
    for pid in $(tree "$1"); do
        kb=$(awk '/^VmRSS:/ {print $2}' "/proc/$pid/status" 2>/dev/null)
        sum=$((sum + ${kb:-0}))
    done
    echo "$sum"
}

median() { printf '%s\n' "$@" | sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'; }

# Waits without starting a process: fd 9 is a pipe that nobody writes to.
nap() { read -rt "$1" -u 9 || true; }

# wait_for FILE PID: until the file is there; fails when the process ends before, or after ten seconds.
wait_for() {
    local ends=$((${EPOCHREALTIME/./} + 10000000))
    until [[ -s $1 ]]; do
        kill -0 "$2" 2>/dev/null || return 1
        ((${EPOCHREALTIME/./} < ends)) || return 1
        nap 0.001
    done
}

declare -a STARTED=()
# Ends what this benchmark started, and nothing else.
end_all() {
    local pid
    for pid in "${STARTED[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${STARTED[@]}"; do wait "$pid" 2>/dev/null || true; done
    STARTED=()
}
