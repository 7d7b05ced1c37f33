#!/usr/bin/env bash
# Times whole processes, runs taken in turn: the launcher, and the same jars as Maven made them under plain java.
# Usage: tools/startup.sh [runs]
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export LC_ALL=C
. tools/find-jdk.sh
find_jdk || exit 2
./millrace --version
runs=${1:-21}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A ramp of one second, 16 bits, 48 kHz.
awk 'BEGIN { for (i = 0; i < 48000; i++) printf "%c%c", i % 128, int(i / 128) % 64 }' >"$work/in.raw"
filter=(filter -y -q --raw-format s16 --rate 48k --channels 1 "$work/in.raw")
plain=("$jdk/bin/java" -jar cli/target/quick/millrace-cli-*.jar)

timed() {
  local name=$1 start=$EPOCHREALTIME
  shift
  "$@" >"$work/out"
  echo "$start $EPOCHREALTIME" | awk '{ print ($2 - $1) * 1000 }' >>"$work/$name.ms"
}

for ((run = 0; run < runs; run++)); do
  timed version ./millrace --version
  timed version-plain "${plain[@]}" --version
  timed filter ./millrace "${filter[@]}" "$work/a.wav" butter:low:5k
  timed filter-plain "${plain[@]}" "${filter[@]}" "$work/b.wav" butter:low:5k
done
cmp "$work/a.wav" "$work/b.wav"
[ "$(wc -c <"$work/a.wav")" -gt 96000 ]

for name in version version-plain filter filter-plain; do
  sort -n "$work/$name.ms" | awk -v name="$name" \
    '{ t[NR] = $1 } END { printf "%-14s median %4.0f ms, least %4.0f ms of %d\n", name, t[int((NR + 1) / 2)], t[1], NR }'
done
