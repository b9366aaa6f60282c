#!/bin/sh
# test/fuzz/run.sh SECONDS: builds every fuzzer and runs each for so long, from its corpus. A finding ends it with a file
# that reproduces it.
set -eu
seconds=$1
cd "$(dirname "$0")/../.."
cmake --preset dev -DZOCO_TESTS=ON >/dev/null
cmake --build --preset dev --target fuzzers
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for fuzzer in build/dev/test/fuzz/*Fuzz; do
  name=$(basename "$fuzzer")
  mkdir -p "$folder/$name"
  seeds=test/fuzz/corpus/$name
  [ -d "$seeds" ] || seeds=
  words=test/fuzz/$name.dict
  [ -f "$words" ] && words=-dict=$words || words=
  echo "$name: $seconds s"
  "$fuzzer" -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="build/dev/$name-" $words "$folder/$name" $seeds 2>&1 |
    grep -E 'stat::number_of_executed_units|ERROR|SUMMARY|Test unit written' || true
  ! ls "build/dev/$name-"* >/dev/null 2>&1 || { echo "$name found something"; exit 1; }
done
