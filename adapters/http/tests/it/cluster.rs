//! Several edges of one system: inner ones that answer what is passed on to them, and outer ones that have no context of their own.
use crate::client::Client;
use crate::proxy::Proxy;
use crate::test_server::{TestServer, host, recorder, settings};
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use bytes::Bytes;
use http_body_util::Full;
use http_edge::{Callers, Edge, HostedSystem, NoAnswer, PassOn, SentOn, serve};
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use kernel::{Id, Life, Name, System, TableName};
use runtime::error::{Error, UnavailableReason};
use runtime::limits::Limits;
use runtime::port::store::{Reader, Result};
use runtime::port::work::{Access, AnsweredAt, Answering, ProviderMode, Respond, Snapshot, Status, SystemAtWork};
use runtime::request::ClientRequest;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Where a process believes that every context is, and what it is told of it.
#[derive(Default)]
pub struct Belief {
    pub owner: Mutex<Option<AnsweredAt>>,
    pub readers: Mutex<Option<AnsweredAt>>,
    pub doubted: Mutex<Vec<String>>,
    /// Where the owner is as soon as the next command has come, which this process does not do any more.
    pub lost_at_next: Mutex<Option<AnsweredAt>>,
    /// What answers for every collection, where that is not what is declared.
    pub answering: Mutex<Option<Answering>>,
}

impl Belief {
    pub fn owner_is(&self, urls: &[&str]) {
        *self.owner.lock().expect("a belief") = Some(elsewhere(urls));
    }

    pub fn readers_are(&self, urls: &[&str]) {
        *self.readers.lock().expect("a belief") = Some(elsewhere(urls));
    }

    /// This process answers everything.
    pub fn all_is_here(&self) {
        *self.owner.lock().expect("a belief") = None;
        *self.readers.lock().expect("a belief") = None;
    }

    pub fn is_lost_at_next_command(&self, urls: &[&str]) {
        *self.lost_at_next.lock().expect("a belief") = Some(elsewhere(urls));
    }

    pub fn views_are(&self, answering: Answering) {
        *self.answering.lock().expect("a belief") = Some(answering);
    }

    pub fn doubted(&self) -> Vec<String> {
        self.doubted.lock().expect("a belief").clone()
    }

    fn place(&self, access: Access) -> AnsweredAt {
        let believed = match access {
            Access::Read => &self.readers,
            Access::Decide => &self.owner,
        };
        believed.lock().expect("a belief").clone().unwrap_or(AnsweredAt::Here)
    }
}

fn elsewhere(urls: &[&str]) -> AnsweredAt {
    AnsweredAt::Elsewhere(urls.iter().map(|url| url.to_string()).collect())
}

/// A system at work as one process knows it. What is elsewhere is not there: only heads and lives are known.
struct Process {
    real: Arc<dyn SystemAtWork>,
    belief: Arc<Belief>,
}

impl Process {
    fn is_here(&self, access: Access) -> bool {
        self.belief.place(access) == AnsweredAt::Here
    }
}

impl SystemAtWork for Process {
    fn system(&self) -> &Arc<System> {
        self.real.system()
    }

    fn place(&self, _: &str, access: Access) -> AnsweredAt {
        self.belief.place(access)
    }

    fn doubt(&self, _: &str, url: &str) {
        self.belief.doubted.lock().expect("a belief").push(url.to_string());
    }

    fn limits(&self) -> &Limits {
        self.real.limits()
    }

    fn request(&self, context: &str, request: ClientRequest, respond: Respond) {
        if let Some(place) = self.belief.lost_at_next.lock().expect("a belief").take() {
            *self.belief.owner.lock().expect("a belief") = Some(place);
        }
        match self.is_here(Access::Decide) {
            true => self.real.request(context, request, respond),
            false => respond(Err(Error::unavailable(UnavailableReason::ContextDown, context.to_string(), 1000))),
        }
    }

    fn reader(&self, context: &str) -> Option<Arc<dyn Reader>> {
        self.is_here(Access::Read).then(|| self.real.reader(context))?
    }

    fn table(&self, context: &str, collection: &str) -> Option<TableName> {
        self.is_here(Access::Read).then(|| self.real.table(context, collection))?
    }

    fn answering(&self, context: &str, collection: &str) -> Answering {
        let believed = *self.belief.answering.lock().expect("a belief");
        believed.unwrap_or_else(|| self.real.answering(context, collection))
    }

    fn life(&self, context: &str) -> Life {
        self.real.life(context)
    }

    fn status(&self, context: &str) -> Status {
        self.real.status(context)
    }

    fn is_running(&self, context: &str) -> bool {
        self.is_here(Access::Decide) && self.real.is_running(context)
    }

    fn stop_context(&self, context: &str) {
        assert!(self.is_here(Access::Decide));
        self.real.stop_context(context);
    }

    fn start_context(&self, context: &str) -> Result<()> {
        assert!(self.is_here(Access::Decide));
        self.real.start_context(context)
    }

    fn resume(&self, context: &str, key: Id, skip: Option<String>) -> std::result::Result<usize, String> {
        assert!(self.is_here(Access::Decide));
        self.real.resume(context, key, skip)
    }

    fn provider_mode(&self) -> ProviderMode {
        assert!(self.is_here(Access::Decide));
        self.real.provider_mode()
    }

