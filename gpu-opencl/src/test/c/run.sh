#!/usr/bin/env bash
# Builds the device source of the folder kernels as plain C and runs it, a work-group as a set of threads, plain and
# under the address, undefined-behaviour and thread sanitizers; and compiles it as CUDA where nvcc is. A word given
# runs only the step of that name. Exits 0 only if all that could be run passed, and something was.
set -uo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")"
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
only=${1:-} failed='' ran=''

double='-DSAMPLE=double -DREAL=double -DSTATE=double'
mixed='-DSAMPLE=float -DREAL=double -DSTATE=double'
fast='-DSAMPLE=float -DREAL=float -DSTATE=double'
# a test, its work-items and its other constants
cases='
cascade 8 -DBANK=1 -DBANKS=1 -DFRAMES=8 -DLEVELS=3
cascade 8 -DBANK=3 -DBANKS=2 -DFRAMES=4 -DLEVELS=3
fir 8 -DPER_ITEM=4 -DCHUNK=16
fir 2 -DPER_ITEM=8 -DCHUNK=24
overlap 8 -DLENGTH=32
fft 4 -DLENGTH=16
fft 4 -DLENGTH=15 -DMOST=16 -DBY_SUM
fft 1 -DLENGTH=1
frames 8 -DPER_ITEM=4 -DMOST=4
line 8 -DPER_ITEM=4 -DCYCLES=3
'
flags='-std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-unused-function -g -pthread'

# check NAME TURN COMPILER OPTIONS...: every test, and all pairs of test and types over three turns
check() {
  local name=$1 turn=$2 compiler=$3 words items rest all=("$double" "$mixed" "$fast") types
  shift 3
  [ -z "$only" ] || [ "$only" = "$name" ] || return 0
  command -v "$compiler" >/dev/null || { echo "$name: skipped, no $compiler"; return 0; }
  while read -r words items rest; do
    [ -n "$words" ] || continue
    types=${all[$((turn++ % 3))]}
    # shellcheck disable=SC2086 # options are words
    if ! "$compiler" $flags "$@" $types $rest -DITEMS="$items" "${words}_test.c" work_group.c -lm -o "$build/test" \
      || ! "$build/test"; then
      echo "$name: failed: $words $types $rest"
      failed="$failed $name"
      return 0
    fi
  done <<<"$cases"
  ran="$ran $name"
}

check plain 0 gcc -O2
check address 1 gcc -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
check threads 2 gcc -O1 -fsanitize=thread

# what a GPU would run: one tile of 64 items
if [ -z "$only" ] || [ "$only" = cuda ]; then
  if command -v nvcc >/dev/null; then
    constants='-DITEMS=64 -DBANK=4 -DBANKS=2 -DFRAMES=32 -DLEVELS=6 -DPER_ITEM=8 -DCYCLES=4 -DCHUNK=256 -DLENGTH=1024 -DMOST=16'
    for file in ../../../../kernels/*.cl; do
      for types in "$double" "$mixed" "$fast"; do
        # shellcheck disable=SC2086
        nvcc -x cu -ptx -diag-suppress 177 -arch=sm_75 $constants $types "$file" -o "$build/ptx" 2>&1 | head -n 20; [ "${PIPESTATUS[0]}" -eq 0 ] || failed="$failed cuda:${file##*/}"
      done
    done
    ran="$ran cuda"
  else
    echo 'cuda: skipped, no nvcc'
  fi
fi
echo "passed:${ran:- nothing}; failed:${failed:- nothing}"
[ -z "$failed" ] && [ -n "$ran" ]
