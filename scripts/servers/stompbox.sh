# Stompbox's own host, without a window.
processes=(stompbox)
port_names=(ws tcp)

install() { :; }

launch() {
  spawn stompbox node "$root/main/host/cli/index.ts" --bind 127.0.0.1 --port "$ws_port" --tcp-port "$tcp_port" --data "$dir/data"
}

ports_of() { printf '%s %s' "$ws_port" "$tcp_port"; }

addresses() {
  printf '{"server":"%s","ws":["ws://127.0.0.1:%s/stomp"],"tcp":["stomp://127.0.0.1:%s"]}\n' "$name" "$ws_port" "$tcp_port"
}
