//! The loop of one context: take what came, decide, make it durable in one group, let the messages leave.
//!
//! A driver never blocks and never reads a clock of its own: it is given its ports, does one turn at a time and says when it wants the next
//! one. A thread runs it in the product, and the simulation runs the same code from one seed.
mod deliver;
mod durable;
mod handle;
mod lease;
mod mailbox;
mod poll;
mod recovery;
mod stall;

pub use handle::ContextHandle;
pub use mailbox::{Bell, Incoming, Mailbox, PauseRequest, RespondResumed};

use crate::error::UnavailableReason;
use crate::limits::Limits;
use crate::machine::{InjectedFault, Input, Machine};
use crate::port::clock::{Clock, Moment, Now};
use crate::port::feed::{Announcer, Feed};
use crate::port::peers::{Envelope, Peers};
use crate::port::store::{Result, Store};
use crate::port::work::Respond;
use kernel::{Life, Name, Settings, System};
use mailbox::Arrival;
use recovery::Failing;
use stall::Stalls;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a driver stands on.
pub struct Ports {
    pub store: Box<dyn Store>,
    pub peers: Arc<dyn Peers>,
    pub feed: Arc<dyn Feed>,
    pub announcer: Arc<dyn Announcer>,
    pub clock: Arc<dyn Clock>,
    /// Room left where the store is, in MB.
    pub free_disk_mb: Arc<dyn Fn() -> u64 + Send + Sync>,
}

/// What a context's machine is opened with, at the start and after its store failed.
#[derive(Clone)]
pub struct ContextOpening {
    pub system: Arc<System>,
    pub context: Name,
    pub limits: Limits,
    pub settings: Settings,
    /// The life that the store works in from now on.
    pub life: Life,
    /// For event ids; a simulation gives its own.
    pub seed: u64,
    /// For tests that show that a fault is found.
    pub injected: InjectedFault,
}

impl ContextOpening {
    fn machine(&self, store: &mut dyn Store, now: Now) -> Result<Machine> {
        let ContextOpening { system, context, limits, settings, life, seed, injected } = self;
        let mut machine = Machine::open(system.clone(), context, limits.clone(), settings, store, now, *seed)?;
        machine.begin_life(*life);
        machine.inject(*injected);
        machine.refold_old_states(store)?;
        Ok(machine)
    }
}

/// What a driver wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Another turn at once.
    Again,
    /// A turn when its bell rings, at this moment at the latest.
    Sleep(Moment),
    /// The driver was told to stop: close it.
    Stop,
}

pub struct Driver {
    opening: ContextOpening,
    ports: Ports,
    handle: Arc<ContextHandle>,
    machine: Machine,
    /// Taken out of the mailbox, and not decided yet.
    arrivals: VecDeque<Arrival>,
    responds: BTreeMap<u64, Respond>,
    resumes: BTreeMap<u64, RespondResumed>,
    token: u64,
    inputs: u64,
    /// A source may have more events than the last turn took.
    more: bool,
    /// A source could not be read; it is asked again then.
    sources_at: Option<Moment>,
    dirty_since: Option<Moment>,
    /// When the newest group was made durable.
    flushed_at: Moment,
    /// When the status was sampled; `None`: never, so that the first turn samples it.
    status_at: Option<Moment>,
    paused: Option<(Arc<AtomicBool>, Moment)>,
    failing: Failing,
    stalls: Stalls,
}

impl Driver {
    /// Recovers the context from what is durable, and opens its mailbox.
    pub fn open(opening: ContextOpening, mut ports: Ports, handle: Arc<ContextHandle>) -> Result<Driver> {
        let now = ports.clock.now();
        let mut machine = opening.machine(ports.store.as_mut(), now)?;
        machine.flush(ports.store.as_mut())?;
        handle.update(|status| status.head = machine.head().clone());
        handle.set_lost(None);
        handle.mailbox.open();
        let (arrivals, responds, resumes, failing, stalls) = Default::default();
        Ok(Driver {
            opening,
            ports,
            handle,
            machine,
            arrivals,
            responds,
            resumes,
            token: 0,
            inputs: 0,
            more: true,
            sources_at: None,
            dirty_since: None,
            flushed_at: Moment::default(),
            status_at: None,
            paused: None,
            failing,
            stalls,
        })
    }

    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    pub fn store(&self) -> &dyn Store {
        self.ports.store.as_ref()
    }

    /// One turn: what waits, what others have published, what is due. A store's error ends the turn, and the context starts again from what
    /// is durable.
    pub fn run_once(&mut self) -> Turn {
        if let Some(until) = self.still_paused() {
            let _a_pause_is_no_standstill = self.holds_lease();
            return Turn::Sleep(until.min(self.now().mono.plus_ms(self.opening.limits.status_ms)));
        }
        if self.failing.is_failing() {
            return self.try_to_reopen();
        }
        if !self.holds_lease() {
            return self.wait_for_lease();
        }
        self.turn().unwrap_or_else(|error| self.fail(&error))
    }

