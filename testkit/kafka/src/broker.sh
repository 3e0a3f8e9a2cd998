# A Kafka broker in a folder of its own, gone when the pipe from the test ends.
# $1: the folder with its jars; then the ports of plain clients, of those who sign in, of both under TLS, and of its controller.
# NADUL_BROKER_KEYSTORE: its key and its certificate for TLS, as PEM.
trap '' INT
jars=$1 port=$2 sasl=$3 tls=$4 sasl_tls=$5 controller=$6
folder=$(mktemp -d /tmp/nadul-kafka.XXXXXX) || exit 1
trap 'rm -rf "$folder"' EXIT
printf %s "$NADUL_BROKER_KEYSTORE" >"$folder/keystore.pem"
clients=PLAINTEXT://127.0.0.1:$port,SASL_PLAINTEXT://127.0.0.1:$sasl,SSL://127.0.0.1:$tls,SASL_SSL://127.0.0.1:$sasl_tls
plain='org.apache.kafka.common.security.plain.PlainLoginModule required user_nadul="s3cret";'
scram='org.apache.kafka.common.security.scram.ScramLoginModule required;'
cat >"$folder/broker.properties" <<EOF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=$clients,CONTROLLER://127.0.0.1:$controller
advertised.listeners=$clients
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256
listener.name.sasl_plaintext.plain.sasl.jaas.config=$plain
listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config=$scram
listener.name.sasl_ssl.plain.sasl.jaas.config=$plain
listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config=$scram
ssl.keystore.type=PEM
ssl.keystore.location=$folder/keystore.pem
log.dirs=$folder/data
num.network.threads=2
num.io.threads=2
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=2
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
EOF
java() {
    exec java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
        -Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info -cp "$jars/*" "$@"
}
start() {
    : >"$folder/log"
    (java kafka.Kafka "$folder/broker.properties") >"$folder/log" 2>&1 </dev/null &
    broker=$!
    until grep -q 'Kafka Server started' "$folder/log"; do
        kill -0 "$broker" 2>/dev/null || { tail -n 20 "$folder/log" >&2; exit 1; }
        sleep 0.05
    done
    echo ready
}
kill_broker() {
    kill -KILL "$broker" 2>/dev/null
    wait "$broker" 2>/dev/null
}
(java kafka.tools.StorageTool format --cluster-id nadulNadulNadulNadulNg --config "$folder/broker.properties" \
    --add-scram 'SCRAM-SHA-256=[name=nadul,password=s3cret]') >"$folder/format" 2>&1 ||
    { cat "$folder/format" >&2; exit 1; }
start
while read -r word; do
    case $word in
        start) start ;;
        kill) kill_broker; echo killed ;;
        pause) kill -STOP "$broker"; echo paused ;;
        continue) kill -CONT "$broker"; echo continued ;;
    esac
done
kill_broker
