//! A topic as a subscriber sees it: every message of every partition, from the first one on.
use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaResult;
use rdkafka::message::{Header, Headers, Message, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer as _};
use rdkafka::{Offset, TopicPartitionList};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const WAIT_LIMIT: Duration = Duration::from_secs(60);
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
/// Between two looks for something that is to come.
const LOOK: Duration = Duration::from_millis(50);

/// One message as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadMessage {
    pub partition: i32,
    pub offset: i64,
    pub key: String,
    pub value: String,
    pub headers: BTreeMap<String, String>,
}

impl ReadMessage {
    /// Empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// A header that is a whole number.
    pub fn number(&self, name: &str) -> u64 {
        self.header(name).parse().unwrap_or_else(|_| panic!("no number {name} in {self:?}"))
    }
}

pub struct Topic {
    bootstrap: String,
    pub name: String,
}

impl Topic {
    pub(crate) fn new(bootstrap: &str, name: &str) -> Topic {
        Topic { bootstrap: bootstrap.to_string(), name: name.to_string() }
    }

    fn config(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.bootstrap).set("log_level", "0");
        config
    }

    fn consumer(&self) -> BaseConsumer {
        let mut config = self.config();
        config.set("group.id", format!("test-{:016x}", fastrand::u64(..))).set("enable.auto.commit", "false");
        config.set("auto.offset.reset", "earliest").set("fetch.wait.max.ms", "50");
        config.create().expect("a consumer")
    }

    /// How many partitions it has; 0: there is no such topic.
    pub fn partitions(&self) -> usize {
        let (consumer, until) = (self.consumer(), Instant::now() + WAIT_LIMIT);
        let metadata = loop {
            match consumer.fetch_metadata(Some(&self.name), ANSWER_LIMIT) {
                Ok(metadata) => break metadata,
                Err(error) => assert!(Instant::now() < until, "the broker does not answer: {error}"),
            }
        };
        metadata.topics().first().filter(|topic| topic.error().is_none()).map_or(0, |topic| topic.partitions().len())
    }

    /// Removes it; whether it was there. Who sends there may have made it anew since.
    pub fn remove(&self) -> bool {
        let removed = self.administer(|admin, options| admin.delete_topics(&[&self.name], options));
        removed.iter().all(Result::is_ok)
    }

    /// Removes it, if it is there, and waits until it is gone.
    pub fn delete(&self) {
        self.remove();
        let until = Instant::now() + WAIT_LIMIT;
        while self.partitions() > 0 {
            assert!(Instant::now() < until, "{} is never gone", self.name);
            std::thread::sleep(LOOK);
        }
    }

    /// A message that somebody else sends there.
    pub fn send(&self, key: &str, value: &str, headers: &[(&str, &str)]) {
        let producer: BaseProducer = self.config().create().expect("a producer");
        let all = headers
            .iter()
            .fold(OwnedHeaders::new(), |all, (key, value)| all.insert(Header { key, value: Some(value.as_bytes()) }));
        let record = BaseRecord::to(&self.name).key(key).payload(value).headers(all);
        producer.send(record).map_err(|(error, _)| error).expect("room for a message");
        producer.flush(ANSWER_LIMIT).expect("the broker takes it");
    }

    /// All messages that are on it now go, as the oldest do by themselves.
    pub fn truncate(&self) {
        let ends = self.all(Offset::End);
        self.administer(|admin, options| admin.delete_records(&ends, options));
    }

    fn administer<T, F: Future<Output = KafkaResult<T>>>(
        &self,
        ask: impl FnOnce(&AdminClient<DefaultClientContext>, &AdminOptions) -> F,
    ) -> T {
        let admin: AdminClient<DefaultClientContext> = self.config().create().expect("a client");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(ask(&admin, &AdminOptions::new())).expect("the broker answers")
    }

    fn all(&self, offset: Offset) -> TopicPartitionList {
        let mut all = TopicPartitionList::new();
        for partition in 0..self.partitions() {
            let partition = i32::try_from(partition).expect("a small number");
            all.add_partition_offset(&self.name, partition, offset).expect("a partition");
        }
        all
    }

    /// Everything that is on it, partition by partition, once that is as it should be.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is: impl Fn(&[ReadMessage]) -> bool) -> Vec<ReadMessage> {
        let until = Instant::now() + WAIT_LIMIT;
        while self.partitions() == 0 {
            assert!(Instant::now() < until, "{} is never there", self.name);
            std::thread::sleep(LOOK);
        }
        let (consumer, mut read) = (self.consumer(), vec![]);
        consumer.assign(&self.all(Offset::Beginning)).expect("its partitions");
        loop {
            if let Some(Ok(message)) = consumer.poll(LOOK) {
                read.push(read_message(&message));
                continue; // all there is, before it is judged
            }
            if is(&read) {
                read.sort_by_key(|message| (message.partition, message.offset));
                return read;
            }
            assert!(Instant::now() < until, "{} never shows {what}: {} messages", self.name, read.len());
        }
    }
}

fn read_message(message: &impl Message) -> ReadMessage {
    let text = |bytes: Option<&[u8]>| String::from_utf8(bytes.unwrap_or_default().to_vec()).expect("text");
    let headers = message.headers().into_iter().flat_map(|headers| headers.iter());
    ReadMessage {
        partition: message.partition(),
        offset: message.offset(),
        key: text(message.key()),
        value: text(message.payload()),
        headers: headers.map(|header| (header.key.to_string(), text(header.value))).collect(),
    }
}
