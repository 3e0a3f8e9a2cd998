//! Where the brokers are, how a relay signs in there, and how a topic is made.
use kernel::Secret;
use std::time::Duration;

/// How a connection is kept from others, as every client of Kafka names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    #[default]
    Plaintext,
    Ssl,
    SaslPlaintext,
    SaslSsl,
}

impl Security {
    pub fn name(self) -> &'static str {
        match self {
            Security::Plaintext => "plaintext",
            Security::Ssl => "ssl",
            Security::SaslPlaintext => "sasl_plaintext",
            Security::SaslSsl => "sasl_ssl",
        }
    }

    pub fn signs_in(self) -> bool {
        matches!(self, Security::SaslPlaintext | Security::SaslSsl)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaslMechanism {
    #[default]
    Plain,
    ScramSha256,
    ScramSha512,
}

impl SaslMechanism {
    pub fn name(self) -> &'static str {
        match self {
            SaslMechanism::Plain => "PLAIN",
            SaslMechanism::ScramSha256 => "SCRAM-SHA-256",
            SaslMechanism::ScramSha512 => "SCRAM-SHA-512",
        }
    }
}

#[derive(Clone, Debug)]
pub struct SignIn {
    pub mechanism: SaslMechanism,
    pub username: String,
    pub password: Secret,
}

/// How a topic is made where there is none. One that is there is never changed.
#[derive(Clone, Debug)]
pub struct TopicOptions {
    pub partitions: i32,
    pub replication: i32,
    pub min_insync_replicas: u32,
    pub retention_ms: u64,
}

impl Default for TopicOptions {
    fn default() -> TopicOptions {
        TopicOptions { partitions: 12, replication: 1, min_insync_replicas: 1, retention_ms: 7 * 24 * 3_600_000 }
    }
}

#[derive(Clone, Debug)]
pub struct KafkaOptions {
    /// The first brokers to ask: host:port, separated by commas.
    pub bootstrap: String,
    pub security: Security,
    /// Where the security is one that signs in.
    pub sign_in: Option<SignIn>,
    /// A file of PEM certificates that are believed; `None`: those of this machine.
    pub root_certificate: Option<String>,
    pub topic: TopicOptions,
    /// Events of one context that are sent and not acknowledged yet, at most.
    pub window_events: usize,
    /// What these may take of memory, for each context.
    pub window_kb: usize,
    /// How long an event waits for others to be sent with.
    pub linger: Duration,
    /// How long a broker may take to answer a question of a relay.
    pub answer: Duration,
    /// How long a relay that ends waits for what it has sent.
    pub flush: Duration,
    /// A topic that has events which the log does not have, since a backup was restored, is sent to all the same.
    pub accepts_restored: bool,
}

impl Default for KafkaOptions {
    fn default() -> KafkaOptions {
        KafkaOptions {
            bootstrap: String::new(),
            security: Security::default(),
            sign_in: None,
            root_certificate: None,
            topic: TopicOptions::default(),
            window_events: 10_000,
            window_kb: 16_384,
            linger: Duration::from_millis(2),
            answer: Duration::from_secs(5),
            flush: Duration::from_secs(2),
            accepts_restored: false,
        }
    }
}
