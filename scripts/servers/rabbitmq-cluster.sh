# Three nodes of RabbitMQ. The first one starts alone; the others find it and join.
nodes=(rabbit1 rabbit2 rabbit3)
# shellcheck source=/dev/null
source "$scripts/servers/rabbitmq.sh"
