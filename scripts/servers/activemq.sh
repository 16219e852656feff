# ActiveMQ 6 ("Classic"). Its distribution is not on Maven Central; its parts are.
project="$root/test/servers/activemq"
jars="$root/.cache/servers/activemq-jars"
processes=(activemq)
port_names=(ws tcp)

install() {
  need_java
  if [ "$jars/complete" -nt "$project/pom.xml" ]; then return; fi
  rm -rf "$jars"
  maven -f "$project/pom.xml" dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=$jars"
  touch "$jars/complete"
}

launch() {
  # shellcheck disable=SC2086
  spawn activemq java $java_options -cp "$jars/*" "-Dactivemq.base=$dir" "-Dactivemq.data=$dir/data" \
    "-Dws.port=$ws_port" "-Dtcp.port=$tcp_port" \
    org.apache.activemq.console.Main start "xbean:file:$project/activemq.xml"
}

ports_of() { printf '%s %s' "$ws_port" "$tcp_port"; }

addresses() {
  printf '{"server":"%s","ws":["ws://127.0.0.1:%s"],"tcp":["stomp://127.0.0.1:%s"]}\n' "$name" "$ws_port" "$tcp_port"
}
