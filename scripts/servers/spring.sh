# The chat of test/servers/spring. Options: --shape topic|rooms|direct, --relay HOST:PORT of a STOMP broker to deliver
# the messages, --login LOGIN there (its passcode is the same), --rooms PREFIX of the destinations of rooms.
shape=topic relay='' login=guest rooms_prefix=/sub/chat/room/
set -- ${options[@]+"${options[@]}"}
while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || misuse "$1 needs a value."
  case "$1" in
    --shape) shape="$2" ;;
    --relay) relay="$2" ;;
    --login) login="$2" ;;
    --rooms) rooms_prefix="$2" ;;
    *) misuse "Spring has no option $1." ;;
  esac
  shift 2
done

project="$root/test/servers/spring"
built="$root/.cache/servers/spring-build"
processes=(spring)
port_names=(http)

install() {
  local newest
  need_java
  newest="$(find "$project" -newer "$built/chat.jar" 2>/dev/null | head -n 1)" || true
  if [ -e "$built/chat.jar" ] && [ -z "$newest" ]; then return; fi
  mkdir -p "$built"
  maven -f "$project/pom.xml" package "-DbuildDirectory=$built"
}

launch() {
  local settings=("--server.port=$http_port" "--spring.profiles.active=$shape" "--rooms.prefix=$rooms_prefix")
  [ -z "$relay" ] ||
    settings+=("--broker.relay-host=${relay%:*}" "--broker.relay-port=${relay##*:}" "--broker.login=$login" "--broker.passcode=$login")
  # shellcheck disable=SC2086
  spawn spring java $java_options -jar "$built/chat.jar" "${settings[@]}"
}

ports_of() { printf '%s' "$http_port"; }

addresses() {
  local path=/ws
  [ "$shape" != rooms ] || path=/ws-stomp
  printf '{"server":"%s","ws":["ws://127.0.0.1:%s%s"],"http":"http://127.0.0.1:%s"}\n' \
    "$name" "$http_port" "$path" "$http_port"
}
