//! The system as this process sees it: seats, and contexts elsewhere.
use super::network::SeatNetwork;
use super::opening::{Elsewhere, FeedOfOthers, ReplicaTimes, ReplicatedOpening, TellHeir};
use super::ready::SILENCE;
use super::seat::{Seat, SeatRole, Wish};
use super::watch::Watch;
use crate::clock::SystemClock;
use crate::network::ReachablePeers;
use crate::opening::OnCommit;
use crate::sandbox::Sandbox;
use kernel::{Context, Head, Id, KnownStore, Life, Name, Settings, System, TableName};
use runtime::error::{Error, UnavailableReason};
use runtime::limits::Limits;
use runtime::port::broker::Broker;
use runtime::port::clock::Clock;
use runtime::port::directory::Directory;
use runtime::port::feed::{Slice, SourceLate};
use runtime::port::peers::{Envelope, Peers};
use runtime::port::replica::{Ownership, Standby};
use runtime::port::store::{Reader, Result, StoreError};
use runtime::port::work::{
    Access, AnsweredAt, Answering, Links, ProviderMode, Respond, Snapshot, Status, SystemAtWork,
};
use runtime::request::ClientRequest;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A context is told of a source's groups by so many at once.
const GROUPS_UNTOLD: u64 = 1000;

pub struct ReplicatedHost {
    pub(super) system: Arc<System>,
    pub(super) settings: Settings,
    pub(super) limits: Limits,
    pub(super) times: ReplicaTimes,
    pub(super) seats: Vec<Arc<Seat>>,
    pub(super) sandbox: Arc<Sandbox>,
    pub(super) clock: Arc<dyn Clock>,
    links: Links,
    pub(super) feed: FeedOfOthers,
    pub(super) tell_heir: TellHeir,
    pub(super) on_commit: OnCommit,
    pub(super) free_disk_mb: Arc<dyn Fn() -> u64 + Send + Sync>,
    pub(super) broker: Option<Arc<dyn Broker>>,
    directory: Arc<dyn Directory>,
    head_elsewhere: Box<dyn Fn(&str) -> Option<Head> + Send + Sync>,
    await_head_elsewhere: Box<dyn Fn(&str) + Send + Sync>,
    ownership_elsewhere: Box<dyn Fn(&str) -> Option<Ownership> + Send + Sync>,
    status_elsewhere: Box<dyn Fn(&str) -> Option<Status> + Send + Sync>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    leaving: AtomicBool,
}

/// Why a message was not taken: nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    NotOwner,
    Full,
}

