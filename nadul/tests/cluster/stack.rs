//! A system as many processes on a database of its own: every context so often, and a gateway.
use super::many;
use postgres_server::{Database, PostgresServer};
use process::{Cluster, ClusterPlan, Nadul, ServerProcess};
use std::ops::Deref;
use std::time::{Duration, Instant};

/// The lease of an owner that is gone, a look of whoever stands by, and a machine that is busy.
const TAKEN_OVER: Duration = Duration::from_secs(15);

pub struct Stack<'a> {
    system: &'static str,
    pub gateway: ServerProcess<'a>,
    pub database: Database,
}

impl<'a> Deref for Stack<'a> {
    type Target = Cluster<'a>;

    fn deref(&self) -> &Cluster<'a> {
        self.gateway.cluster()
    }
}

/// So many processes of a build for tests start and stop beside each other that a machine is slow for moments.
const PATIENCE_MS: usize = 3000;

/// Where contexts keep their stores, and how their processes speak with each other.
#[derive(Default)]
struct Places {
    on_postgres: String,
    in_memory: String,
    /// Those with a database of their own, as they are set.
    databases: String,
    over_tls: bool,
    /// The brokers of the topic over which they hear each other.
    over_topic: Option<String>,
    /// People sign in with tokens of the gateway's data folder.
    signed_in: bool,
}

/// A process for each of these contexts.
fn once<'c>(contexts: &[&'c str]) -> Vec<(&'c str, usize)> {
    contexts.iter().map(|context| (*context, 1)).collect()
}

pub fn new_database() -> Database {
    PostgresServer::shared().database()
}

