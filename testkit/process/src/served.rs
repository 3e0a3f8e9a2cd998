//! The server of a test, on the stack that the tests are told.
use crate::cluster::{Cluster, ClusterPlan};
use crate::nadul::Nadul;
use crate::server::ServerProcess;
use crate::stack::{self, expect_embedded};
use serde_json::Value;

pub(crate) const FREE: [&str; 6] =
    ["--set", "http.gateway_port=0", "--set", "http.context_ports=off", "--set", "http.access_log_every=0"];

/// So that a process that was killed, or a context that nobody has, is not waited for longer than a test has to; and what many processes keep open.
const QUICK: [&str; 5] = [
    "postgres.lease_ms=2000",
    "postgres.heartbeat_ms=500",
    "http.handover_hold_ms=1500",
    "cluster.linger_ms=200",
    "postgres.readers_max=2",
];

impl Nadul {
    pub fn serve(&self, arguments: &[&str]) -> ServerProcess<'_> {
        self.serve_with(&[], arguments)
    }

    pub fn serve_with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> ServerProcess<'_> {
        if let Some(replicas) = stack::replicas() {
            return self.serve_as_many(replicas, environment, arguments);
        }
        let mut command = self.command(&[&["run"], &FREE[..], arguments].concat());
        command.envs(environment.iter().copied());
        self.start(command)
    }

    /// Without any setting of ours: on the ports its page names, unless the arguments say otherwise.
    pub fn serve_on_its_ports(&self, environment: &[(&str, &str)], arguments: &[&str]) -> ServerProcess<'_> {
        expect_embedded("a context's own port");
        let mut command = self.command(&[&["run"], arguments].concat());
        command.envs(environment.iter().copied());
        self.start(command)
    }

    /// The same, after words of a shell whose place the process then takes: limits, where its log goes.
    pub fn serve_through_shell(&self, words: &str, arguments: &[&str]) -> ServerProcess<'_> {
        expect_embedded("a process started by a shell");
        self.start(self.command_through_shell(words, &[&["run"], &FREE[..], arguments].concat()))
    }

    /// Any command that serves until it is stopped, with these arguments alone.
    pub fn at_work(&self, arguments: &[&str]) -> ServerProcess<'_> {
        self.start(self.command(arguments))
    }

    fn serve_as_many(&self, replicas: usize, environment: &[(&str, &str)], arguments: &[&str]) -> ServerProcess<'_> {
        let asked = Asked::read(arguments);
        let known = self.systems();
        let named = |name: &str| asked.systems.is_empty() || asked.systems.contains(&name);
        let chosen: Vec<&(String, Vec<String>)> = known.iter().filter(|(name, _)| named(name)).collect();
        let paths = chosen.iter().flat_map(|(name, contexts)| contexts.iter().map(move |at| format!("{name}/{at}")));
        let owned = |(name, value): &(&str, &str)| (name.to_string(), value.to_string());
        let cluster = Cluster::open(
            self,
            ClusterPlan {
                systems: chosen.iter().map(|(name, _)| name.clone()).collect(),
                contexts: paths.map(|path| (path, replicas)).collect(),
                on_postgres: "all".into(),
                in_memory: String::new(),
                databases: String::new(),
                over_tls: false,
                url: self.database_of(asked.data),
                data: asked.data.into(),
                settings: QUICK.iter().chain(&asked.settings).map(|setting| setting.to_string()).collect(),
                environment: environment.iter().map(owned).collect(),
            },
        );
        cluster.behind_a_gateway()
    }

    /// Every system of the binary, with its contexts.
    fn systems(&self) -> Vec<(String, Vec<String>)> {
        let said: Vec<Value> = serde_json::from_str(&self.run(&["systems", "--json"]).out).expect("JSON");
        let name = |of: &Value| of["name"].as_str().expect("a name").to_string();
        let contexts = |of: &Value| of["contexts"].as_array().into_iter().flatten().map(name).collect();
        said.iter().map(|system| (name(system), contexts(system))).collect()
    }
}

/// What `nadul run` is asked for, as far as processes of several take it.
#[derive(Default)]
struct Asked<'a> {
    systems: Vec<&'a str>,
    data: &'a str,
    settings: Vec<&'a str>,
}

impl<'a> Asked<'a> {
    fn read(arguments: &[&'a str]) -> Asked<'a> {
        let (mut asked, mut words) = (Asked::default(), arguments.iter().copied());
        while let Some(word) = words.next() {
            match word {
                "--data" => asked.data = words.next().unwrap_or_default(),
                "--set" => asked.settings.extend(words.next()),
                word if word.starts_with('-') => panic!("{word} is nothing for many processes"),
                system => asked.systems.push(system),
            }
        }
        asked
    }
}
