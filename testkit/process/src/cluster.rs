//! Processes of systems on Postgres, each known by its context and a number: `taxi/catch-1`.
use crate::nadul::Nadul;
use crate::ports::free_port;
use crate::served::FREE;
use crate::server::{ServerProcess, WAIT_LIMIT};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What there is to be, and how it is set.
#[derive(Clone, Debug, Default)]
pub struct ClusterPlan {
    pub systems: Vec<String>,
    /// `taxi/catch`, and how many processes it has.
    pub contexts: Vec<(String, usize)>,
    /// As `postgres.contexts` says it: what is not named is a file.
    pub on_postgres: String,
    /// As `memory.contexts` says it.
    pub in_memory: String,
    /// Whether the processes speak TLS with each other.
    pub over_tls: bool,
    /// The database.
    pub url: String,
    /// As `postgres.databases` says it: who has another one.
    pub databases: String,
    /// As `--data` names it in what is run beside them: `nadul log` and the like.
    pub data: String,
    /// `taxi.payment_timeout_ms=3000`, for each of them and the gateway.
    pub settings: Vec<String>,
    pub environment: Vec<(String, String)>,
}

pub struct Cluster<'a> {
    nadul: &'a Nadul,
    plan: ClusterPlan,
    members: BTreeMap<String, Member<'a>>,
}

struct Member<'a> {
    /// `taxi/catch`
    context: String,
    /// The internal one, the same in each of its lives.
    port: u16,
    process: Mutex<Option<ServerProcess<'a>>>,
}

impl<'a> Member<'a> {
    fn process(&self) -> MutexGuard<'_, Option<ServerProcess<'a>>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> Cluster<'a> {
    /// All of them are started, and own every context.
    pub fn open(nadul: &'a Nadul, plan: ClusterPlan) -> Cluster<'a> {
        let names = plan.contexts.iter().flat_map(|(context, many)| (1..=*many).map(move |at| (context, at)));
        let member = |(context, at): (&String, usize)| {
            let member = Member { context: context.clone(), port: free_port(), process: Mutex::default() };
            (format!("{context}-{at}"), member)
        };
        let members: BTreeMap<String, Member<'a>> = names.map(member).collect();
        if !nadul.path().join("keys").exists() {
            let certified = if plan.over_tls { &["--tls", &plan.systems[0]][..] } else { &[] };
            assert_eq!(nadul.run(&[&["keys", "keys"], certified].concat()).code, Some(0));
        }
        let scheme = if plan.over_tls { "https" } else { "http" };
        let seeds: Vec<String> =
            members.values().map(|member| format!("{scheme}://127.0.0.1:{}", member.port)).collect();
        let said = [
            ("NADUL_POSTGRES_CONTEXTS", plan.on_postgres.clone()),
            ("NADUL_MEMORY_CONTEXTS", plan.in_memory.clone()),
            ("NADUL_POSTGRES_URL", plan.url.clone()),
            ("NADUL_POSTGRES_DATABASES", plan.databases.clone()),
            ("NADUL_CLUSTER_SEEDS", seeds.join(",")),
            ("NADUL_CLUSTER_PRIVATE_KEY", "keys/nadul.pem".into()),
            ("NADUL_CLUSTER_PUBLIC_KEYS", "keys/public".into()),
        ];
        let certificates = [
            ("NADUL_CLUSTER_ROOT_CERTIFICATE", "keys/root-certificate.pem".to_string()),
            ("NADUL_CLUSTER_CERTIFICATE", "keys/certificate.pem".into()),
            ("NADUL_CLUSTER_CERTIFICATE_KEY", "keys/certificate-key.pem".into()),
        ];
        nadul.know(&plan.data, said.into_iter().chain(certificates.into_iter().filter(|_| plan.over_tls)).collect());
        let cluster = Cluster { nadul, plan, members };
        cluster.start_all();
        cluster
    }

    /// One more address for clients.
    pub fn gateway(&self) -> ServerProcess<'a> {
        self.gateway_with(&[])
    }

