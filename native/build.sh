#!/bin/sh
# Compiles the C kernels into one shared library: build.sh OUTPUT-FOLDER WORK-FOLDER. Each variant is the same source for
# another instruction set. Without a compiler it says so and the build goes on without the library.
set -eu
cd "$(dirname "$0")/src/main/c"
out=$1
work=$2

compiler=
for candidate in ${CC:-} cc gcc clang; do
  if command -v "$candidate" >/dev/null 2>&1; then
    compiler=$candidate
    break
  fi
done
rm -rf "$out" "$work"
if [ -z "$compiler" ]; then
  echo "no C compiler (CC, cc, gcc, clang): built without the native backend"
  exit 0
fi
mkdir -p "$out" "$work"

flags='-std=c11 -O3 -fPIC -ffp-contract=fast -fno-math-errno -fno-trapping-math -Wall -Wextra -Werror'
variant() {
  name=$1
  shift
  $compiler $flags "$@" -DVARIANT="$name" -c variant.c -o "$work/$name.o"
}

case $(uname -m) in
  x86_64 | amd64)
    platform=linux-amd64
    variant sse2 -msse2
    variant avx2 -mavx2 -mfma
    variant avx512 -mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma -mprefer-vector-width=512
    ;;
  aarch64 | arm64)
    platform=linux-aarch64
    variant neon
    ;;
  *)
    echo "no kernels for $(uname -m): built without the native backend"
    exit 0
    ;;
esac
case $(uname -s) in
  Linux) ;;
  *)
    echo "no native build for $(uname -s) yet: built without the native backend"
    exit 0
    ;;
esac
$compiler $flags -c library.c -o "$work/library.o"
mkdir -p "$out/$platform"
$compiler -shared -o "$out/$platform/libmillrace.so" "$work"/*.o -lm