impl ReplicatedHost {
    /// Every seat begins to look at its store; contexts are owned as their stores come free.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn start(opening: ReplicatedOpening) -> std::io::Result<Arc<ReplicatedHost>> {
        let ReplicatedOpening {
            system,
            settings,
            limits,
            times,
            me,
            seats,
            elsewhere,
            on_commit,
            free_disk_mb,
            broker,
        } = opening;
        let Elsewhere { links, peers, feed, directory, head, await_head, ownership, status, tell_heir } = elsewhere;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let seated = seats.iter().map(|(name, _)| Arc::new(Seat::new(name, me.clone(), &limits, clock.clone())));
        let seated: Vec<Arc<Seat>> = seated.collect();
        let network = SeatNetwork { seats: seated.clone(), others: peers };
        let network: Arc<dyn ReachablePeers> = Arc::new(network);
        let host = Arc::new(ReplicatedHost {
            sandbox: Arc::new(Sandbox::new(&system, &limits, network)),
            system,
            settings,
            limits,
            times,
            seats: seated,
            clock,
            links: links.with_broker(broker.is_some()),
            feed,
            tell_heir,
            on_commit,
            free_disk_mb,
            broker,
            directory,
            head_elsewhere: head,
            await_head_elsewhere: await_head,
            ownership_elsewhere: ownership,
            status_elsewhere: status,
            threads: Mutex::default(),
            leaving: AtomicBool::new(false),
        });
        for (seat, (_, standby)) in host.seats.iter().zip(seats) {
            let thread = host.watch(seat.clone(), standby)?;
            host.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        }
        Ok(host)
    }

    fn watch(self: &Arc<Self>, seat: Arc<Seat>, standby: Box<dyn Standby>) -> std::io::Result<JoinHandle<()>> {
        let host = self.clone();
        let name = format!("seat {}", seat.name());
        std::thread::Builder::new().name(name).spawn(move || {
            Watch {
                host: &host,
                seat: &seat,
                standby,
                look_at: Instant::now(),
                looked_at: Instant::now(),
                claim_at: Instant::now(),
                failed_claims: 0,
                follows: None,
            }
            .run();
        })
    }

    pub fn system_name(&self) -> Name {
        self.system.name
    }

    pub fn seats(&self) -> &[Arc<Seat>] {
        &self.seats
    }

    pub fn seat(&self, context: &str) -> Option<&Seat> {
        self.seats.iter().map(Arc::as_ref).find(|seat| seat.name() == context)
    }

    /// A message of another process.
    pub fn take(&self, envelope: Envelope) -> std::result::Result<(), NotTaken> {
        let hears = |seat: &&Seat| seat.slot.handle.mailbox.is_hearing();
        self.seat(&envelope.to).filter(hears).ok_or(NotTaken::NotOwner)?;
        self.sandbox.send(envelope).map_err(|_| NotTaken::Full)
    }

    /// What another context may see of a context's log, behind a position.
    pub fn log(&self, context: &str, after: u64, at_most: usize) -> std::result::Result<Slice, SourceLate> {
        let seat = self.seat(context).ok_or_else(|| SourceLate(format!("{context} has no seat here")))?;
        seat.slot.log.slice(after, at_most, |event| event.published)
    }

    /// Of a context with a seat here, as its store says.
    pub fn ownership_of_seat(&self, context: &str) -> Option<Ownership> {
        self.seat(context).filter(|seat| seat.was_heard_of(SILENCE)).map(Seat::ownership)
    }

    /// How a context stands that works in this process.
    pub fn status_here(&self, context: &str) -> Option<Status> {
        let works_here = self.place(context, Access::Decide) == AnsweredAt::Here;
        works_here.then(|| self.status(context))
    }

    /// What is durable of a context, as far as this process knows.
    pub fn head(&self, context: &str) -> Option<Head> {
        match self.seat(context) {
            Some(seat) => Some(seat.slot.handle.status().head).filter(|_| seat.slot.log.reader().is_some()),
            None => (self.head_elsewhere)(context),
        }
    }

    /// The context was given to this replica.
    pub fn yours(&self, context: &str) {
        if let Some(seat) = self.seat(context) {
            seat.ring();
        }
    }

    /// The internal address of the replica that owns a context with a seat here; `None`: it has no seat here.
    pub fn owner_elsewhere(&self, context: &str) -> Option<Option<String>> {
        self.seat(context).map(|seat| self.owner_of_seat(seat))
    }

    /// Where a context is owned and in which epoch, if it is by this process.
    pub fn owning(&self, context: &str) -> Option<(String, u64)> {
        let seat = self.seat(context).filter(|seat| matches!(seat.role(), SeatRole::Takes | SeatRole::Owns))?;
        Some((seat.me.url.clone(), seat.ownership().epoch))
    }

    /// A context here has heard how far the store of a source has come. It keeps that with a group now and then, so that a source that
    /// goes back is noticed even where nothing was read of it.
    pub fn heard(&self, reader: &str, source: &str, known: KnownStore) {
        let Some(seat) = self.seat(reader).filter(|seat| seat.owns()) else { return };
        let mut stores = seat.slot.handle.status().head.known_stores;
        let is_news = stores
            .get(source)
            .is_none_or(|before| before.life != known.life || before.group.saturating_add(GROUPS_UNTOLD) < known.group);
        if is_news {
            stores.insert(source.to_string(), known);
            seat.slot.handle.tell_known_stores(stores);
        }
    }

    /// No other replica is known that could answer instead of this one. A gateway has no seat, and can't know of other gateways.
    pub fn is_alone(&self) -> bool {
        let others = |seat: &Arc<Seat>| seat.ownership().replicas.iter().any(|replica| replica.id != seat.me.id);
        !self.seats.is_empty() && !self.seats.iter().any(others)
    }

    fn context(&self, name: &str) -> Option<&Context> {
        self.system.get(name)
    }

    fn owner_of_seat(&self, seat: &Seat) -> Option<String> {
        let ownership = seat.ownership();
        let owner = ownership.owner.filter(|_| !ownership.is_free)?;
        (owner.id != seat.me.id && !owner.url.is_empty()).then_some(owner.url)
    }

    pub(super) fn drain_time(&self) -> Duration {
        Duration::from_millis(self.limits.drain_ms)
    }

    fn tell_all(&self, wish: Wish) {
        self.seats.iter().for_each(|seat| seat.want(wish));
    }

    fn all_given(&self, within: Duration) -> bool {
        let until = Instant::now() + within;
        self.seats.iter().all(|seat| {
            let left = until.saturating_duration_since(Instant::now());
            seat.wait_until(left, |role| !matches!(role, SeatRole::Owns | SeatRole::Takes | SeatRole::Gives))
        })
    }

    /// Every context is given to another replica that is ready; this process goes on passing requests on.
    pub fn hand_over(&self) -> bool {
        self.leaving.store(true, Ordering::Relaxed);
        self.tell_all(Wish::Leave);
        self.all_given(self.drain_time() + self.times.finish)
    }
}

impl SystemAtWork for ReplicatedHost {
    fn system(&self) -> &Arc<System> {
        &self.system
    }

