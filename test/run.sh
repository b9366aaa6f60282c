#!/bin/sh
# test/run.sh PRESET [LABEL...]: builds a preset with its tests and runs them, or only those of the labels (unit, shop,
# conformance, integration).
# A test program without tests fails, and so does a run without test programs.
set -eu
preset=$1
shift
cd "$(dirname "$0")/.."
export CCACHE_NOHASHDIR=1
# A finding ends the process at once, so that a test meets it and no later output hides it.
export TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1 exitcode=66"
export UBSAN_OPTIONS="print_stacktrace=1"
export ASAN_OPTIONS="detect_stack_use_after_return=1"
cmake --preset "$preset" -DZOCO_TESTS=ON >/dev/null
cmake --build --preset "$preset" $(for label; do printf ' --target tests_%s' "$label"; done)
if [ $# -gt 0 ]; then set -- -L "^($(echo "$*" | tr ' ' '|'))\$"; fi
ctest --test-dir "build/$preset" --no-tests=error --output-on-failure -j "$(nproc)" "$@"
