//! A seat takes its context over: it claims the store, reads what is durable, and starts the driver.
use super::feed::SeatFeed;
use super::host::ReplicatedHost;
use super::seat::{Seat, SeatRole, Wish};
use super::watch::Watch;
use crate::announcer::LocalAnnouncer;
use kernel::Name;
use runtime::driver::{ContextOpening, Driver, Ports};
use runtime::lives::{self, FoundStore};
use runtime::machine::InjectedFault;
use runtime::port::store::{Result, Store, StoreError, StoreOrigin};
use runtime::port::work::SystemAtWork;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a copy waits for news of the other contexts, some of which may not be there at all.
const HEARD_WITHIN: Duration = Duration::from_secs(5);
const HEAR_AGAIN: Duration = Duration::from_millis(50);

/// A replica that could not take its context over lets others try first: a newer release that can't, again and again, is given the context
/// each time that it says to be ready, and nobody is served in between.
const CLAIM_AGAIN: Duration = Duration::from_secs(2);
const CLAIM_AGAIN_MAX: Duration = Duration::from_secs(60);

impl Watch<'_> {
    pub(super) fn claim(&mut self) {
        let (seat, began) = (self.seat, Instant::now());
        let store = match self.standby.claim() {
            Ok(store) => store,
            Err(StoreError::Busy(_)) => return,
            Err(error) => return self.could_not(&error),
        };
        self.look_once();
        let host = self.host;
        if store.origin() == StoreOrigin::Elsewhere {
            self.hear_of_others(&*store);
        }
        seat.set_role(SeatRole::Takes);
        // what a follower has told of the log ends where the owner begins
        self.follows = None;
        seat.slot.log.close();
        match seat.slot.start(|| host.driver(seat, store)) {
            Ok(()) => {
                seat.set_role(SeatRole::Owns);
                seat.set_fault(None);
                self.failed_claims = 0;
                seat.count_taken_over();
                tracing::info!(
                    context = seat.name(),
                    epoch = seat.ownership().epoch,
                    took_ms = began.elapsed().as_millis() as u64,
                    "this replica owns the context"
                );
                host.relay(seat);
                (host.on_commit)(seat.name(), None);
                host.seats.iter().for_each(|seat| seat.slot.handle.mailbox.news());
            }
            Err(error) => self.could_not(&error),
        }
    }

    fn look_once(&mut self) {
        if let Ok(ownership) = self.standby.look(self.state()) {
            self.seat.looked(ownership);
        }
    }

    /// A copy that comes to life is compared with the stores of the other contexts. They may be starting like this one, so each shows what it
    /// has, and waits for the others a while: one copy alone among stores that were not put back must not work before it is found out.
    fn hear_of_others(&mut self, store: &dyn Store) {
        let (host, name, until) = (self.host, self.seat.name(), Instant::now() + HEARD_WITHIN);
        if let Err(error) = self.show(store.reader()) {
            tracing::debug!(context = name, %error, "what is durable can't be shown yet");
        }
        while !host.has_heard_of_others(name) && Instant::now() < until && self.seat.wish() == Wish::Work {
            self.seat.sleep(HEAR_AGAIN);
            self.look_once();
        }
    }

    /// Whoever can open it may try; this replica does so again after a while.
    fn could_not(&mut self, error: &StoreError) {
        let seat = self.seat;
        let is_final = matches!(error, StoreError::Mismatched(_) | StoreError::Corrupt(_) | StoreError::Foreign(_));
        if is_final || seat.fault().as_deref() != Some(&error.to_string()) {
            tracing::error!(context = seat.name(), %error, "the context can't be taken over");
        }
        seat.set_fault(Some(error.to_string()));
        seat.set_role(if is_final { SeatRole::Stopped(error.to_string()) } else { SeatRole::Follows });
        if let Err(error) = self.standby.release(None) {
            tracing::debug!(context = seat.name(), %error, "the store could not be given back; its lease ends by itself");
        }
        let pause = CLAIM_AGAIN * 2u32.saturating_pow(self.failed_claims);
        self.claim_at = Instant::now() + pause.min(CLAIM_AGAIN_MAX);
        self.failed_claims = self.failed_claims.saturating_add(1);
    }
}

impl ReplicatedHost {
    fn driver(&self, seat: &Seat, store: Box<dyn Store>) -> Result<Driver> {
        let name = seat.name();
        let found = FoundStore::read(name, store.origin(), &*store.reader())?;
        let life = found.life(fastrand::u128(..));
        lives::check_known(&found, &self.found_elsewhere(name))?;
        let opening = ContextOpening {
            life,
            system: self.system.clone(),
            context: name,
            limits: self.limits.clone(),
            settings: self.settings.clone(),
            seed: fastrand::u64(..),
            injected: InjectedFault::None,
        };
        let handle = seat.slot.handle.clone();
        let news = handle.clone();
        let ports = Ports {
            store,
            peers: self.sandbox.clone(),
            feed: Arc::new(SeatFeed {
                seats: self.seats.clone(),
                others: (self.feed)(name, Arc::new(move || news.mailbox.news())),
                own: name,
            }),
            announcer: Arc::new(self.announcer(seat)),
            clock: self.clock.clone(),
            free_disk_mb: self.free_disk_mb.clone(),
        };
        Driver::open(opening, ports, handle)
    }

    /// A context that publishes nothing has no relay.
    fn relay(&self, seat: &Seat) {
        let publishes = |context: &kernel::Context| context.events().any(|event| event.published);
        let is_relayed = self.system.get(seat.name()).is_some_and(publishes);
        if let Some(broker) = self.broker.as_deref().filter(|_| is_relayed) {
            seat.slot.relay_to(broker);
        }
    }

    fn announcer(&self, seat: &Seat) -> LocalAnnouncer {
        let context = seat.name();
        let subscribers = self.seats.iter().map(|seat| seat.slot.handle.clone());
        LocalAnnouncer {
            context,
            log: seat.slot.log.clone(),
            relay: seat.slot.relay.clone(),
            subscribers: subscribers.collect(),
            on_commit: self.on_commit.clone(),
        }
    }

    fn others<'c>(&'c self, context: &'c str) -> impl Iterator<Item = Name> + 'c {
        self.system.contexts.iter().map(|other| other.name).filter(move |other| *other != context)
    }

    /// Whether something is known of each of the other contexts' stores. What is not is asked for.
    fn has_heard_of_others(&self, context: &str) -> bool {
        let unheard = self.others(context).filter(|name| self.head(name).is_none());
        unheard.inspect(|name| self.await_head(name)).count() == 0
    }

    /// What is known of the other contexts' stores.
    fn found_elsewhere(&self, context: &str) -> Vec<FoundStore> {
        let found =
            |name| Some(FoundStore { context: name, head: self.head(name)?, origin: StoreOrigin::Here, calls: vec![] });
        self.others(context).filter_map(found).collect()
    }

    /// Whether the store of a source is the one that a context here has worked with, by the source's newest head.
    pub fn check_source(&self, context: &str, source: &str, head: &kernel::Head) -> std::result::Result<(), String> {
        let name_of = |name: &str| self.system.get(name).map(|context| context.name);
        let (Some(reader), Some(source), Some(own)) = (name_of(context), name_of(source), self.head(context)) else {
            return Ok(());
        };
        let found = |context, head| FoundStore { context, head, origin: StoreOrigin::Here, calls: vec![] };
        let checked = lives::check_source(&found(reader, own), &found(source, head.clone()));
        checked.map_err(|error| error.to_string())
    }
}
