//! The contexts of one system in this process, as its edge, the command line and an operator see them.
use crate::announcer::LocalAnnouncer;
use crate::clock::SystemClock;
use crate::feed::LocalFeed;
use crate::network::LocalPeers;
use crate::opening::{self, SystemOpening};
use crate::sandbox::Sandbox;
use crate::slot::{Slot, wait_until};
use crate::stores::{self, LivingStore};
use crate::{snapshots, uneven};
use kernel::{Context, Id, Life, Name, System, TableName};
use runtime::driver::{self, Driver, Ports};
use runtime::error::{Error, UnavailableReason};
use runtime::limits::Limits;
use runtime::machine::InjectedFault;
use runtime::port::clock::Clock;
use runtime::port::store::{Reader, Result, StoreError};
use runtime::port::work::{Answering, Links, ProviderMode, Respond, Snapshot, Status, SystemAtWork};
use runtime::request::ClientRequest;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

pub struct Host {
    opening: SystemOpening,
    slots: Vec<Slot>,
    sandbox: Arc<Sandbox>,
    clock: Arc<dyn Clock>,
    draining: AtomicBool,
}

impl Host {
    /// Opens every store, recovers every context and starts its thread; or names the context whose store can't be opened, and why.
    pub fn start(opening: SystemOpening) -> std::result::Result<Arc<Host>, (Name, StoreError)> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let slot = |context: &Context| Slot::new(context.name, &opening.limits, clock.clone());
        let slots: Vec<Slot> = opening.system.contexts.iter().map(slot).collect();
        let handles = slots.iter().map(|slot| slot.handle.clone()).collect();
        let sandbox = Arc::new(Sandbox::new(&opening.system, &opening.limits, Arc::new(LocalPeers { handles })));
        let host = Arc::new(Host { opening, slots, sandbox, clock, draining: AtomicBool::new(false) });
        let mut stores = stores::open_all(&host.opening)?;
        for slot in &host.slots {
            let store = stores.remove(slot.handle.name);
            if let Err(error) = store.map_or(Ok(()), |store| host.start_slot(slot, || Ok(store))) {
                host.drain();
                return Err((slot.handle.name, error));
            }
        }
        host.tell_known_stores();
        Ok(host)
    }

    /// Each context hears how far the stores of the others have come, so that a store that goes back is noticed at the next start.
    fn tell_known_stores(&self) {
        let store = |slot: &Slot| Some((slot.handle.name.to_string(), slot.handle.known_store()?));
        let all: BTreeMap<_, _> = self.slots.iter().filter_map(store).collect();
        for slot in &self.slots {
            let mut others = all.clone();
            others.remove(slot.handle.name);
            slot.handle.tell_known_stores(others);
        }
    }

    fn start_slot(&self, slot: &Slot, open: impl FnOnce() -> Result<LivingStore>) -> Result<()> {
        let was_running = slot.handle.is_running();
        slot.start(|| self.driver(slot, open()?))?;
        if !was_running {
            self.relay(slot);
        }
        (self.opening.on_commit)(slot.handle.name, None);
        self.slots.iter().for_each(|slot| slot.handle.mailbox.news());
        Ok(())
    }

    /// A context that publishes nothing has no relay.
    fn relay(&self, slot: &Slot) {
        let publishes = self.context(slot).events().any(|event| event.published);
        if let Some(broker) = self.opening.broker.as_deref().filter(|_| publishes) {
            slot.relay_to(broker);
        }
    }

    fn driver(&self, slot: &Slot, LivingStore { store, life }: LivingStore) -> Result<Driver> {
        let context = self.context(slot);
        let SystemOpening { system, settings, limits, free_disk_mb, .. } = &self.opening;
        let opening = driver::ContextOpening {
            life,
            system: system.clone(),
            context: context.name,
            limits: limits.clone(),
            settings: settings.clone(),
            seed: fastrand::u64(..),
            injected: InjectedFault::None,
        };
        let ports = Ports {
            store,
            peers: self.sandbox.clone(),
            feed: Arc::new(LocalFeed {
                logs: self.slots.iter().map(|slot| slot.log.clone()).collect(),
                own: context.name,
            }),
            announcer: Arc::new(self.announcer(slot)),
            clock: self.clock.clone(),
            free_disk_mb: free_disk_mb.clone(),
        };
        Driver::open(opening, ports, slot.handle.clone())
    }

    fn context(&self, slot: &Slot) -> &Context {
        self.opening.system.get(slot.handle.name).expect("each slot is made of a context of the system")
    }

    fn announcer(&self, slot: &Slot) -> LocalAnnouncer {
        let context = slot.handle.name;
        let reads = |other: &&Slot| self.context(other).sources().contains(&context);
        let subscribers = self.slots.iter().filter(reads).map(|slot| slot.handle.clone()).collect();
        let (log, relay) = (slot.log.clone(), slot.relay.clone());
        LocalAnnouncer { context, log, subscribers, relay, on_commit: self.opening.on_commit.clone() }
    }

    fn slot(&self, context: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.handle.name == context)
    }

    fn operator_wait(&self) -> Duration {
        Duration::from_millis(self.opening.limits.operator_wait_ms)
    }

    fn drain_time(&self) -> Duration {
        Duration::from_millis(self.opening.limits.drain_ms)
    }
}

