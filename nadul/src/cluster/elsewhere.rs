//! The ports of a process to the others: messages, logs, who owns what.
use super::credentials::Credentials;
use super::directory::PolledDirectory;
use super::polled::OnChange;
use super::settings::ClusterSettings;
use super::{heads, statuses};
use embedded::replicated::{Elsewhere, ReplicatedHost};
use kafka::KafkaFeeds;
use kernel::{Name, System};
use remote::{FeedOpening, GATEWAY, Keys, PeersOpening, ProcessClient, RemoteFeed, RemotePeers, Signer};
use runtime::port::directory::Directory;
use runtime::port::peers::{Envelope, NotSent, Peers};
use runtime::port::work::Links;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;
use tokio::runtime::Handle;

/// A source's log that nobody has read for so long, since its events come over a topic, is not followed any more.
const LOG_RESTS_AFTER: Duration = Duration::from_secs(5);

/// What asks other processes in the name of a context, or of the gateway.
#[derive(Clone)]
pub struct Clients {
    keys: Arc<Keys>,
    system: Name,
    first: ProcessClient,
}

impl Clients {
    pub fn new(credentials: &Credentials, system: &System) -> Clients {
        let Credentials { keys, believed, .. } = credentials;
        let signer = Arc::new(Signer::new(keys.clone(), system.name, GATEWAY));
        let first = match believed {
            Some(believed) => ProcessClient::with_tls(Handle::current(), signer, believed.clone()),
            None => ProcessClient::new(Handle::current(), signer),
        };
        Clients { keys: keys.clone(), system: system.name, first }
    }

    pub fn gateway(&self) -> &ProcessClient {
        &self.first
    }

    /// Whoever is asked in the name of a context learns where it is owned.
    fn of(&self, context: Name, late: &LateHost) -> ProcessClient {
        let late = late.clone();
        let owning = Arc::new(move || host(&late).and_then(|host| host.owning(context)));
        self.first.signed_by(Arc::new(Signer::new(self.keys.clone(), self.system, context))).owning(owning)
    }
}

/// The host is there once it has started; what it is asked before is not known.
pub type LateHost = Arc<OnceLock<Weak<ReplicatedHost>>>;

fn host(late: &LateHost) -> Option<Arc<ReplicatedHost>> {
    late.get().and_then(Weak::upgrade)
}

pub struct OtherProcesses<'a> {
    pub system: &'a Arc<System>,
    pub seats: &'a [Name],
    pub clients: &'a Clients,
    pub set: &'a ClusterSettings,
    pub on_change: &'a OnChange,
    pub host: &'a LateHost,
    /// What contexts here hear the others by; `None`: they read their logs.
    pub feeds: Option<Arc<KafkaFeeds>>,
}