    fn turn(&mut self) -> Result<Turn> {
        self.handle.set_idle(false);
        self.handle.set_answering(true);
        self.sample_status();
        self.take_what_others_tell();
        let batch = self.handle.mailbox.take(self.opening.limits.group_max.saturating_sub(self.arrivals.len()));
        self.arrivals.extend(batch.arrivals);
        self.more |= batch.news;
        if batch.stop {
            return Ok(Turn::Stop);
        }
        while let Some(arrival) = self.arrivals.pop_front() {
            // a turn may take long, and each decision has to be made while nobody else can own the store
            if !self.holds_lease() {
                self.arrivals.push_front(arrival);
                self.flush_if_due()?;
                return Ok(self.wait_for_lease());
            }
            self.accept(arrival)?;
            // a pause that was released before it was reached rings no bell any more
            if let Some(until) = self.still_paused() {
                return Ok(Turn::Sleep(until));
            }
        }
        self.timers()?;
        self.poll_subscriptions()?;
        self.flush_if_due()?;
        self.handle.set_idle(self.machine.is_idle());
        self.handle.set_answering(!self.responds.is_empty());
        Ok(if batch.more || self.more { Turn::Again } else { Turn::Sleep(self.wakes_at()) })
    }

    /// When the driver wants its next turn, if its bell does not ring before.
    fn wakes_at(&self) -> Moment {
        let status_at = self.status_at.unwrap_or_default().plus_ms(self.opening.limits.status_ms);
        let due = [self.machine.wakes_at(), self.durable_at(), self.sources_at];
        due.into_iter().flatten().fold(status_at, Moment::min)
    }

    fn now(&self) -> Now {
        self.ports.clock.now()
    }

    fn step(&mut self, input: Input) -> Result<()> {
        self.inputs += 1;
        let now = self.now();
        self.machine.step(self.ports.store.as_ref(), now, input)?;
        for output in self.machine.take_at_once() {
            self.deliver(output)?;
        }
        Ok(())
    }

    fn accept(&mut self, Arrival { incoming, at }: Arrival) -> Result<()> {
        match incoming {
            Incoming::Request { request, respond } => {
                let token = self.next_token();
                self.responds.insert(token, respond);
                self.step(Input::Request { token, request: *request, arrived: at })
            }
            Incoming::Message(envelope) => {
                let Envelope { from, message, .. } = *envelope;
                self.step(Input::PeerMessage { from, message, arrived: at })
            }
            Incoming::Resume { key, skip, respond } => {
                let token = self.next_token();
                self.resumes.insert(token, respond);
                self.more = true; // a consumer that had stopped may read on
                self.step(Input::Resume { key, skip, token })
            }
            Incoming::Pause(pause) => {
                self.make_durable()?;
                let until = self.now().mono.plus_ms(self.opening.limits.backup_hold_ms);
                (pause.reached)();
                self.paused = Some((pause.released, until));
                Ok(())
            }
        }
    }

    fn next_token(&mut self) -> u64 {
        self.token += 1;
        self.token
    }

    fn still_paused(&mut self) -> Option<Moment> {
        let (released, until) = self.paused.as_ref()?;
        if !released.load(Ordering::Acquire) && self.now().mono < *until {
            return Some(*until);
        }
        self.paused = None;
        None
    }

    /// How far the other stores and the relay have come, since the last turn.
    fn take_what_others_tell(&mut self) {
        if let Some(stores) = self.handle.take_known_stores() {
            self.machine.know_stores(stores);
        }
        self.machine.know_relayed(self.handle.take_relayed());
    }

    fn timers(&mut self) -> Result<()> {
        let now = self.now().mono;
        if self.machine.wakes_at().is_some_and(|at| at <= now) {
            self.step(Input::Tick)?;
            self.more = true; // a parked event may have been applied, so that a consumer that had stopped may read on
        }
        Ok(())
    }

    /// The last group, if the store works; then whoever waits is turned away.
    pub fn close(mut self) {
        if !self.failing.is_failing() {
            self.take_what_others_tell();
            self.close_machine();
        }
        self.turn_everyone_away(UnavailableReason::ContextDown);
        self.handle.mailbox.close();
        self.handle.set_idle(true);
        self.handle.set_answering(false);
    }

    fn turn_everyone_away(&mut self, reason: UnavailableReason) {
        let (context, mailbox) = (self.opening.context, &self.handle.mailbox);
        let (responds, resumes) = (std::mem::take(&mut self.responds), std::mem::take(&mut self.resumes));
        responds.into_values().for_each(|respond| respond(Err(mailbox.turned_away(reason))));
        resumes.into_values().for_each(|respond| respond(Err(format!("{context} has stopped"))));
        self.arrivals.drain(..).for_each(|arrival| mailbox.turn_away(arrival.incoming, reason));
    }
}
