# Sourced by the launcher and the check: sets `jdk` to the home of a JDK from 25.0.3 on, or says how to get one.
# A version is read from the JDK's own `release` file: starting each java to ask would cost more than the command.

jdk_fits() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  jdk_version=
  while IFS= read -r jdk_line; do
    case $jdk_line in
      JAVA_VERSION=*) jdk_version=${jdk_line#*=} ;;
    esac
  done <"$1/release"
  jdk_version=${jdk_version#\"}
  jdk_version=${jdk_version%%[!0-9.]*}
  jdk_major=${jdk_version%%.*}
  jdk_rest=${jdk_version#"$jdk_major"}
  jdk_rest=${jdk_rest#.}
  jdk_minor=${jdk_rest%%.*}
  jdk_rest=${jdk_rest#"$jdk_minor"}
  jdk_rest=${jdk_rest#.}
  jdk_security=${jdk_rest%%.*}
  [ "${jdk_major:-0}" -gt 25 ] && return 0
  [ "${jdk_major:-0}" -eq 25 ] && { [ "${jdk_minor:-0}" -gt 0 ] || [ "${jdk_security:-0}" -ge 3 ]; }
}

# The JDK that the `java` of PATH belongs to, links followed.
jdk_of_path() {
  jdk_java=$(command -v java) || return 1
  if [ -L "$jdk_java" ]; then
    jdk_java=$(readlink -f "$jdk_java") || return 1
  fi
  jdk=${jdk_java%/bin/java}
  [ "$jdk" != "$jdk_java" ] && jdk_fits "$jdk"
}

find_jdk() {
  jdk=${JAVA_HOME:-}
  [ -n "$jdk" ] && jdk_fits "$jdk" && return 0
  jdk_of_path && return 0
  for jdk in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    jdk_fits "$jdk" && return 0
  done
  jdk=
  cat >&2 <<'END'
millrace: no JDK found, version 25.0.3 or later expected (looked in JAVA_HOME, PATH and the usual folders).
  Debian 13 or later, Ubuntu:  sudo apt install openjdk-25-jdk
  Fedora:                      sudo dnf install java-25-openjdk-devel
  macOS:                       brew install --cask temurin@25
  elsewhere:                   https://adoptium.net, then set JAVA_HOME to its folder
END
  return 1
}

find_maven() {
  command -v mvn >/dev/null 2>&1 && return 0
  cat >&2 <<'END'
millrace: no Maven found: `mvn` is needed to build, and is not in PATH.
  Debian, Ubuntu:  sudo apt install maven
  Fedora:          sudo dnf install maven
  macOS:           brew install maven
END
  return 1
}
