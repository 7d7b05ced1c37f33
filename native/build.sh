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

flags='-std=c11 -O3 -fPIC -ffp-contract=fast -fno-math-errno -fno-trapping-math -Wall -Wextra -Werror'
x86='sse2:-msse2
avx2:-mavx2 -mfma
avx512:-mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma -mprefer-vector-width=512'

# library COMPILER PLATFORM VARIANTS: one library of all variants, a line each, NAME:FLAGS
library() {
  folder=$work/$2
  mkdir -p "$folder" "$out/$2"
  jobs=
  while IFS=: read -r name options; do
    $1 $flags $options -DVARIANT="$name" -c variant.c -o "$folder/$name.o" &
    jobs="$jobs $!"
    $1 $flags -ffp-contract=off $options -DVARIANT="$name" -c convert.c -o "$folder/convert-$name.o" &
    jobs="$jobs $!"
  done <<EOF
$3
EOF
  for job in $jobs; do wait "$job"; done
  $1 $flags -c library.c -o "$folder/library.o"
  $1 -shared -o "$out/$2/libmillrace.so" "$folder"/*.o -lm
}

case $(uname -s)-$(uname -m) in
  Linux-x86_64)
    library "$compiler" linux-amd64 "$x86"
    if command -v aarch64-linux-gnu-gcc >/dev/null 2>&1; then
      library aarch64-linux-gnu-gcc linux-aarch64 neon:
    else
      echo 'no aarch64-linux-gnu-gcc: built without the kernels for linux-aarch64'
    fi
    ;;
  Linux-aarch64) library "$compiler" linux-aarch64 neon: ;;
  *) echo "no native build for $(uname -s) on $(uname -m) yet: built without the native backend" ;;
esac
