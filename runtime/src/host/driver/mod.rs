//! The loop of one context's thread: take what came, decide, make it durable in one group, let the messages go.
mod deliver;
mod recovery;

use super::seat::{Inbox, Seat};
use super::tail::Pull;
use super::{ReplyTo, Sandbox, Shared, now};
use crate::machine::{Flushed, Machine};
use crate::message::{Input, Message, Output};
use crate::store::{Result, Store, StoreError};
use kernel::Timestamp;
use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// What the sandbox's slow provider takes: long, but within the usual limit.
const SLOW_MS: u64 = 350;
/// Positions that moved without effects wait this long for a group to go with.
const LAZY_MS: u64 = 20;
/// How often gauges and free disk are looked at.
const LOOK_MS: u64 = 200;
/// How long a writer is held for a backup at most.
const HOLD_MAX: Duration = Duration::from_secs(20);

enum Delayed {
    Input(Inbox),
    Output(Output),
}

struct Driver {
    shared: Weak<Shared>,
    context: usize,
    inbox: Receiver<Inbox>,
    store: Box<dyn Store>,
    machine: Machine,
    replies: HashMap<u64, ReplyTo>,
    resumes: HashMap<u64, SyncSender<std::result::Result<usize, String>>>,
    token: u64,
    delayed: Vec<(Timestamp, Delayed)>,
    /// More events wait than one turn takes.
    more: bool,
    dirty_since: Option<Timestamp>,
    /// When the newest group was made durable.
    flushed: Timestamp,
    looked: Timestamp,
    inputs: u64,
    group_max: usize,
    gather_ms: u64,
    /// The contexts that hear this one.
    hearers: Vec<usize>,
    failed_at: Option<Instant>,
}

fn seed() -> u64 {
    fastrand::u64(..)
}

fn machine(shared: &Shared, context: usize, store: &dyn Store) -> Result<Machine> {
    let opening = &shared.opening;
    Machine::open(opening.system.clone(), context, opening.limits.clone(), &opening.settings, store, now(), seed())
}

pub fn start(shared: &Arc<Shared>, context: usize) -> Result<()> {
    let seat = &shared.seats[context];
    if seat.running() {
        return Ok(());
    }
    let mut store = (shared.opening.open)(&shared.opening.system.contexts[context])?;
    let mut machine = machine(shared, context, store.as_ref())?;
    machine.flush(store.as_mut())?;
    let (sender, inbox) = mpsc::channel();
    seat.opened(sender, store.reader(), machine.head().clone());
    let (replies, resumes, delayed) = Default::default();
    let (token, more, dirty_since, inputs, failed_at) = (0, true, None, 0, None);
    let (flushed, looked) = Default::default();
    let (group_max, gather_ms) = (shared.opening.limits.group_max, shared.opening.limits.gather_ms);
    let hears = |context: &kernel::Context| context.sources().iter().any(|source| source.name == seat.name);
    let contexts = shared.opening.system.contexts.iter().enumerate();
    let hearers = contexts.filter(|(_, context)| hears(context)).map(|(at, _)| at).collect();
    let driver = Driver {
        shared: Arc::downgrade(shared),
        context,
        inbox,
        store,
        machine,
        replies,
        resumes,
        token,
        delayed,
        more,
        dirty_since,
        flushed,
        looked,
        inputs,
        group_max,
        gather_ms,
        hearers,
        failed_at,
    };
    let thread = std::thread::Builder::new().name(seat.name.to_string()).spawn(move || driver.run());
    match thread {
        Ok(thread) => {
            seat.runs_on(thread);
            shared.seats.iter().for_each(Seat::wake);
            Ok(())
        }
        Err(error) => {
            seat.closed();
            Err(StoreError::Failed(format!("no thread for {}: {error}", seat.name)))
        }
    }
}

impl Driver {
    fn run(mut self) {
        loop {
            match self.turn() {
                Ok(true) => {}
                Ok(false) => return self.close(),
                Err(error) => {
                    if !self.recover(&error) {
                        return self.close();
                    }
                }
            }
        }
    }

