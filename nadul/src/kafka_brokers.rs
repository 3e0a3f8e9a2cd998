//! The Kafka cluster that published events are sent to, as the settings name it.
use crate::catalogue;
use crate::cluster::settings::{ClusterSettings, FeedWord};
use crate::command_error::{CommandError, CommandResult};
use crate::kafka_settings::{KafkaSettings, SaslWord, SecurityWord};
use crate::settings::Resolved;
use identity::AccessMode;
use kafka::{Kafka, KafkaFeeds, KafkaOptions, SaslMechanism, Security, SignIn, TopicOptions};
use kernel::{Secret, SettingValue, System};
use runtime::merge::MergeTimes;
use runtime::port::broker::Broker;
use std::sync::Arc;
use std::time::Duration;

/// A relay, like a feed, has connections to a few brokers, each with what its thread waits by.
const RELAY_FILES: usize = 16;

pub struct KafkaBrokers {
    /// `None`: nothing is sent.
    options: Option<KafkaOptions>,
    /// By name; empty: all.
    systems: Vec<String>,
    /// How contexts hear those of other processes.
    feed: FeedWord,
    times: MergeTimes,
}

impl KafkaBrokers {
    /// Every name, file and address is looked at; no answer of a broker is waited for.
    pub fn read(settings: &Resolved) -> CommandResult<KafkaBrokers> {
        let set = KafkaSettings::read(&settings.group("kafka"));
        for name in &set.systems {
            catalogue::find(name).map_err(|error| wrong(&format!("systems: {}", error.text)))?;
        }
        let options = if set.bootstrap.is_empty() { None } else { Some(options(&set)?) };
        let feed = ClusterSettings::read(&settings.group("cluster")).feed;
        let gap_ms = set.fallback_ms.min(MergeTimes::default().gap_ms);
        let times = MergeTimes { gap_ms, fallback_ms: set.fallback_ms };
        let brokers = KafkaBrokers { options, systems: set.systems, feed, times };
        if let Some(options) = &brokers.options {
            // the files and words that only the client itself can judge
            Kafka::new(options.clone(), &System::default()).map_err(|error| unusable(&error))?;
        }
        Ok(brokers)
    }

    /// Where the system's published events go; `None`: nowhere.
    pub fn of(&self, system: &System) -> CommandResult<Option<Arc<dyn Broker>>> {
        let Some(options) = self.options.as_ref().filter(|_| self.has(system)) else { return Ok(None) };
        let kafka = Kafka::new(options.clone(), system).map_err(|error| unusable(&error))?;
        Ok(Some(Arc::new(kafka)))
    }

    /// Where contexts are to hear each other over a topic, somebody sends there what they should hear.
    /// It tells nobody whose a request is.
    pub fn expect_feed(&self, system: &System, access: AccessMode) -> CommandResult {
        match (self.feed, &self.options) {
            (FeedWord::Log, _) => Ok(()),
            (FeedWord::Kafka, _) if access != AccessMode::Open => {
                Err(unheard("people sign in, and a topic does not tell whose a request is: set access.mode = open"))
            }
            (FeedWord::Kafka, None) => Err(unheard("kafka.bootstrap is not set: name the brokers")),
            (FeedWord::Kafka, Some(_)) if self.has(system) => Ok(()),
            (FeedWord::Kafka, Some(_)) => Err(unheard(&format!("kafka.systems leaves {} out: add it", system.name))),
        }
    }

    /// What the contexts of a process hear the others by; `None`: they read their logs.
    pub fn feeds(&self, system: &System) -> CommandResult<Option<KafkaFeeds>> {
        let Some(options) = self.options.as_ref().filter(|_| self.feed == FeedWord::Kafka) else { return Ok(None) };
        let kafka = Kafka::new(options.clone(), system).map_err(|error| unusable(&error))?;
        let feeds = KafkaFeeds::open(&kafka, self.times);
        feeds.map(Some).map_err(|error| CommandError::new(format!("this machine gives no threads: {error}")))
    }

    /// The contexts of one process hear each other in place.
    pub fn expect_no_feed(&self) -> CommandResult {
        match self.feed {
            FeedWord::Log => Ok(()),
            FeedWord::Kafka => Err(CommandError::unreadable(
                "cluster.feed is kafka, and the contexts of one process hear each other in place: leave it out, or use nadul serve",
            )),
        }
    }

    fn has(&self, system: &System) -> bool {
        self.systems.is_empty() || self.systems.iter().any(|name| name == system.name)
    }

