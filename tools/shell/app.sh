# Builds the jars and the AOT cache that ./tenon and ./bench start. Sourced after jdk.sh; needs $root and $JDK.
#
# .tenon/app-N/      the jars, and one AOT cache for each JDK that was used
# .tenon/current     the N in use; written last, so that a build is seen whole or not at all
# .tenon/built       empty; as old as the moment in which the build began to read the sources
# .tenon/lock/       held while building; `pid` in it names the holder

# say TEXT: progress on stderr; a line that is overwritten on a terminal, a line of its own elsewhere
say() {
  if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
    printf '\r\033[K%s' "$1" >&2
    said=live
  else
    printf '%s\n' "$1" >&2
  fi
}

# said_all: removes the live line
said_all() {
  if [ "${said:-}" = live ]; then
    printf '\r\033[K' >&2
    said=
  fi
}

# set_app: sets APP to the folder of the jars; fails if there is none
set_app() {
  local number
  IFS= read -r number 2>/dev/null <"$root/.tenon/current" || return 1
  APP=$root/.tenon/app-$number
  [ -d "$APP" ]
}

# is_fresh: whether no source is newer than the build; folders count, since a deleted file leaves its mark there
is_fresh() {
  [ -e "$root/.tenon/built" ] && set_app || return 1
  [ -z "$(find "$root/pom.xml" "$root/model" "$root/engine" "$root/platform" "$root/tools/cli" "$root/checks/bench" \
    \( -name target -o -path '*/src/test' \) -prune -o -newer "$root/.tenon/built" \
    \( -path '*/src/main*' -o -name pom.xml \) -print 2>/dev/null | head -n 1)" ]
}

# cache_name: the AOT cache's name for this JDK, since a cache is of use to the JDK that wrote it only
cache_name() {
  local line
  while IFS= read -r line; do
    case $line in
      JAVA_RUNTIME_VERSION=*)
        line=${line#*=}
        CACHE=tenon-${line//\"/}.aot
        return 0
        ;;
    esac
  done <"$JDK/release"
  CACHE=tenon.aot
}

# lock / unlock: one build at a time; the lock of a process that is gone is taken over
lock() {
  local holder waiting=
  mkdir -p "$root/.tenon" || {
    echo "error: folder \`$root/.tenon\` cannot be written, expected a checkout of one's own" >&2
    return 1
  }
  until mkdir "$root/.tenon/lock" 2>/dev/null; do
    holder=$(cat "$root/.tenon/lock/pid" 2>/dev/null || echo)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      # whoever renames it owns the ruins: two that wait cannot both remove a lock
      mv "$root/.tenon/lock" "$root/.tenon/lock-of-$holder.$$" 2>/dev/null && rm -rf "$root/.tenon/lock-of-$holder.$$"
      continue
    fi
    [ -n "$waiting" ] || say "tenon: another process is building, waiting for it"
    waiting=yes
    sleep 0.3
  done
  echo $$ >"$root/.tenon/lock/pid"
  trap 'rm -rf "$root/.tenon/lock"' EXIT
}

unlock() {
  rm -rf "$root/.tenon/lock"
  trap - EXIT
}

# compile: Maven, with its many lines turned into few
compile() {
  local line libraries=0 module= log=$root/.tenon/build.log
  say "tenon: building, once for these sources"
  : >"$root/.tenon/building"
  if ! (cd "$root" && JAVA_HOME=$JDK "$MVN" --batch-mode -Dstyle.color=never -Pquick -DskipTests package \
    -pl tools/cli,checks/bench -am 2>&1) | tee "$log" | {
    while IFS= read -r line; do
      case $line in
        *"Downloaded from "*)
          libraries=$((libraries + 1))
          if [ -t 2 ] || [ $((libraries % 50)) -eq 0 ]; then say "tenon: fetching libraries and build tools: $libraries"; fi
          ;;
        "[INFO] Building tenon-"*"]")
          module=${line#"[INFO] Building tenon-"}
          say "tenon: building ${module%% *} ${line##* }"
          ;;
      esac
    done
    said_all
  }; then
    said_all
    echo "error: the build failed; all of its output is in $log" >&2
    awk '/^\[ERROR\] ./ { sub(/^\[ERROR\] /, "  "); if (shown && /^  (Failed to|-> )/) exit; print; shown = 1 }' "$log" | head -n 20 >&2
    return 1
  fi
}

