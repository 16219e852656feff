# RabbitMQ from Debian's package: one node, or those in `nodes`.
nodes=("${nodes[@]:-rabbit1}")
processes=(epmd "${nodes[@]}")
port_names=(epmd)
for node in "${nodes[@]}"; do port_names+=("${node}_amqp" "${node}_dist" "${node}_stomp" "${node}_ws"); done

# The wrappers on the PATH would change the user and lose the environment.
server=/usr/lib/rabbitmq/bin/rabbitmq-server

install() {
  [ -x "$server" ] || install_debian rabbitmq-server || true
  [ -x "$server" ] ||
    lack "$name is left out: RabbitMQ is missing; on Debian install it with apt-get install rabbitmq-server."
}

port() { local variable="$1_$2_port" && printf '%s' "${!variable}"; }

configuration() {
  local node="$1" at=0
  cat <<END
listeners.tcp.1 = 127.0.0.1:$(port "$node" amqp)
stomp.listeners.tcp.1 = 127.0.0.1:$(port "$node" stomp)
web_stomp.tcp.ip = 127.0.0.1
web_stomp.tcp.port = $(port "$node" ws)
web_stomp.ws_frame = text
web_stomp.ws_opts.max_frame_size = 262144
load_definitions = $root/test/servers/rabbitmq/definitions.json
END
  [ "${#nodes[@]}" -gt 1 ] || return 0
  echo 'cluster_formation.peer_discovery_backend = classic_config'
  for node in "${nodes[@]}"; do echo "cluster_formation.classic_config.nodes.$((at += 1)) = $node@localhost"; done
}

launch() {
  local node="$1"
  if [ "$node" = epmd ]; then
    spawn epmd epmd -port "$epmd_port" -address 127.0.0.1
    await epmd
    return
  fi
  local is_new=''
  [ -d "$dir/$node" ] || is_new=1
  mkdir -p "$dir/$node"
  configuration "$node" >"$dir/$node/rabbitmq.conf"
  printf '[rabbitmq_stomp,rabbitmq_web_stomp].' >"$dir/enabled_plugins"
  # RUNNING_UNDER_SYSTEMD: the script becomes the server, whose process id is then known.
  spawn "$node" env HOME="$dir" RUNNING_UNDER_SYSTEMD=true \
    RABBITMQ_NODENAME="$node@localhost" \
    RABBITMQ_MNESIA_BASE="$dir/$node" RABBITMQ_LOG_BASE="$dir/$node" \
    RABBITMQ_CONFIG_FILE="$dir/$node/rabbitmq.conf" RABBITMQ_GENERATED_CONFIG_DIR="$dir/$node" \
    RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_PID_FILE="$dir/$node/pid" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins" \
    RABBITMQ_DIST_PORT="$(port "$node" dist)" ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}" \
    "$server"
  # A new node joins those that it finds. Later each waits for the others' tables, so that all have to start together.
  [ -z "$is_new" ] || await "$node"
}

ports_of() {
  if [ "$1" = epmd ]; then printf '%s' "$epmd_port"; else printf '%s %s' "$(port "$1" stomp)" "$(port "$1" ws)"; fi
}

addresses() {
  local node ws='' tcp=''
  for node in "${nodes[@]}"; do
    ws+=",\"ws://127.0.0.1:$(port "$node" ws)/ws\""
    tcp+=",\"stomp://127.0.0.1:$(port "$node" stomp)\""
  done
  printf '{"server":"%s","ws":[%s],"tcp":[%s]}\n' "$name" "${ws:1}" "${tcp:1}"
}