    /// One group: what waits, what others have said, what is due. `false`: it is over.
    fn turn(&mut self) -> Result<bool> {
        let first = self.wait();
        let Some(shared) = self.shared.upgrade() else { return Ok(false) };
        let seat = &shared.seats[self.context];
        let mut next = match first {
            Ok(inbox) => Some(inbox),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(false),
        };
        seat.set_idle(false);
        self.look(&shared);
        self.machine.declining = self.provider(&shared) == Some(Sandbox::Decline);
        let mut taken = 0;
        while let Some(inbox) = next {
            if matches!(inbox, Inbox::Stop) {
                return Ok(false);
            }
            self.take(&shared, inbox)?;
            taken += 1;
            next = if taken < self.group_max { self.inbox.try_recv().ok() } else { None };
        }
        self.due(&shared)?;
        self.pull(&shared)?;
        self.settle(&shared)?;
        seat.set_idle(self.machine.idle() && self.delayed.is_empty());
        Ok(true)
    }

    /// When the group is to be made durable: at once if somebody waits for it or it is full, else at a distance from
    /// the one before it, so that more commits share one fsync.
    fn durable_at(&self) -> Option<Timestamp> {
        let gathered = self.machine.gathered();
        if self.machine.waited_for() || gathered >= self.group_max {
            return Some(Timestamp::default());
        }
        let gathering = (gathered > 0).then(|| self.flushed.plus_ms(self.gather_ms));
        gathering.or(self.dirty_since.map(|since| since.plus_ms(LAZY_MS)))
    }

    fn wait(&self) -> std::result::Result<Inbox, RecvTimeoutError> {
        if self.more {
            return self.inbox.try_recv().map_err(|_| RecvTimeoutError::Timeout);
        }
        let delayed = self.delayed.iter().map(|(at, _)| *at).min();
        let at = [self.machine.wakes_at(), self.durable_at(), delayed].into_iter().flatten().min();
        let most = Duration::from_millis(LOOK_MS);
        let pause =
            at.map_or(most, |at| Duration::from_micros(at.0.saturating_sub(now().0).max(0).unsigned_abs()).min(most));
        self.inbox.recv_timeout(pause)
    }

    fn step(&mut self, shared: &Shared, input: Input) -> Result<()> {
        self.inputs += 1;
        self.machine.step(self.store.as_ref(), now(), input)?;
        for output in self.machine.take_free() {
            self.dispatch(shared, output)?;
        }
        Ok(())
    }

    fn take(&mut self, shared: &Shared, inbox: Inbox) -> Result<()> {
        let seat = &shared.seats[self.context];
        match inbox {
            Inbox::Ask(mut ask, reply) => {
                seat.took_ask();
                self.token += 1;
                ask.token = self.token;
                self.replies.insert(self.token, reply);
                self.step(shared, Input::Ask(ask))
            }
            Inbox::From(from, message) => {
                seat.took_message();
                if matches!(message, Message::Asked(_)) && self.provider(shared) == Some(Sandbox::Slow) {
                    self.delayed.push((now().plus_ms(SLOW_MS), Delayed::Input(Inbox::From(from, message))));
                    return Ok(());
                }
                self.step(shared, Input::From { context: from.to_string(), message })
            }
            Inbox::Resume { key, skip, tell } => {
                self.token += 1;
                self.resumes.insert(self.token, tell);
                self.more = true; // a consumer that had stopped may read on
                self.step(shared, Input::Resume { key, skip, token: self.token })
            }
            Inbox::Hold { held, release } => {
                self.make_durable(shared)?;
                if held.send(()).is_ok() {
                    let _released_or_late = release.recv_timeout(HOLD_MAX);
                }
                Ok(())
            }
            Inbox::Wake => {
                seat.awake();
                self.more = true;
                Ok(())
            }
            Inbox::Stop => Ok(()),
        }
    }