fn no_such(context: &str) -> String {
    format!("there is no context {context}")
}

impl SystemAtWork for Host {
    fn system(&self) -> &Arc<System> {
        &self.opening.system
    }

    fn links(&self) -> Links {
        Links::default().with_broker(self.opening.broker.is_some())
    }

    fn limits(&self) -> &Limits {
        &self.opening.limits
    }

    fn request(&self, context: &str, request: ClientRequest, respond: Respond) {
        match self.slot(context) {
            Some(slot) if self.draining.load(Ordering::Relaxed) => {
                respond(Err(slot.handle.mailbox.turned_away(UnavailableReason::ContextDown)))
            }
            Some(slot) => slot.handle.mailbox.request(request, respond),
            None => {
                let retry_after_ms = self.opening.limits.retry_after_ms;
                respond(Err(Error::unavailable(UnavailableReason::ContextDown, context.to_string(), retry_after_ms)));
            }
        }
    }

    fn reader(&self, context: &str) -> Option<Arc<dyn Reader>> {
        self.slot(context)?.log.reader()
    }

    fn table(&self, context: &str, collection: &str) -> Option<TableName> {
        let slot = self.slot(context)?;
        opening::table(self.context(slot), collection, |view| slot.handle.version(view))
    }

    fn answering(&self, context: &str, collection: &str) -> Answering {
        let slot = self.slot(context);
        slot.map_or(Answering::AsDeclared, |slot| slot.handle.answering(self.context(slot), collection))
    }

    fn life(&self, context: &str) -> Life {
        self.slot(context).map(|slot| slot.handle.life()).unwrap_or_default()
    }

    fn status(&self, context: &str) -> Status {
        self.slot(context).map(|slot| slot.handle.status()).unwrap_or_default()
    }

    fn is_running(&self, context: &str) -> bool {
        self.slot(context).is_some_and(|slot| slot.handle.is_running())
    }

    fn stop_context(&self, context: &str) {
        if let Some(slot) = self.slot(context) {
            slot.finish(self.drain_time());
            self.tell_known_stores();
        }
    }

    fn start_context(&self, context: &str) -> Result<()> {
        let slot = self.slot(context).ok_or_else(|| StoreError::Failed(no_such(context)))?;
        self.start_slot(slot, || stores::open_one(&self.opening, self.context(slot), &self.slots))?;
        self.tell_known_stores();
        Ok(())
    }

    fn resume(&self, context: &str, key: Id, skip: Option<String>) -> std::result::Result<usize, String> {
        let slot = self.slot(context).ok_or_else(|| no_such(context))?;
        let (sender, receiver) = mpsc::sync_channel(1);
        let respond = Box::new(move |result| {
            let _nobody_waits_any_more = sender.send(result);
        });
        if !slot.handle.mailbox.resume(key, skip, respond) {
            return Err(format!("{context} is stopped: start it first"));
        }
        receiver.recv_timeout(self.operator_wait()).unwrap_or_else(|_| Err(format!("{context} does not answer")))
    }

    fn provider_mode(&self) -> ProviderMode {
        self.sandbox.mode()
    }

    fn set_provider_mode(&self, mode: ProviderMode) {
        self.sandbox.set_mode(mode);
    }

    fn unready_reason(&self) -> Option<String> {
        if self.draining.load(Ordering::Relaxed) {
            return Some("the system is being stopped".into());
        }
        let lost = |slot: &Slot| {
            let fault = slot.handle.status().fault.filter(|_| !slot.handle.is_running())?;
            Some(format!("{} has stopped: {fault}", slot.handle.name))
        };
        if let Some(why) = self.slots.iter().find_map(lost) {
            return Some(why);
        }
        let running = self.slots.iter().filter(|slot| slot.handle.is_running());
        running.map(|slot| (slot.handle.name, slot.handle.status())).find_map(|(name, status)| match status {
            Status { in_doubt, .. } if in_doubt > 0 => {
                Some(format!("{name} recovers: {in_doubt} contexts have still to answer"))
            }
            Status { stalled_consumer, .. } => stalled_consumer.map(|why| format!("{name} stands still: {why}")),
        })
    }

    fn stop_taking(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    fn drain(&self) -> bool {
        self.stop_taking();
        let finished = wait_until(self.drain_time(), || !self.slots.iter().any(Slot::is_busy));
        self.tell_known_stores();
        self.slots.iter().for_each(|slot| slot.relay.ask_to_end()); // all at once, before the first is waited for
        self.slots.iter().for_each(Slot::stop);
        finished
    }

    fn snapshots(&self) -> Result<Vec<(Name, Snapshot)>> {
        snapshots::take(&self.slots, self.operator_wait())
    }

    fn uneven_rules(&self) -> Option<Vec<(String, i128)>> {
        Some(uneven::rules(&self.opening.system, &self.slots))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.slots.iter().for_each(Slot::stop);
    }
}