    /// The same with more arguments.
    pub fn gateway_with(&self, arguments: &[&str]) -> ServerProcess<'a> {
        let systems: Vec<&str> = self.plan.systems.iter().map(String::as_str).collect();
        self.run(&[&["gateway"], &systems[..], arguments].concat())
    }

    /// The server that a test asks: a gateway with all of them behind it.
    pub fn behind_a_gateway(self) -> ServerProcess<'a> {
        let mut server = self.gateway();
        server.cluster = Some(self);
        server
    }

    fn run(&self, words: &[&str]) -> ServerProcess<'a> {
        let settings = self.plan.settings.iter().flat_map(|setting| ["--set", setting]);
        let arguments: Vec<&str> = words.iter().copied().chain(FREE).chain(settings).collect();
        let mut command = self.nadul.command_on(&self.plan.data, &arguments);
        command.envs(self.plan.environment.iter().map(|(name, value)| (name, value)));
        self.nadul.start(command)
    }

    fn launch<'n>(&self, names: impl IntoIterator<Item = &'n String>) {
        names.into_iter().for_each(|name| self.launch_with(name, &[]));
    }

    /// With more arguments than the others have. It is not waited for.
    pub fn launch_with(&self, name: &str, arguments: &[&str]) {
        let member = self.member(name);
        let (port, data) = (format!("cluster.port={}", member.port), format!("data-{}", name.replace('/', "-")));
        let words = ["serve", &member.context, "--data", &data, "--set", &port];
        let mut process = self.run(&[&words, arguments].concat());
        if self.plan.settings.iter().any(|setting| setting == "access.mode=local") {
            process.sign_in(self.operators_token(&data));
        }
        *member.process() = Some(process);
    }

    /// Of a process that has this data folder.
    fn operators_token(&self, data: &str) -> String {
        let said = self.nadul.run(&["token", "--subject", "ann", "--role", "operator", "--data", data]);
        assert_eq!(said.code, Some(0), "{said:?}");
        said.out.trim_end().to_string()
    }

    /// In a new life, at its old internal port. It is ready when this returns.
    pub fn start(&self, name: &str) {
        self.launch([&name.to_string()]);
        self.at(name, wait_until_ready);
    }

    /// Whoever does not run; none is waited for.
    pub fn launch_all(&self) {
        self.launch(self.members.keys().filter(|name| !self.runs(name)));
    }

    pub fn start_all(&self) {
        self.launch_all();
        self.wait_until_ready();
        self.wait_until_owned();
    }

    /// By processes that run: the lease of one that was killed may stand for a while.
    #[track_caller]
    fn wait_until_owned(&self) {
        let until = Instant::now() + WAIT_LIMIT;
        let owned = || {
            let all = self.plan.systems.iter().flat_map(|system| {
                let own = self.contexts_of(system).into_iter().filter(|one| one["running"] == true);
                own.map(move |one| format!("{system}/{}", text(&one["context"])))
            });
            all.collect::<Vec<_>>()
        };
        let are_owned = |known: Vec<String>| self.plan.contexts.iter().all(|(context, _)| known.contains(context));
        while !are_owned(owned()) {
            assert!(Instant::now() < until, "{:#?}", self.status());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn wait_until_ready(&self) {
        self.members.values().for_each(|member| member.process().iter().for_each(wait_until_ready));
    }

    fn member(&self, name: &str) -> &Member<'a> {
        self.members.get(name).unwrap_or_else(|| panic!("there is no process {name}"))
    }

    pub fn names(&self) -> Vec<String> {
        self.members.keys().cloned().collect()
    }

    /// The internal address of a process, without its scheme.
    pub fn internal(&self, name: &str) -> String {
        format!("127.0.0.1:{}", self.member(name).port)
    }

    /// The processes of a context.
    pub fn names_of(&self, context: &str) -> Vec<String> {
        let of = self.members.iter().filter(|(_, member)| member.context == context);
        of.map(|(name, _)| name.clone()).collect()
    }

    pub fn runs(&self, name: &str) -> bool {
        self.member(name).process().is_some()
    }

    /// With one that runs.
    #[track_caller]
    pub fn at<T>(&self, name: &str, act: impl FnOnce(&ServerProcess<'a>) -> T) -> T {
        act(self.member(name).process().as_ref().unwrap_or_else(|| panic!("{name} does not run")))
    }

    /// In order: its contexts go to other processes, where there are any.
    #[track_caller]
    pub fn stop(&self, name: &str) {
        self.member(name).process().take().expect("it runs").stop();
    }

    /// A context is down: none of its processes runs.
    #[track_caller]
    pub fn stop_context(&self, context: &str) {
        self.names_of(context).iter().filter(|name| self.runs(name)).for_each(|name| self.stop(name));
    }

    #[track_caller]
    pub fn start_context(&self, context: &str) {
        let names = self.names_of(context);
        self.launch(names.iter().filter(|name| !self.runs(name)));
        names.iter().for_each(|name| self.at(name, wait_until_ready));
    }

    /// As kill −9 does.
    #[track_caller]
    pub fn kill(&self, name: &str) {
        self.member(name).process().take().expect("it runs").kill();
    }

    /// All at once, in order.
    #[track_caller]
    pub fn stop_all(&self) {
        self.end_all("-TERM").into_iter().for_each(|mut process| assert_eq!(process.wait_for_exit().0, Some(0)));
    }

    /// All at once, as when their machine goes.
    pub fn kill_all(&self) {
        self.end_all("-KILL").into_iter().for_each(|mut process| {
            process.wait_for_exit();
        });
    }

    fn end_all(&self, signal: &str) -> Vec<ServerProcess<'a>> {
        let ended: Vec<_> = self.members.values().filter_map(|member| member.process().take()).collect();
        ended.iter().for_each(|process| {
            process.signal(signal);
        });
        ended
    }

    /// What `nadul status` says.
    pub fn status(&self) -> Vec<Value> {
        let systems: Vec<&str> = self.plan.systems.iter().map(String::as_str).collect();
        let arguments = [&["status", "--json"], &systems[..], &["--data", &self.plan.data]].concat();
        let output = self.nadul.run(&arguments);
        assert_eq!(output.code, Some(0), "{output:?}");
        serde_json::from_str(&output.out).expect("the status is JSON")
    }

    /// The process that owns a context now, as the others say.
    pub fn owner(&self, context: &str) -> Option<String> {
        let status = self.status();
        let path = |one: &Value| format!("{}/{}", text(&one["system"]), text(&one["context"]));
        let url = text(&status.iter().find(|one| path(one) == context)?["owner"]["url"]).to_string();
        let port: u16 = url.rsplit_once(':')?.1.parse().ok()?;
        self.members.iter().find(|(_, member)| member.port == port).map(|(name, _)| name.clone())
    }

    /// Until every context has an owner, and every process that runs is ready.
    #[track_caller]
    pub fn wait_for_owners(&self) {
        let until = Instant::now() + WAIT_LIMIT;
        self.wait_until_ready();
        while !self.status().iter().all(|one| one["owner"].is_object()) {
            assert!(Instant::now() < until, "{:#?}", self.status());
        }
    }

    /// What each process of a system says of its own context. It runs where the process owns it: what others say of an owner may be old.
    pub(crate) fn contexts_of(&self, system: &str) -> Vec<Value> {
        let own = self.members.values().filter(|member| of_system(&member.context) == system);
        let say = |member: &Member<'a>| {
            let (process, name) = (member.process(), member.context.rsplit('/').next()?);
            let client = process.as_ref()?.client();
            let read = |path: &str| client.request("GET", path, &[], "");
            let seat = format!("nadul_seat{{system=\"{system}\",context=\"{name}\",role=\"owner\"}} 1");
            let owns = read("/metrics")?.text.contains(&seat);
            let mut contexts = read(&format!("/{system}/operator/contexts"))?.json()["contexts"].take();
            let mut said = contexts.as_array_mut()?.iter_mut().find(|one| one["context"] == name)?.take();
            said["running"] = owns.into();
            Some(said)
        };
        own.filter_map(say).collect()
    }

    pub(crate) fn systems(&self) -> &[String] {
        &self.plan.systems
    }
}

fn wait_until_ready(process: &ServerProcess<'_>) {
    process.wait_for_text("/health/ready", "\"status\":\"ready\"");
}

fn of_system(context: &str) -> &str {
    context.split('/').next().unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
