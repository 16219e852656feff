#!/usr/bin/env bash
# Real STOMP servers to test the messenger against, on loopback ports and in a folder of their own.
#
#   scripts/servers.sh NAME install|start|stop|kill [--dir DIR] [options of the server]
#
# NAME is a file of scripts/servers/ (rabbitmq, rabbitmq-cluster, activemq, artemis, spring, stompbox). `install` installs
# what is missing. `start` does so too, starts the server, waits until it accepts connections and prints its addresses as
# one line of JSON; a server that runs is left alone. `stop` ends it as its manual says, `kill` as a power failure would.
# Ports and data stay in DIR (by default .cache/servers/NAME), so that a stopped server can be started again. With
# --process P, `stop` and `kill` end one process of several, such as the node rabbit2 of a cluster.
#
# Exit codes: 1 for a failure, 2 for wrong usage, 3 if this computer lacks what the server needs; a sentence on stderr
# says what to install.
set -euo pipefail

scripts="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$scripts")"

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*" && exit 1; }
lack() { say "$*" && exit 3; }
misuse() {
  say "$* Usage: scripts/servers.sh rabbitmq|rabbitmq-cluster|activemq|artemis|spring|stompbox install|start|stop|kill [--dir DIR]"
  exit 2
}

# ---- What is installed ----

has() { command -v "$1" >/dev/null 2>&1; }

# Installs Debian packages if this user may; fails otherwise. None of their services is started.
install_debian() {
  has apt-get || return 1
  local sudo=() policy=/usr/sbin/policy-rc.d made=''
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    sudo=(sudo -n)
  fi
  say "Installing $* (once) …"
  if [ ! -e "$policy" ]; then
    made=1
    printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee "$policy" >/dev/null
    "${sudo[@]}" chmod +x "$policy"
  fi
  local done=0
  {
    "${sudo[@]}" apt-get -qq update &&
      "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"
  } >/dev/null 2>&1 || done=1
  [ -z "$made" ] || "${sudo[@]}" rm -f "$policy"
  return "$done"
}

# Small and quick to start; one Java server runs at a time.
java_options="-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"

# Java 17 or later, and Maven.
need_java() {
  java_is_new && has mvn && return
  install_debian default-jdk-headless maven && java_is_new && has mvn && return
  lack "$name is left out: install a JDK (17 or later) and Maven, on Debian with apt-get install default-jdk-headless maven."
}
java_is_new() {
  local major
  major="$(javac -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p')" && [ "${major:-0}" -ge 17 ]
}

# Runs Maven, and prints what it said only if it fails. Without a project it writes into the current folder.
maven() {
  local output
  output="$(cd "$root/.cache/servers" && mvn --quiet --batch-mode --no-transfer-progress -Dstyle.color=never "$@" 2>&1)" && return
  say "$output"
  lack "$name is left out: Maven could not provide it; check the connection to Maven Central."
}

# ---- Processes: DIR/NAME.pid holds the process id and its start time, since ids are used again ----

started_at() { ps -o lstart= -p "$1" 2>/dev/null; }

# runs PROCESS
runs() {
  local pid at
  [ -s "$dir/$1.pid" ] && { read -r pid && read -r at; } <"$dir/$1.pid" && [ "$(started_at "$pid")" = "$at" ]
}

# spawn PROCESS COMMAND…: in the background, with its output in DIR/PROCESS.log
spawn() {
  local process="$1" pid
  shift
  setsid "$@" </dev/null >"$dir/$process.log" 2>&1 9>&- &
  pid=$!
  printf '%s\n%s\n' "$pid" "$(started_at "$pid")" >"$dir/$process.pid"
}

accepts() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# await PROCESS: until all its ports accept connections
await() {
  local process="$1" port deadline=$((SECONDS + 60))
  for port in $(ports_of "$process"); do
    until accepts "$port"; do
      if ! runs "$process" || [ "$SECONDS" -gt "$deadline" ]; then
        tail -n 20 "$dir/$process.log" >&2
        fail "$name did not start; its output is in $dir/$process.log."
      fi
      sleep 0.2
    done
  done
}

# bring_up: starts what does not run, and waits for all of it
bring_up() {
  local process
  for process in "${processes[@]}"; do runs "$process" || launch "$process"; done
  for process in "${processes[@]}"; do await "$process"; done
}

# end SIGNAL PROCESS: waits until it has ended, and kills it after 30 seconds
end() {
  local signal="$1" process="$2" pid deadline=$((SECONDS + 30))
  if runs "$process"; then
    read -r pid <"$dir/$process.pid"
    kill "-$signal" "$pid" 2>/dev/null || true
    while runs "$process"; do
      [ "$SECONDS" -le "$deadline" ] || kill -KILL "$pid" 2>/dev/null || true
      sleep 0.1
    done
  fi
  rm -f "$dir/$process.pid"
}

# ---- The command ----

name="${1:-}" action="${2:-}"
[ -n "$name" ] && [ -f "$scripts/servers/$name.sh" ] || misuse "There is no server \"$name\"."
[[ "$action" =~ ^(install|start|stop|kill)$ ]] || misuse "A server can be installed, started, stopped and killed."
shift 2
dir="$root/.cache/servers/$name"
options=() only=''
while [ $# -gt 0 ]; do
  case "$1" in
    --dir) dir="${2:?--dir needs a folder}" && shift 2 ;;
    --process) only="${2:?--process needs a name}" && shift 2 ;;
    *) options+=("$1") && shift ;;
  esac
done
mkdir -p "$dir"
dir="$(cd "$dir" && pwd)"
exec 9>"$dir/.lock"
flock 9

# Defines: port_names; processes, in the order in which they start; install; launch PROCESS;
# ports_of PROCESS (that must accept); addresses.
# shellcheck source=/dev/null
source "$scripts/servers/$name.sh"

# The ports as variables: ws_port for the name "ws".
if [ ! -s "$dir/ports" ]; then node "$scripts/servers/free-ports.mjs" "${port_names[@]}" >"$dir/ports"; fi
while IFS='=' read -r key value; do declare "${key}_port=$value"; done <"$dir/ports"

case "$action" in
  install) install ;;
  start)
    install
    if ! (bring_up); then
      say "$name is started once more."
      for process in "${processes[@]}"; do end KILL "$process"; done
      (bring_up)
    fi
    addresses
    ;;
  stop | kill)
    signal=TERM
    [ "$action" = stop ] || signal=KILL
    for ((at = ${#processes[@]} - 1; at >= 0; at--)); do
      [ "${only:-${processes[at]}}" != "${processes[at]}" ] || end "$signal" "${processes[at]}"
    done
    ;;
esac