impl OtherProcesses<'_> {
    /// Also says where contexts without a seat here are looked up.
    pub fn open(&self) -> (Elsewhere, Arc<PolledDirectory>) {
        let names = self.system.contexts.iter().map(|context| context.name);
        let unseated: Vec<Name> = names.filter(|name| !self.seats.contains(name)).collect();
        let every = Duration::from_millis(self.set.find_ms);
        let polled = Arc::new(PolledDirectory::watch(&unseated, self.clients.gateway(), &self.set.seeds, every));
        let directory: Arc<dyn Directory> =
            Arc::new(SeatsAndOthers { host: self.host.clone(), others: polled.clone() });
        let heads = Arc::new(heads::watch(&unseated, self.clients.gateway(), &directory, every, self.on_change));
        let known_heads = heads.clone();
        let (statuses, known) = (statuses::watch(&self.all(), self.clients.gateway(), &directory), polled.clone());
        let feed = if self.feeds.is_some() { "Apache Kafka" } else { "their logs, over HTTP" };
        let elsewhere = Elsewhere {
            links: Links { feed, peers: "HTTP, signed", published: "its log, over HTTP" },
            peers: Arc::new(self.peers(&directory)),
            feed: self.feed(&directory),
            directory: directory.clone(),
            head: Box::new(move |context| known_heads.get(context)),
            await_head: Box::new(move |context| heads.want(context)),
            ownership: Box::new(move |context| known.ownership(context)),
            status: Box::new(move |context| {
                statuses.want(context);
                statuses.get(context)
            }),
            tell_heir: self.tell_heir(),
        };
        (elsewhere, polled)
    }

    fn all(&self) -> Vec<Name> {
        self.system.contexts.iter().map(|context| context.name).collect()
    }

    fn peers(&self, directory: &Arc<dyn Directory>) -> PeersOfSeats {
        let of = |context: &Name| {
            let opening = PeersOpening {
                client: self.clients.of(context, self.host),
                directory: directory.clone(),
                receivers: self.all(),
                waiting_max: self.set.messages_waiting_max,
            };
            (context.to_string(), RemotePeers::open(opening))
        };
        PeersOfSeats(self.seats.iter().map(of).collect())
    }

    fn feed(&self, directory: &Arc<dyn Directory>) -> embedded::replicated::FeedOfOthers {
        let (clients, directory, late, system) =
            (self.clients.clone(), directory.clone(), self.host.clone(), self.system.clone());
        let (runtime, feeds) = (Handle::current(), self.feeds.clone());
        Box::new(move |reader, news| {
            let _in_the_runtime = runtime.enter();
            let sources = system.get(reader).map(kernel::Context::sources).unwrap_or_default();
            let sources: Vec<Name> = sources.into_iter().filter(|source| *source != reader).collect();
            let (checks, hears) = (late.clone(), late.clone());
            let log = RemoteFeed::open(FeedOpening {
                client: clients.of(reader, &late),
                directory: directory.clone(),
                sources: sources.clone(),
                rests_after: feeds.as_ref().map(|_| LOG_RESTS_AFTER),
                news: news.clone(),
                check: Arc::new(move |source, head| {
                    host(&checks).map_or(Ok(()), |host| host.check_source(reader, source, head))
                }),
                heard: Arc::new(move |source, known| {
                    if let Some(host) = host(&hears) {
                        host.heard(reader, source, known);
                    }
                }),
            });
            match &feeds {
                Some(feeds) => feeds.feed(reader, &sources, Arc::new(log), news),
                None => Arc::new(log),
            }
        })
    }

    fn tell_heir(&self) -> embedded::replicated::TellHeir {
        let (client, runtime) = (self.clients.gateway().clone(), Handle::current());
        Box::new(move |url, context| {
            let (client, url) = (client.clone(), url.to_string());
            runtime.spawn(async move {
                if let Err(unanswered) = client.yours(&url, context).await {
                    tracing::debug!(context, url, ?unanswered, "the heir learns of it by its next look");
                }
            });
        })
    }
}

/// Messages leave in the name of the context that sends them.
struct PeersOfSeats(BTreeMap<String, RemotePeers>);

impl Peers for PeersOfSeats {
    fn send(&self, envelope: Envelope) -> Result<(), NotSent> {
        self.0.get(&envelope.from).ok_or(NotSent)?.send(envelope)
    }
}

/// Contexts with a seat here as their store says, the others as their replicas say.
struct SeatsAndOthers {
    host: LateHost,
    others: Arc<PolledDirectory>,
}

impl Directory for SeatsAndOthers {
    fn owner(&self, context: &str) -> Option<String> {
        match host(&self.host).and_then(|host| host.owner_elsewhere(context)) {
            Some(owner) => owner,
            None => self.others.owner(context),
        }
    }

    fn readers(&self, context: &str) -> Vec<String> {
        match host(&self.host).and_then(|host| host.ownership_of_seat(context)) {
            Some(ownership) => ownership.replicas.into_iter().map(|replica| replica.url).collect(),
            None => self.others.readers(context),
        }
    }

    fn doubt(&self, context: &str, url: &str) {
        match host(&self.host).filter(|host| host.seat(context).is_some()) {
            Some(host) => host.yours(context),
            None => self.others.doubt(context, url),
        }
    }
}
