#!/usr/bin/env bash
# Builds and runs the tests of the C kernels: with every C compiler here, plain and under AddressSanitizer and
# UndefinedBehaviorSanitizer, and for aarch64 where a cross compiler and an emulator are. Words: gcc clang aarch64, to
# run only those. Exits 0 if all that was built passed.
set -uo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")"
main=../../main/c
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

flags='-std=c11 -Wall -Wextra -Werror -fPIC'
# a variant and its options
x86='sse2: avx2:-mavx2,-mfma avx512:-mavx512f,-mavx512dq,-mavx512vl,-mavx512bw,-mfma'
arm='neon:'

# compile NAME COMPILER VARIANTS OPTIONS... -> $build/NAME
compile() {
  local name=$1 compiler=$2 variants=$3 v options objects=() jobs=() job
  shift 3
  for v in $variants; do
    objects+=("$build/$name.${v%%:*}.o")
    options=${v#*:}
    # shellcheck disable=SC2086 # flags are words
    $compiler $flags "$@" ${options//,/ } -DVARIANT="${v%%:*}" -c "$main/variant.c" -o "${objects[-1]}" &
    jobs+=($!)
    objects+=("$build/$name.convert-${v%%:*}.o")
    # shellcheck disable=SC2086
    $compiler $flags "$@" -ffp-contract=off ${options//,/ } -DVARIANT="${v%%:*}" -c "$main/convert.c" -o "${objects[-1]}" &
    jobs+=($!)
  done
  for job in "${jobs[@]}"; do wait "$job" || return; done
  # shellcheck disable=SC2086
  $compiler $flags "$@" -I "$main" ./*_test.c check.c "$main/library.c" "${objects[@]}" -lm -o "$build/$name"
}

failed='' ran=''

# try NAME COMPILER VARIANTS RUNNER OPTIONS...
try() {
  local name=$1 compiler=$2 variants=$3 runner=$4
  shift 4
  echo "--- $name"
  : >"$build/log"
  if compile "$name" "$compiler" "$variants" "$@" && $runner "$build/$name" >"$build/log" 2>&1; then
    tail -n 1 "$build/log"
    ran="$ran $name"
  else
    tail -n 60 "$build/log" 2>/dev/null
    failed="$failed $name"
  fi
}

wanted() { [ "$#" -eq 1 ] || [[ " ${*:2} " == *" $1 "* ]]; }

# BRIEF: a third of the filters and no long runs, since a sanitized loop is some thirty times slower
sanitize='-fsanitize=address,undefined -fno-sanitize-recover=all -O1 -g -DBRIEF -DSANITIZED'
for compiler in gcc clang; do
  wanted "$compiler" "$@" || continue
  if ! command -v "$compiler" >/dev/null; then
    echo "--- $compiler: skipped, not installed"
    continue
  fi
  case $(uname -m) in
    x86_64) variants=$x86 ;;
    aarch64) variants=$arm ;;
    *) echo "no kernels for $(uname -m)"; exit 0 ;;
  esac
  try "$compiler" "$compiler" "$variants" '' -O3
  # shellcheck disable=SC2086
  if ! echo 'int main(void) { return 0; }' | $compiler $sanitize -x c - -o "$build/probe" 2>/dev/null; then
    echo "--- $compiler-sanitized: skipped, $compiler has no sanitizer runtime"
    continue
  fi
  # shellcheck disable=SC2086
  try "$compiler-sanitized" "$compiler" "$variants" '' $sanitize
done
if wanted aarch64 "$@" && [ "$(uname -m)" != aarch64 ]; then
  if command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-aarch64 >/dev/null; then
    try aarch64 aarch64-linux-gnu-gcc "$arm" 'qemu-aarch64 -L /usr/aarch64-linux-gnu' -O3 -DBRIEF
  else
    echo '--- aarch64: skipped, no aarch64-linux-gnu-gcc or no qemu-aarch64'
  fi
fi

echo "passed:${ran:- nothing}; failed:${failed:- nothing}"
[ -z "$failed" ]
