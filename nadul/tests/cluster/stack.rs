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

/// So many processes of a build for tests start and stop beside each other that a machine is slow for moments.
const PATIENCE_MS: u64 = 3000;

/// Ports that were free a moment ago, no two alike.
fn free_ports(many: usize) -> Vec<u16> {
    let bound: Vec<_> = (0..many).map(|_| TcpListener::bind("127.0.0.1:0").expect("a free port")).collect();
    bound.iter().map(|listener| listener.local_addr().expect("its address").port()).collect()
}

impl<'a> Stack<'a> {
    /// With so many processes for each of these contexts, all on Postgres.
    pub fn up(nadul: &'a Nadul, system: &'static str, contexts: &[&str], replicas: usize) -> Stack<'a> {
        let of = |context: &&str| (1..=replicas).map(|at| format!("{context}-{at}")).collect::<Vec<_>>();
        Stack::of_processes(nadul, system, (system, ""), contexts.iter().flat_map(of).collect())
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
        let once = in_files.iter().chain(in_memory).map(|context| format!("{context}-1"));
        let paths = |contexts: &[&str]| {
            contexts.iter().map(|context| format!("{system}/{context}")).collect::<Vec<_>>().join(",")
        };
        Stack::of_processes(nadul, system, (&paths(on_postgres), &paths(in_memory)), twice.chain(once).collect())
    }

    fn of_processes(
        nadul: &'a Nadul,
        system: &'static str,
        (on_postgres, in_memory): (&str, &str),
        names: Vec<String>,
    ) -> Stack<'a> {
        let database = PostgresServer::shared().database();
        let ports: BTreeMap<_, _> = names.iter().cloned().zip(free_ports(names.len())).collect();
        let seeds: Vec<String> = ports.values().map(|port| format!("http://127.0.0.1:{port}")).collect();
        assert_eq!(nadul.run(&["keys", "keys"]).code, Some(0));
        nadul.file(
            "nadul.toml",
            &format!(
                "[memory]\ncontexts = \"{in_memory}\"\n[postgres]\ncontexts = \"{on_postgres}\"\nurl = \"{}\"\n[cluster]\nseeds = \"{}\"\nlinger_ms = 500\n\
                 private_key = \"keys/nadul.pem\"\npublic_keys = \"keys/public\"\n\
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
