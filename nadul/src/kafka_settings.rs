//! What can be set about Apache Kafka, as `[kafka]` settings.
use kernel::Secret;

kernel::setting_words! {
    /// As every client of Kafka names it.
    pub enum SecurityWord { Plaintext = "plaintext", Ssl = "ssl", SaslPlaintext = "sasl_plaintext", SaslSsl = "sasl_ssl" }
}

kernel::setting_words! {
    /// As every client of Kafka names it.
    pub enum SaslWord { Plain = "PLAIN", ScramSha256 = "SCRAM-SHA-256", ScramSha512 = "SCRAM-SHA-512" }
}

kernel::settings! {
    /// The `[kafka]` settings.
    pub struct KafkaSettings {
        /// The first brokers to ask: host:port, separated by commas; empty: nothing is sent to Kafka.
        bootstrap: String = "";
        /// Whose published events are sent, separated by commas; empty: those of every system that runs. The first time all that the log has is sent.
        systems: Vec<String> = "";
        /// Whether connections are encrypted (ssl, sasl_ssl), and whether the process signs in (sasl_plaintext, sasl_ssl).
        security: SecurityWord = "plaintext";
        /// How the process signs in.
        sasl_mechanism: SaslWord = "SCRAM-SHA-256";
        /// Who signs in; who does needs the rights to write, describe and read the topic, and to make it where there is none.
        username: String = "";
        /// The password; the environment is a better place for it than a command line.
        password: Secret = "";
        /// A file whose first line is the password.
        password_file: String = "";
        /// A file of PEM certificates that are believed; empty: those of this machine.
        root_certificate: String = "";
        /// Partitions of a topic that is made; one that is there is never changed.
        partitions: u32 = 12, 1..=10_000;
        /// Brokers that keep a topic that is made; 3 in a cluster.
        replication: u32 = 1, 1..=100;
        /// Brokers that must have a message before it counts as sent, of a topic that is made; 2 of 3.
        min_insync_replicas: u32 = 1, 1..=100;
        /// How long a topic that is made keeps a message.
        retention_hours: u64 = 168, 1..=876_000;
        /// Events of one context that are sent and not acknowledged yet, at most.
        window_events: usize = 10000, 1..=1_000_000;
        /// What these may take of memory, for each context.
        window_mb: usize = 16, 1..=1_000;
        /// How long an event waits for others to be sent with: longer costs the broker less.
        linger_ms: u64 = 2, 0..=10_000;
        /// How long a broker may take to answer a question.
        answer_ms: u64 = 5000, 100..=600_000;
        /// How long a stop waits for what is sent and not acknowledged yet; the next start sends it again.
        flush_ms: u64 = 2000, 0..=600_000;
        /// With cluster.feed = kafka: how long the topic may keep an event back that its source has published, before the source's log is read instead.
        fallback_ms: u64 = 2000, 50..=60_000;
        /// Send although the topic has events that the log does not have: after a backup was restored on purpose.
        accept_restored: bool = false;
    }
    where { min_insync_replicas <= replication; }
}
