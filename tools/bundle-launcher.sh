#!/bin/sh
# Runs the millrace command of an unpacked bundle, from any folder and through links; needs nothing but a shell.
self=$0
case $self in
  */*) ;;
  *) self=./$self ;;
esac
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
  esac
done
root=$(CDPATH='' cd -P -- "${self%/*}" && pwd) || exit 2
# In the plain C locale, that of containers and cron, or in one not installed, Java could not even name "für.wav".
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
  C | POSIX | *.[Uu][Tt][Ff]8 | *.[Uu][Tt][Ff]-8) export LC_ALL=C.UTF-8 ;;
  *)
    # Names in the encoding that was asked for, the system's messages in English, where a full disk is told by them.
    export LC_CTYPE="${LC_ALL:-${LC_CTYPE:-$LANG}}" LC_MESSAGES=C
    unset LC_ALL
    ;;
esac
# A driver that asks for signals which the JVM holds gets them after it, by the JDK's own library. Programs that are started
# from here inherit that, and without a JVM it passes everything on. The linker would cut a path with a space or colon.
jsig=$root/runtime/lib/libjsig.so
case $jsig in
  *[\ :]*) ;;
  *) [ ! -f "$jsig" ] || export LD_PRELOAD="${LD_PRELOAD:+$LD_PRELOAD:}$jsig" ;;
esac

java() {
  class=$1
  path=$2
  shift 2
  exec "$root/runtime/bin/java" -XX:+UseSerialGC -Xlog:disable -Djava.awt.headless=true \
    --enable-native-access=ALL-UNNAMED -Dmillrace.launcher="$root/millrace" -cp "$path" "$class" "$@"
}

case ${1-} in
  verify)
    shift
    tests=
    for folder in "$root"/verify/*/; do tests=$tests:$folder; done
    java io.github.millrace.contract.Verify "$root/lib/*:$root/verify/*$tests" "$@"
    ;;
  jmh)
    shift
    java io.github.millrace.bench.jmh.Main "$root/lib/*" "$@"
    ;;
  *) java io.github.millrace.cli.Main "$root/lib/*" "$@" ;;
esac
