#!/usr/bin/env bash
# Makes one archive that runs on a bare Linux machine of this processor's kind, without Java and without a network: a
# linked run-time image, every module, the tests that hold on any machine (./millrace verify) and the JMH suites
# (./millrace jmh). Called by `./millrace bundle [FILE.tar.gz]` with JAVA_HOME set.
set -euo pipefail
case ${1-} in /* | -* | '') ;; *) set -- "$PWD/$1" "${@:2}" ;; esac
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# The JDK's modules: files and FFM, pictures (XChart), JMH and the allocation tests, JTransforms, tests in jars, flight recordings.
modules=java.base,java.desktop,java.logging,java.management,jdk.management,jdk.unsupported,jdk.zipfs,jdk.jfr
most_bytes=60000000

case ${1-} in
  -h | --help)
    echo 'Usage: millrace bundle [FILE.tar.gz]'
    echo 'Makes an archive with everything that Millrace needs, for a Linux machine without Java and without a network.'
    echo 'By default target/millrace-VERSION-linux-PROCESSOR.tar.gz.'
    exit 0
    ;;
  -*) echo "millrace bundle: unknown option $1; expected [FILE.tar.gz]" >&2; exit 1 ;;
esac
[ $# -le 1 ] || { echo "millrace bundle: $# files given, expected one at most" >&2; exit 1; }

case ${1-} in
  */*) [ -d "${1%/*}/" ] && [ -w "${1%/*}/" ] || { echo "millrace bundle: cannot write to the folder of $1" >&2; exit 1; } ;;
esac

log=$PWD/target/bundle.log
work=$PWD/target/bundle
mkdir -p target
rm -rf "$work"

echo 'building all modules and their tests...' >&2
mvn -q -B -ntp -DskipTests -Dspotless.check.skip package >"$log" 2>&1 \
  && mvn -q -B -ntp -pl core dependency:copy-dependencies -DincludeScope=test -DoutputDirectory="$work/junit" \
    >>"$log" 2>&1 \
  || { cat "$log" >&2; echo "millrace bundle: the build failed; its log is above, and in $log" >&2; exit 2; }

version=$(sed -n 's:^  <version>\(.*\)</version>.*:\1:p' pom.xml | head -n 1)
name=millrace-$version-linux-$(uname -m)
file=${1:-target/$name.tar.gz}
root=$work/$name
mkdir -p "$root/lib" "$root/verify"

echo 'linking a run-time image...' >&2
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
  --output "$root/runtime" >>"$log" 2>&1 || { tail -n 5 "$log" >&2; exit 2; }
[ -f "$root/runtime/lib/libjsig.so" ] || { echo 'millrace bundle: the run-time image has no lib/libjsig.so' >&2; exit 2; }

cp cli/target/lib/*.jar "cli/target/millrace-cli-$version.jar" "$root/lib/"
cp bench/target/lib/*.jar bench/target/millrace-bench.jar "$root/lib/"
rm -f "$root"/lib/millrace-bench-*.jar
cp "$work"/junit/*.jar "$root/verify/"
for module in core native gpu-*; do
  cp -R "$module/target/test-classes" "$root/verify/$module"
done
cp tools/bundle-launcher.sh "$root/millrace"
cp README.md LICENSE* "$root/" 2>/dev/null || true

echo 'packing...' >&2
tar -C "$work" --owner=0 --group=0 --sort=name -czf "$file.part" "$name"
bytes=$(stat -c %s "$file.part")
if [ "$bytes" -gt "$most_bytes" ]; then
  echo "millrace bundle: the archive has $bytes bytes, expected at most $most_bytes" >&2
  rm -f "$file.part"
  exit 2
fi
mv "$file.part" "$file"
rm -rf "$work"
echo "$file: $((bytes / 1000000)) MB; on the other machine: tar -xzf $(basename "$file") && $name/millrace verify"
