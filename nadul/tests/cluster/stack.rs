//! A system as many processes on a database of its own: every context so often, and a gateway.
use postgres_server::{Database, PostgresServer};
use process::{Nadul, ServerProcess, WAIT_LIMIT};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::time::Instant;

pub struct Stack<'a> {
    nadul: &'a Nadul,
    pub database: Database,
    system: &'static str,
    /// Internal ports, by the name of the process: `catch-1`.
    ports: BTreeMap<String, u16>,
    processes: BTreeMap<String, ServerProcess<'a>>,
    pub gateway: ServerProcess<'a>,
}

const PLAIN: [&str; 4] = ["--set", "http.gateway_port=0", "--set", "http.access_log_every=0"];

const TLS: &str = "root_certificate = \"keys/root-certificate.pem\"\ncertificate = \"keys/certificate.pem\"\n\
                   certificate_key = \"keys/certificate-key.pem\"\n";

/// So many processes of a build for tests start and stop beside each other that a machine is slow for moments.
const PATIENCE_MS: u64 = 3000;

/// Ports that were free a moment ago, no two alike.
fn free_ports(many: usize) -> Vec<u16> {
    let bound: Vec<_> = (0..many).map(|_| TcpListener::bind("127.0.0.1:0").expect("a free port")).collect();
    bound.iter().map(|listener| listener.local_addr().expect("its address").port()).collect()
}

/// Where contexts keep their stores, and the settings of TLS between processes.
#[derive(Default)]
struct Layout<'a> {
    on_postgres: &'a str,
    in_memory: &'a str,
    tls: &'a str,
}

/// A process for each of these contexts.
fn once(contexts: &[&str]) -> Vec<String> {
    contexts.iter().map(|context| format!("{context}-1")).collect()
}

pub fn new_database() -> Database {
    PostgresServer::shared().database()
}