    /// What time has brought: ticks, and what the sandbox held back.
    fn due(&mut self, shared: &Shared) -> Result<()> {
        let time = now();
        if self.machine.wakes_at().is_some_and(|at| at <= time) {
            self.step(shared, Input::Tick)?;
            self.more = true; // as above: what was parked may have been applied by itself
        }
        let due: Vec<_> = self.delayed.extract_if(.., |(at, _)| *at <= time).collect();
        for (_, delayed) in due {
            match delayed {
                Delayed::Input(Inbox::From(from, message)) => {
                    self.step(shared, Input::From { context: from.to_string(), message })?
                }
                Delayed::Input(_) => {}
                Delayed::Output(output) => self.deliver(shared, output)?,
            }
        }
        Ok(())
    }

    /// Events of every source, a bounded share each; from memory where they are new enough, from the other log where not.
    fn pull(&mut self, shared: &Shared) -> Result<()> {
        if !self.more {
            return Ok(());
        }
        self.more = false;
        let share = shared.opening.limits.events_per_turn;
        let wants: Vec<(String, String, u64)> = self
            .machine
            .wants()
            .map(|(consumer, source, position)| (consumer.to_string(), source.to_string(), position))
            .collect();
        for (consumer, source, position) in wants {
            let Some(from) = shared.seats.iter().find(|seat| seat.name == source) else { continue };
            let events = match from.tail.after(position, share) {
                Pull::Events(events) => events,
                Pull::Older => match from.reader() {
                    Some(reader) => reader.log(position, share)?.into_iter().map(Arc::new).collect(),
                    None => continue,
                },
            };
            if events.is_empty() {
                continue;
            }
            self.more |= events.len() == share;
            self.step(shared, Input::Events { consumer, source, events })?;
        }
        Ok(())
    }

    /// Makes the group durable if somebody waits for it, and lets go what may go.
    fn settle(&mut self, shared: &Shared) -> Result<()> {
        let time = now();
        self.dirty_since = self.dirty_since.or(self.machine.dirty().then_some(time));
        if self.durable_at().is_none_or(|at| at > time) {
            return Ok(());
        }
        self.make_durable(shared)
    }

    fn make_durable(&mut self, shared: &Shared) -> Result<()> {
        (self.dirty_since, self.flushed) = (None, now());
        let began = Instant::now();
        let Flushed { outputs, events, rows, commits, wrote } = self.machine.flush(self.store.as_mut())?;
        if wrote {
            self.durable(shared, events, rows, commits, began.elapsed());
        }
        for output in outputs {
            self.dispatch(shared, output)?;
        }
        self.store.tidy()
    }

    fn durable(
        &mut self,
        shared: &Shared,
        events: Vec<Arc<kernel::Recorded>>,
        rows: Vec<kernel::RowChange>,
        commits: usize,
        took: Duration,
    ) {
        let seat = &shared.seats[self.context];
        let (head, inputs) = (self.machine.head().clone(), self.inputs);
        seat.update(|pulse| {
            pulse.holds = head.ledger.get("holds").copied().unwrap_or(0).unsigned_abs() as u64;
            pulse.head = head;
            pulse.fault = None;
            pulse.commits += commits as u64;
            pulse.groups += 1;
            pulse.inputs = inputs;
            pulse.group_last = commits as u64;
            pulse.flush_us_total += took.as_micros() as u64;
        });
        for event in &events {
            let (position, key) = (event.position, event.key.0);
            tracing::debug!(context = seat.name, position, key, event = %event.event_type, "durable");
        }
        if !events.is_empty() {
            seat.tail.push(events);
            self.hearers.iter().for_each(|at| shared.seats[*at].wake());
        }
        (shared.opening.on_commit)(self.context, &Arc::new(rows));
    }

    fn look(&mut self, shared: &Shared) {
        let time = now();
        if time.ms_since(self.looked) < LOOK_MS {
            return;
        }
        self.looked = time;
        self.machine.low_disk = (shared.opening.free_disk_mb)() < shared.opening.limits.disk_reserve_mb;
        let gauges = self.machine.gauges();
        shared.seats[self.context].update(|pulse| {
            (pulse.sagas, pulse.undoing, pulse.in_doubt) = (gauges.sagas, gauges.undoing, gauges.in_doubt);
            (pulse.parked_events, pulse.parked_keys) = (gauges.parked_events, gauges.parked_keys);
            (pulse.stopped_consumer, pulse.upstreams) = (gauges.stopped_consumer, gauges.upstreams);
        });
    }
}