    fn links(&self) -> Links {
        self.links
    }

    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn place(&self, context: &str, access: Access) -> AnsweredAt {
        let Some(seat) = self.seat(context) else {
            return AnsweredAt::Elsewhere(match access {
                Access::Read => self.directory.readers(context),
                Access::Decide => self.directory.owner(context).into_iter().collect(),
            });
        };
        // a driver that has just ended by itself answers nobody, before its seat has noticed
        let decides = seat.owns() && seat.slot.handle.is_running();
        match access {
            Access::Decide if decides => AnsweredAt::Here,
            Access::Read if seat.slot.log.reader().is_some() => AnsweredAt::Here,
            Access::Read => {
                let others = seat.ownership().replicas.into_iter().filter(|other| other.id != seat.me.id);
                AnsweredAt::Elsewhere(others.map(|replica| replica.url).filter(|url| !url.is_empty()).collect())
            }
            Access::Decide => AnsweredAt::Elsewhere(self.owner_of_seat(seat).into_iter().collect()),
        }
    }

    fn doubt(&self, context: &str, url: &str) {
        match self.seat(context) {
            Some(seat) => seat.ring(),
            None => self.directory.doubt(context, url),
        }
    }

    fn request(&self, context: &str, request: ClientRequest, respond: Respond) {
        match self.seat(context) {
            Some(seat) => seat.slot.handle.mailbox.request(request, respond),
            None => {
                let retry_after_ms = self.limits.retry_after_ms;
                respond(Err(Error::unavailable(UnavailableReason::ContextDown, context.to_string(), retry_after_ms)));
            }
        }
    }

    fn reader(&self, context: &str) -> Option<Arc<dyn Reader>> {
        self.seat(context)?.slot.log.reader()
    }

    fn table(&self, context: &str, collection: &str) -> Option<TableName> {
        let head = || self.head(context).unwrap_or_default();
        crate::opening::table(self.context(context)?, collection, |view| head().versions.get(view).copied())
    }

    fn answering(&self, context: &str, collection: &str) -> Answering {
        let here = self.seat(context).zip(self.context(context));
        here.map_or(Answering::AsDeclared, |(seat, declared)| seat.slot.handle.answering(declared, collection))
    }

    fn life(&self, context: &str) -> Life {
        self.head(context).map(|head| head.life).unwrap_or_default()
    }

    fn await_head(&self, context: &str) {
        if self.seat(context).is_none() {
            (self.await_head_elsewhere)(context);
        }
    }

    fn status(&self, context: &str) -> Status {
        match self.seat(context) {
            Some(seat) => {
                let status = seat.slot.handle.status();
                Status { fault: status.fault.clone().or(seat.fault()), ..status }
            }
            None => Status { head: self.head(context).unwrap_or_default(), ..Status::default() },
        }
    }

    fn status_elsewhere(&self, context: &str) -> Option<Status> {
        (self.status_elsewhere)(context)
    }

    fn ownership(&self, context: &str) -> Option<Ownership> {
        match self.seat(context) {
            Some(_) => self.ownership_of_seat(context),
            None => (self.ownership_elsewhere)(context),
        }
    }

    fn is_running(&self, context: &str) -> bool {
        match self.seat(context) {
            Some(seat) => seat.owns() || self.owner_of_seat(seat).is_some(),
            None => self.directory.owner(context).is_some(),
        }
    }

    /// Another replica would take it over: a context of several processes is stopped by ending them.
    fn stop_context(&self, _context: &str) {}

    fn start_context(&self, context: &str) -> Result<()> {
        Err(StoreError::Failed(format!("{context} is started by starting its processes")))
    }

    fn resume(&self, context: &str, key: Id, skip: Option<String>) -> std::result::Result<usize, String> {
        let seat = self.seat(context).ok_or_else(|| format!("{context} has no seat in this process"))?;
        let (sender, receiver) = mpsc::sync_channel(1);
        let respond = Box::new(move |result| {
            let _nobody_waits_any_more = sender.send(result);
        });
        if !seat.slot.handle.mailbox.resume(key, skip, respond) {
            return Err(format!("{context} is not owned by this process"));
        }
        let patience = Duration::from_millis(self.limits.operator_wait_ms);
        receiver.recv_timeout(patience).unwrap_or_else(|_| Err(format!("{context} does not answer")))
    }

    fn provider_mode(&self) -> ProviderMode {
        self.sandbox.mode()
    }

    fn set_provider_mode(&self, mode: ProviderMode) {
        self.sandbox.set_mode(mode);
    }

    fn unready_reason(&self) -> Option<String> {
        if self.leaving.load(Ordering::Relaxed) {
            return Some("this process is being stopped".into());
        }
        self.seats.iter().find_map(|seat| self.unready_seat(seat))
    }

    /// Contexts are given away first, see [`ReplicatedHost::hand_over`].
    fn stop_taking(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    fn drain(&self) -> bool {
        let given = self.hand_over();
        self.tell_all(Wish::End);
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a seat's thread broke");
            }
        }
        given
    }

    fn snapshots(&self) -> Result<Vec<(Name, Snapshot)>> {
        Err(StoreError::Failed(
            "This process is one of several and sees its own contexts alone: nadul backup copies a system on Postgres without it.".into(),
        ))
    }

    /// No process of several sees all contexts at one moment: `nadul check` does.
    fn uneven_rules(&self) -> Option<Vec<(String, i128)>> {
        None
    }
}