    /// Files that the relays of a system, and what hears them, have open at most.
    pub fn open_files(&self, system: &System) -> usize {
        let clients = system.contexts.len() + usize::from(self.feed == FeedWord::Kafka);
        if self.options.is_some() && self.has(system) { clients * RELAY_FILES } else { 0 }
    }
}

fn wrong(why: &str) -> CommandError {
    CommandError::unreadable(format!("kafka.{why}"))
}

fn unheard(why: &str) -> CommandError {
    CommandError::unreadable(format!("cluster.feed is kafka, and {why}, or set cluster.feed = log"))
}

fn unusable(why: &str) -> CommandError {
    CommandError::unreadable(format!("the [kafka] settings can't be used: {why}"))
}

fn options(set: &KafkaSettings) -> CommandResult<KafkaOptions> {
    let security = match set.security {
        SecurityWord::Plaintext => Security::Plaintext,
        SecurityWord::Ssl => Security::Ssl,
        SecurityWord::SaslPlaintext => Security::SaslPlaintext,
        SecurityWord::SaslSsl => Security::SaslSsl,
    };
    Ok(KafkaOptions {
        bootstrap: bootstrap(&set.bootstrap)?,
        security,
        sign_in: sign_in(set, security)?,
        root_certificate: root_certificate(set)?,
        topic: TopicOptions {
            partitions: set.partitions.cast_signed(),
            replication: set.replication.cast_signed(),
            min_insync_replicas: set.min_insync_replicas,
            retention_ms: set.retention_hours * 3_600_000,
        },
        window_events: set.window_events,
        window_kb: set.window_mb * 1024,
        linger: Duration::from_millis(set.linger_ms),
        answer: Duration::from_millis(set.answer_ms),
        flush: Duration::from_millis(set.flush_ms),
        accepts_restored: set.accept_restored,
    })
}

/// A mistyped address would only be asked for ever.
fn bootstrap(text: &str) -> CommandResult<String> {
    let has_port = |broker: &str| {
        broker.rsplit_once(':').is_some_and(|(host, port)| {
            !host.is_empty()
                && !host.contains('/')
                && !host.contains(char::is_whitespace)
                && port.parse::<u16>().is_ok()
        })
    };
    match text.split(',').map(str::trim).find(|broker| !has_port(broker)) {
        None => Ok(text.to_string()),
        Some(broker) => Err(wrong(&format!("bootstrap: {broker:?} is not like host:port"))),
    }
}

fn sign_in(set: &KafkaSettings, security: Security) -> CommandResult<Option<SignIn>> {
    let password = password(set)?;
    if !security.signs_in() {
        let unused = !set.username.is_empty() || password.is_some();
        let why = format!(
            "security is {}, which signs nobody in: set it to sasl_ssl or sasl_plaintext, or leave the username and the password out",
            security.name()
        );
        return if unused { Err(wrong(&why)) } else { Ok(None) };
    }
    let Some(password) = password.filter(|_| !set.username.is_empty()) else {
        let why = format!("security is {}, and the username or the password is not set", security.name());
        return Err(wrong(&why));
    };
    let mechanism = match set.sasl_mechanism {
        SaslWord::Plain => SaslMechanism::Plain,
        SaslWord::ScramSha256 => SaslMechanism::ScramSha256,
        SaslWord::ScramSha512 => SaslMechanism::ScramSha512,
    };
    Ok(Some(SignIn { mechanism, username: set.username.clone(), password }))
}

fn root_certificate(set: &KafkaSettings) -> CommandResult<Option<String>> {
    let file = set.root_certificate.as_str();
    if file.is_empty() {
        return Ok(None);
    }
    std::fs::File::open(file).map_err(|error| wrong(&format!("root_certificate {file} can't be read: {error}")))?;
    Ok(Some(file.to_string()))
}

fn password(set: &KafkaSettings) -> CommandResult<Option<Secret>> {
    match (set.password.is_empty(), set.password_file.as_str()) {
        (true, "") => Ok(None),
        (false, "") => Ok(Some(set.password.clone())),
        (false, _) => Err(wrong("password and kafka.password_file are both set: leave one of them out")),
        (true, file) => {
            let text = std::fs::read_to_string(file);
            let text = text.map_err(|error| wrong(&format!("password_file {file} can't be read: {error}")))?;
            Ok(Some(Secret::read(text.lines().next().unwrap_or_default())))
        }
    }
}