impl<'a> Stack<'a> {
    /// With so many processes for each of these contexts, all on Postgres.
    pub fn up(nadul: &'a Nadul, system: &'static str, contexts: &[&str], replicas: usize) -> Stack<'a> {
        let of = |context: &&str| (1..=replicas).map(|at| format!("{context}-{at}")).collect::<Vec<_>>();
        let layout = Layout { on_postgres: system, ..Layout::default() };
        Stack::of_processes(nadul, new_database(), system, layout, contexts.iter().flat_map(of).collect())
    }

    /// One process for each on a database that is there.
    pub fn on(nadul: &'a Nadul, database: Database, system: &'static str, contexts: &[&str]) -> Stack<'a> {
        let layout = Layout { on_postgres: system, ..Layout::default() };
        Stack::of_processes(nadul, database, system, layout, once(contexts))
    }

    /// The same on a database of its own, with TLS between the processes.
    pub fn over_tls(nadul: &'a Nadul, system: &'static str, contexts: &[&str]) -> Stack<'a> {
        let layout = Layout { on_postgres: system, tls: TLS, ..Layout::default() };
        Stack::of_processes(nadul, new_database(), system, layout, once(contexts))
    }

    /// Two processes for each of these contexts on Postgres, one for each of those in files and in memory.
    pub fn mixed(
        nadul: &'a Nadul,
        system: &'static str,
        on_postgres: &[&str],
        in_files: &[&str],
        in_memory: &[&str],
    ) -> Stack<'a> {
        let twice = on_postgres.iter().flat_map(|context| [format!("{context}-1"), format!("{context}-2")]);
        let paths = |contexts: &[&str]| {
            contexts.iter().map(|context| format!("{system}/{context}")).collect::<Vec<_>>().join(",")
        };
        let layout = Layout { on_postgres: &paths(on_postgres), in_memory: &paths(in_memory), tls: "" };
        let names = twice.chain(once(in_files)).chain(once(in_memory)).collect();
        Stack::of_processes(nadul, new_database(), system, layout, names)
    }

    fn of_processes(
        nadul: &'a Nadul,
        database: Database,
        system: &'static str,
        Layout { on_postgres, in_memory, tls }: Layout<'_>,
        names: Vec<String>,
    ) -> Stack<'a> {
        let scheme = if tls.is_empty() { "http" } else { "https" };
        let ports: BTreeMap<_, _> = names.iter().cloned().zip(free_ports(names.len())).collect();
        let seeds: Vec<String> = ports.values().map(|port| format!("{scheme}://127.0.0.1:{port}")).collect();
        assert_eq!(nadul.run(&["keys", "keys", "--tls", system]).code, Some(0));
        nadul.file(
            "nadul.toml",
            &format!(
                "[memory]\ncontexts = \"{in_memory}\"\n[postgres]\ncontexts = \"{on_postgres}\"\nurl = \"{}\"\n[cluster]\nseeds = \"{}\"\nlinger_ms = 500\n\
                 private_key = \"keys/nadul.pem\"\npublic_keys = \"keys/public\"\n{tls}\
                 [{system}]\npayment_timeout_ms = {PATIENCE_MS}\n",
                database.url,
                seeds.join(",")
            ),
        );
        let gateway = nadul.at_work(&[&["gateway", system], &PLAIN[..]].concat());
        let mut stack = Stack { nadul, database, system, ports, processes: BTreeMap::new(), gateway };
        names.iter().for_each(|name| stack.start(name));
        stack.wait_for_owners();
        stack
    }

    pub fn start(&mut self, name: &str) {
        let (context, _) = name.rsplit_once('-').expect("a process is named after its context");
        let (context, port) = (format!("{}/{context}", self.system), format!("cluster.port={}", self.ports[name]));
        let data = format!("data-{name}");
        let arguments = [&["serve", &context, "--set", &port, "--data", &data], &PLAIN[..]].concat();
        self.processes.insert(name.to_string(), self.nadul.at_work(&arguments));
    }

    pub fn process(&self, name: &str) -> &ServerProcess<'a> {
        &self.processes[name]
    }

    /// The internal address of a process, without its scheme.
    pub fn internal(&self, name: &str) -> String {
        format!("127.0.0.1:{}", self.ports[name])
    }

    pub fn names(&self) -> Vec<String> {
        self.ports.keys().cloned().collect()
    }

    pub fn kill(&mut self, name: &str) {
        self.processes.remove(name).expect("it runs").kill();
    }

    /// In order: its contexts go to other processes.
    pub fn stop(&mut self, name: &str) {
        self.processes.remove(name).expect("it runs").stop();
    }

    pub fn status(&self) -> Vec<Value> {
        let output = self.nadul.run(&["status", self.system, "--json"]);
        assert_eq!(output.code, Some(0), "{output:?}");
        serde_json::from_str(&output.out).expect("the status is JSON")
    }

    /// The process that owns a context now.
    pub fn owner(&self, context: &str) -> Option<String> {
        let status = self.status();
        let of = status.iter().find(|one| one["context"] == context)?;
        let url = of["owner"]["url"].as_str()?;
        let port: u16 = url.rsplit_once(':')?.1.parse().ok()?;
        self.ports.iter().find(|(_, known)| **known == port).map(|(name, _)| name.clone())
    }

    /// Until every context has an owner, and every process that runs is ready.
    pub fn wait_for_owners(&self) {
        let until = Instant::now() + WAIT_LIMIT;
        for process in self.processes.values() {
            process.wait_for_text("/health/ready", "\"status\":\"ready\"");
        }
        while !self.status().iter().all(|one| one["owner"].is_object()) {
            assert!(Instant::now() < until, "{:#?}", self.status());
        }
    }

    /// Until everybody has read what there is.
    fn wait_for_rest(&self) {
        let until = Instant::now() + WAIT_LIMIT;
        let is_behind = |one: &Value| {
            let behind = one["behind"].as_object();
            one["position"].is_null() || behind.is_none_or(|behind| behind.values().any(|late| *late != 0))
        };
        while self.status().iter().any(is_behind) {
            assert!(Instant::now() < until, "{:#?}", self.status());
        }
    }

    /// Everything ends in order, and what is stored is proved.
    pub fn check(self) {
        self.wait_for_rest();
        let (nadul, _kept) = (self.nadul, self.stop_all());
        nadul.check_data();
    }

    /// Everything ends in order.
    pub fn stop_all(self) -> Database {
        let Stack { processes, gateway, database, .. } = self;
        gateway.stop();
        for process in processes.values() {
            process.signal("-TERM");
        }
        for (_, mut process) in processes {
            assert_eq!(process.wait_for_exit().0, Some(0));
        }
        database
    }
}
