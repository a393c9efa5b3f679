# Finds a JDK 25 or later, and Maven. Sourced by ./build, ./tenon and ./bench; bash 3.2 is enough.

# resolved FILE: its path with all symbolic links followed (macOS has no `readlink -f`)
resolved() {
  local path=$1 target
  while [ -L "$path" ]; do
    target=$(readlink "$path")
    case $target in
      /*) path=$target ;;
      *) path=$(dirname "$path")/$target ;;
    esac
  done
  printf '%s\n' "$(cd "$(dirname "$path")" && pwd -P)/$(basename "$path")"
}

# jdk_version HOME: sets VERSION to its feature version ("25"), or to nothing if HOME is no JDK; reads a file, since starting a JVM
# takes longer, and forks nothing, since ./tenon does it at each start
jdk_version() {
  local line
  VERSION=
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line//\"/}
        VERSION=${line%%[!0-9]*}
        return 0
        ;;
    esac
  done <"$1/release"
}

# consider HOME...: sets JDK to the first that is a JDK 25, and $newer to the first that is newer; fails without a JDK 25
consider() {
  local home
  for home; do
    jdk_version "$home"
    [ -n "$VERSION" ] || continue
    if [ "$VERSION" -eq 25 ]; then
      JDK=$home
      return 0
    elif [ "$VERSION" -gt 25 ] && [ -z "$newer" ]; then
      newer=$home
    fi
  done
  return 1
}

# find_jdk: sets JDK, or explains what is missing and returns 1
find_jdk() {
  local java newer=
  [ -z "${JAVA_HOME:-}" ] || ! consider "$JAVA_HOME" || return 0
  consider /usr/lib/jvm/* && return 0
  if java=$(command -v java); then
    java=$(resolved "$java")
    consider "${java%/bin/java}" && return 0
  fi
  consider /usr/java/* /opt/* /opt/java/* /opt/jdk/* /usr/local/openjdk* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/java/* \
    "${MISE_DATA_DIR:-$HOME/.local/share/mise}"/installs/java/* "$HOME"/.jdks/* "$HOME"/.jdks/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home && return 0
  if [ -x /usr/libexec/java_home ] && java=$(/usr/libexec/java_home -v 25+ 2>/dev/null); then
    consider "$java" && return 0
  fi
  if [ -n "$newer" ]; then
    JDK=$newer
    return 0
  fi
  cat >&2 <<'TEXT'
error: no JDK 25 was found in JAVA_HOME, on the PATH or in the usual places
  Debian, Ubuntu: apt install openjdk-25-jdk   (or temurin-25-jdk from the Adoptium packages)
  macOS:          brew install openjdk@25
  SDKMAN:         sdk install java 25-tem
  or unpack one anywhere and set JAVA_HOME to it
TEXT
  return 1
}

# find_maven: sets MVN, or explains what is missing and returns 1
find_maven() {
  if MVN=$(command -v mvn); then
    return 0
  fi
  cat >&2 <<'TEXT'
error: Maven (`mvn`) is not on the PATH, expected 3.8.7 or later
  Debian, Ubuntu: apt install maven
  macOS:          brew install maven
  SDKMAN:         sdk install maven
TEXT
  return 1
}
