# Artemis, from its distribution on Maven Central.
version=2.40.0
distribution="$root/.cache/servers/artemis-$version"
processes=(artemis)
port_names=(ws tcp)

install() {
  need_java
  [ ! -e "$distribution/complete" ] || return 0
  rm -rf "$distribution"
  maven org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
    "-Dartifact=org.apache.activemq:apache-artemis:$version:tar.gz:bin" "-DoutputDirectory=$distribution"
  touch "$distribution/complete"
}

launch() {
  local home="$distribution/apache-artemis-$version" etc="$root/test/servers/artemis"
  mkdir -p "$dir/lock"
  # shellcheck disable=SC2086
  spawn artemis java $java_options -cp "$home/lib/artemis-boot.jar" \
    "-Djava.security.auth.login.config=$etc/login.config" \
    "-Dartemis.home=$home" "-Dartemis.instance=$dir" "-Dartemis.instance.etc=$etc" "-Ddata.dir=$dir/data" \
    "-Dws.port=$ws_port" "-Dtcp.port=$tcp_port" \
    org.apache.activemq.artemis.boot.Artemis run "xml:$etc/bootstrap.xml"
}

ports_of() { printf '%s %s' "$ws_port" "$tcp_port"; }

addresses() {
  printf '{"server":"%s","ws":["ws://127.0.0.1:%s/stomp"],"tcp":["stomp://127.0.0.1:%s"]}\n' "$name" "$ws_port" "$tcp_port"
}