impl<'a> Stack<'a> {
    /// With so many processes for each of these contexts, all on Postgres.
    pub fn up(nadul: &'a Nadul, system: &'static str, contexts: &[&str], replicas: usize) -> Stack<'a> {
        Stack::up_on(PostgresServer::shared(), nadul, system, contexts, replicas)
    }

    /// The same on a server that the test stops and starts.
    pub fn up_on(
        server: &PostgresServer,
        nadul: &'a Nadul,
        system: &'static str,
        contexts: &[&str],
        replicas: usize,
    ) -> Stack<'a> {
        let each: Vec<_> = contexts.iter().map(|context| (*context, replicas)).collect();
        let places = Places { on_postgres: system.into(), ..Places::default() };
        Stack::open(nadul, system, server.database(), places, &each)
    }

    /// One process for each on a database that is there.
    pub fn on(nadul: &'a Nadul, database: Database, system: &'static str, contexts: &[&str]) -> Stack<'a> {
        Stack::open(
            nadul,
            system,
            database,
            Places { on_postgres: system.into(), ..Places::default() },
            &once(contexts),
        )
    }

    /// Two processes for each; one context has its schema in this database.
    pub fn with_a_database_for(
        nadul: &'a Nadul,
        system: &'static str,
        contexts: &[&str],
        (context, database): (&str, &Database),
    ) -> Stack<'a> {
        let databases = format!("{system}/{context}={}", database.url);
        let places = Places { on_postgres: system.into(), databases, ..Places::default() };
        let twice: Vec<_> = contexts.iter().map(|context| (*context, 2)).collect();
        Stack::open(nadul, system, new_database(), places, &twice)
    }

    /// The same on a database of its own, with TLS between the processes.
    pub fn over_tls(nadul: &'a Nadul, system: &'static str, contexts: &[&str]) -> Stack<'a> {
        let places = Places { on_postgres: system.into(), over_tls: true, ..Places::default() };
        Stack::open(nadul, system, new_database(), places, &once(contexts))
    }

    /// One process for each context; they hear each other over the topic of their system.
    pub fn over_a_topic(nadul: &'a Nadul, system: &'static str, contexts: &[&str], bootstrap: &str) -> Stack<'a> {
        let places = Places { on_postgres: system.into(), over_topic: Some(bootstrap.into()), ..Places::default() };
        Stack::open(nadul, system, new_database(), places, &once(contexts))
    }

    /// One process for each of these contexts; people sign in.
    pub fn signed_in(nadul: &'a Nadul, system: &'static str, contexts: &[&str]) -> Stack<'a> {
        let places = Places { on_postgres: system.into(), signed_in: true, ..Places::default() };
        Stack::open(nadul, system, new_database(), places, &once(contexts))
    }

    /// Two processes for each of these contexts on Postgres, one for each of those in files and in memory.
    pub fn mixed(
        nadul: &'a Nadul,
        system: &'static str,
        on_postgres: &[&str],
        in_files: &[&str],
        in_memory: &[&str],
    ) -> Stack<'a> {
        let twice = on_postgres.iter().map(|context| (*context, 2));
        let each: Vec<_> = twice.chain(once(in_files)).chain(once(in_memory)).collect();
        let paths = |contexts: &[&str]| {
            contexts.iter().map(|context| format!("{system}/{context}")).collect::<Vec<_>>().join(",")
        };
        let places = Places { on_postgres: paths(on_postgres), in_memory: paths(in_memory), ..Places::default() };
        Stack::open(nadul, system, new_database(), places, &each)
    }

    fn open(
        nadul: &'a Nadul,
        system: &'static str,
        database: Database,
        Places { on_postgres, in_memory, databases, over_tls, over_topic, signed_in }: Places,
        contexts: &[(&str, usize)],
    ) -> Stack<'a> {
        let paths = contexts.iter().map(|(context, many)| (format!("{system}/{context}"), *many));
        let patience_ms = many::of("NADUL_TEST_PAYMENT_TIMEOUT_MS", PATIENCE_MS);
        let topic = over_topic.map(|bootstrap| {
            ["cluster.feed=kafka".into(), "kafka.fallback_ms=300".into(), format!("kafka.bootstrap={bootstrap}")]
        });
        let access = ["access.mode=local", "access.requests_per_s=100000", "access.burst=100000"];
        let access = access.into_iter().filter(|_| signed_in).map(String::from);
        let settings = [format!("{system}.payment_timeout_ms={patience_ms}"), "cluster.linger_ms=500".into()];
        let plan = ClusterPlan {
            systems: vec![system.to_string()],
            contexts: paths.collect(),
            on_postgres,
            in_memory,
            over_tls,
            url: database.url.clone(),
            databases,
            data: "data".into(),
            settings: settings.into_iter().chain(topic.into_iter().flatten()).chain(access).collect(),
            environment: vec![],
        };
        let stack = Stack { system, gateway: Cluster::open(nadul, plan).behind_a_gateway(), database };
        stack.wait_for_owners();
        stack
    }

    pub fn another_gateway(&self) -> ServerProcess<'a> {
        self.gateway.cluster().gateway()
    }

    /// The same with settings of its own.
    pub fn a_gateway_with(&self, settings: &[&str]) -> ServerProcess<'a> {
        let arguments: Vec<&str> = settings.iter().flat_map(|setting| ["--set", setting]).collect();
        self.gateway.cluster().gateway_with(&arguments)
    }

    /// The process that owns this context of the system.
    pub fn owner_of(&self, context: &str) -> Option<String> {
        self.owner(&format!("{}/{context}", self.system))
    }

    /// A process of the context that does not own it.
    pub fn one_that_stands_by(&self, context: &str) -> String {
        let owner = self.owner_of(context);
        let names = self.names_of(&format!("{}/{context}", self.system));
        names.into_iter().find(|name| Some(name) != owner.as_ref()).expect("a second process")
    }

    pub fn wait_until_owned_by(&self, context: &str, name: &str) {
        let until = Instant::now() + TAKEN_OVER;
        while self.owner_of(context).is_none_or(|owner| owner != name) {
            assert!(Instant::now() < until, "{context} is not owned by {name}: {:#?}", self.status());
        }
    }

    pub fn wait_for_another_owner(&self, context: &str, than: &str) {
        let until = Instant::now() + TAKEN_OVER;
        while self.owner_of(context).is_none_or(|owner| owner == than) {
            assert!(Instant::now() < until, "{context} is not taken over: {:#?}", self.status());
        }
    }

    /// Everything comes to rest and ends in order, and what is stored is proved.
    pub fn check(self) {
        let nadul = self.gateway.wait_until_idle().nadul;
        self.gateway.stop();
        nadul.check_data();
    }
}