    fn set_provider_mode(&self, mode: ProviderMode) {
        assert!(self.is_here(Access::Decide));
        self.real.set_provider_mode(mode);
    }

    fn unready_reason(&self) -> Option<String> {
        self.real.unready_reason()
    }

    fn stop_taking(&self) {}

    fn drain(&self) -> bool {
        true
    }

    fn snapshots(&self) -> Result<Vec<(Name, Snapshot)>> {
        Ok(vec![])
    }

    fn uneven_rules(&self) -> Option<Vec<(String, i128)>> {
        self.real.uneven_rules()
    }
}

/// What the test's processes carry from one to another, as the internal port checks it.
pub const TOKEN: &str = "Bearer test";

fn pass_on() -> Option<PassOn> {
    let client: legacy::Client<_, Full<Bytes>> =
        legacy::Client::builder(TokioExecutor::new()).retry_canceled_requests(false).build_http();
    let send = move |_: &str, _: &str, mut request: axum::http::Request<Full<Bytes>>| -> SentOn {
        request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_static(TOKEN));
        let no_answer = |error: legacy::Error| match error.is_connect() {
            true => NoAnswer::NotSent,
            false => NoAnswer::Broken,
        };
        let asked = client.request(request);
        Box::pin(async move { asked.await.map_err(no_answer) })
    };
    Some(PassOn { send: Arc::new(send) })
}

/// One process: its edge, and its internal port.
pub struct Member {
    pub server: TestServer,
    pub belief: Arc<Belief>,
    /// The base of its internal port.
    pub url: String,
    /// How many requests came to its internal port.
    pub asked: Arc<AtomicUsize>,
    /// The headers of the newest of them.
    pub heard: Arc<Mutex<HeaderMap>>,
}

impl Member {
    async fn open(of: &HostedSystem, more: &[(&'static str, &str)]) -> Member {
        let belief = Arc::<Belief>::default();
        let work = Arc::new(Process { real: of.work.clone(), belief: belief.clone() }) as Arc<dyn SystemAtWork>;
        let shutdown = CancellationToken::new();
        let edge = Edge {
            systems: vec![HostedSystem { work: work.clone(), hub: of.hub.clone() }],
            settings: settings(more),
            identity: Arc::default(),
            callers: Callers::default(),
            render_metrics: recorder(),
            pages: None,
            shutdown: shutdown.clone(),
            connections_max: 4096,
            pass_on: pass_on(),
        };
        let serving = serve(edge).await.expect("the edge opens");
        let (asked, heard) = (Arc::<AtomicUsize>::default(), Arc::<Mutex<HeaderMap>>::default());
        let (count, last) = (asked.clone(), heard.clone());
        let guard = from_fn(move |request: Request, next: Next| {
            count.fetch_add(1, Ordering::Relaxed);
            *last.lock().expect("headers") = request.headers().clone();
            async move {
                let is_known = request.headers().get("authorization").is_some_and(|token| token == TOKEN);
                if is_known { next.run(request).await } else { StatusCode::UNAUTHORIZED.into_response() }
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let internal = serving.internal_router().layer(guard);
        tokio::spawn(async move { axum::serve(listener, internal).await });
        let server = TestServer { gateway: Client(serving.gateway), serving, systems: vec![work], shutdown };
        Member { server, belief, url, asked, heard }
    }

    pub fn gateway(&self) -> Client {
        self.server.gateway
    }

    /// A client at its internal port.
    pub fn internal(&self) -> Client {
        Client(self.url.strip_prefix("http://").and_then(|address| address.parse().ok()).expect("an address"))
    }

    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

/// Two processes that can own every context, one of which does, and one that can't.
pub struct Cluster {
    pub inner: [Member; 2],
    pub outer: Member,
    /// Between the outer edge and each inner one.
    pub proxies: [Proxy; 2],
}

impl Cluster {
    pub async fn open(system: System) -> Cluster {
        Cluster::open_with(system, &[], &[]).await
    }

    pub async fn open_with(
        system: System,
        of_inner: &[(&'static str, &str)],
        of_outer: &[(&'static str, &str)],
    ) -> Cluster {
        let hosted = host(system);
        let inner = [Member::open(&hosted, of_inner).await, Member::open(&hosted, of_inner).await];
        let proxies = [Proxy::open(&inner[0].url).await, Proxy::open(&inner[1].url).await];
        let outer = Member::open(&hosted, of_outer).await;
        let cluster = Cluster { inner, outer, proxies };
        cluster.give_to(0);
        cluster
    }

    /// One inner process owns everything from now on; all of them know.
    pub fn give_to(&self, owner: usize) {
        self.inner[1 - owner].belief.owner_is(&[&self.proxies[owner].url]);
        self.inner[owner].belief.all_is_here();
        self.outer.belief.owner_is(&[&self.proxies[owner].url]);
        self.outer.belief.readers_are(&[&self.proxies[owner].url, &self.proxies[1 - owner].url]);
    }

    pub fn gateway(&self) -> Client {
        self.outer.gateway()
    }

    /// How many rows a collection has.
    pub async fn count(&self, path: &str) -> u64 {
        let owner = if self.inner[0].belief.place(Access::Decide) == AnsweredAt::Here { 0 } else { 1 };
        let list = self.inner[owner].gateway().get(path).await;
        list.json()["page"]["totalElements"].as_u64().expect("a total")
    }
}