# collect: puts the jars into a new folder, numbered
collect() {
  local number=1 jar
  while [ -e "$root/.tenon/app-$number" ]; do number=$((number + 1)); done
  APP=$root/.tenon/app-$number
  mkdir "$APP"
  cp "$root"/tools/cli/target/quick/lib/*.jar "$root"/tools/cli/target/quick/tenon-cli-*.jar "$APP/"
  "$JDK/bin/java" "$root/tools/shell/Modernize.java" "$APP"/picocli-*.jar "$APP/modern.zip" >"$root/.tenon/modernize.log" 2>&1 \
    && mv "$APP/modern.zip" "$APP"/picocli-*.jar || rm -f "$APP/modern.zip"
  "$JDK/bin/java" "$root/tools/shell/Straighten.java" "$APP"/tenon-*.jar >"$root/.tenon/straighten.log" 2>&1 || rm -f "$APP"/*.straight
  mkdir "$APP/bench"
  cp "$root"/checks/bench/target/quick/tenon-bench-*.jar "$APP/bench/"
  for jar in "$root"/checks/bench/target/quick/lib/*.jar; do
    # a library of its own only; without any, the pattern stands for itself
    [ ! -e "$jar" ] || [ -e "$APP/${jar##*/}" ] || cp "$jar" "$APP/bench/"
  done
}

# publish: makes $APP the one in use; the one before stays for processes that run from it, older ones go
publish() {
  local number=${APP##*-} before= folder
  IFS= read -r before 2>/dev/null <"$root/.tenon/current" || before=
  echo "$number" >"$root/.tenon/next"
  mv "$root/.tenon/next" "$root/.tenon/current"
  mv "$root/.tenon/building" "$root/.tenon/built"
  for folder in "$root"/.tenon/app-*; do
    case ${folder##*-} in
      "$number" | "$before") ;;
      *) rm -rf "$folder" ;;
    esac
  done
}

# train: real commands under the JDK's eye, to write what they loaded and linked to the AOT cache; Tenon runs without it, too.
# In two steps, since the short form hands the class path to its second one in a variable, where a blank in a path breaks it.
train() {
  local seen=$root/.tenon/training.aotconf log=$root/.tenon/train.log
  say "tenon: preparing a quick start for the next time"
  class_path
  if "$JDK/bin/java" -XX:AOTMode=record -XX:AOTConfiguration="$seen" -cp "$CLASSES" tenon.cli.Training \
    "$root/examples/hello/hello.wasm" >"$log" 2>&1 \
    && "$JDK/bin/java" -XX:AOTMode=create -XX:AOTConfiguration="$seen" -XX:AOTCache="$APP/$CACHE.new" -cp "$CLASSES" \
      >>"$log" 2>&1; then
    mv "$APP/$CACHE.new" "$APP/$CACHE"
  else
    # not tried again for these sources; the log says why
    : >"$APP/$CACHE.failed"
  fi
  rm -f "$seen" "$APP/$CACHE.new"
  said_all
}

# class_path: sets CLASSES; the order is the shell's, so that it is the same as in training
class_path() {
  local jar
  CLASSES=
  for jar in "$APP"/*.jar; do
    CLASSES=$CLASSES${CLASSES:+:}$jar
  done
}

# ensure_app: what is started is there, and is what the sources say; sets APP, CACHE and CLASSES
ensure_app() {
  cache_name
  if ! is_fresh; then
    find_maven || return 1
    lock || return 1
    # someone else may have built it while we waited
    if ! is_fresh; then
      compile && collect && train && publish || return 1
    fi
    unlock
  elif [ ! -e "$APP/$CACHE" ] && [ ! -e "$APP/$CACHE.failed" ]; then
    lock || return 1
    [ -e "$APP/$CACHE" ] || [ -e "$APP/$CACHE.failed" ] || train
    unlock
  fi
  said_all
  class_path
}
