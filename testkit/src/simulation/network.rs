//! Messages under way between contexts: lost, doubled, late, in any order, or not sent at all.
use super::faults::{ActiveFaults, Fault};
use super::lock::lock;
use super::random::Random;
use super::time::WorldTime;
use runtime::driver::ContextHandle;
use runtime::message::PeerMessage;
use runtime::port::clock::Moment;
use runtime::port::peers::{Envelope, NotSent, Peers};
use std::sync::{Arc, Mutex};

/// One message under way.
#[derive(Clone)]
pub struct Flight {
    pub at: Moment,
    /// A sender asks until then, where nobody takes it.
    pub until: Moment,
    pub envelope: Envelope,
}

/// Who was not taken asks again after this.
pub const AGAIN_MS: u64 = 20;

/// A sender asks for an acknowledgement so long, where nobody takes it; whoever needs one sends again.
const SENT_MS: u64 = 600;

fn time_left_ms(message: &PeerMessage) -> u64 {
    match message {
        PeerMessage::Call(call) => call.time_left_ms,
        _ => SENT_MS,
    }
}

pub struct Network {
    pub handles: Vec<Arc<ContextHandle>>,
    pub time: Arc<WorldTime>,
    pub random: Arc<Random>,
    pub active: Arc<ActiveFaults>,
    /// A message that nobody takes is sent again, as between processes of their own.
    pub holds: bool,
    /// In the order in which they were sent.
    pub flights: Mutex<Vec<Flight>>,
}

impl Network {
    pub fn reaches(&self, context: &str) -> bool {
        self.handles.iter().any(|handle| handle.name == context && handle.is_running())
    }

    /// As `send`, with a delay before the way.
    pub fn send_later(&self, envelope: Envelope, after_ms: u64) -> Result<(), NotSent> {
        if !self.leaves(&envelope.to) {
            return Err(NotSent);
        }
        let now = self.time.now().plus_ms(after_ms);
        let until = now.plus_ms(time_left_ms(&envelope.message));
        let arrivals = self.arrivals_ms().into_iter().flatten();
        let flight = |ms| Flight { at: now.plus_ms(ms), until, envelope: envelope.clone() };
        lock(&self.flights).extend(arrivals.map(flight));
        Ok(())
    }

    /// A sender learns at once that nobody is there, or never. One that may ask others does not give up so soon.
    fn leaves(&self, to: &str) -> bool {
        let fails = self.active.on(Fault::Losses) && self.random.percent(2);
        let learns = self.active.is_calm() || self.random.percent(50);
        let gives_up = learns && !self.holds && !self.reaches(to);
        !fails && !gives_up
    }

    /// When copies of a message arrive, in ms from now.
    fn arrivals_ms(&self) -> [Option<u64>; 2] {
        let (random, active) = (&self.random, &self.active);
        if active.is_calm() {
            return [Some(random.below(3)), None];
        }
        let normal = random.below(40);
        match random.below(100) {
            0..5 if active.on(Fault::Losses) => [None, None],
            5..11 if active.on(Fault::Doubles) => [Some(normal), Some(normal + random.below(700))],
            11..15 if active.on(Fault::Delays) => [Some(normal + random.between(550..2500)), None],
            _ => [Some(normal), None],
        }
    }

    pub fn is_empty(&self) -> bool {
        lock(&self.flights).is_empty()
    }

    pub fn len(&self) -> usize {
        lock(&self.flights).len()
    }

    pub fn next_arrival(&self) -> Option<Moment> {
        lock(&self.flights).iter().map(|flight| flight.at).min()
    }

    /// The message that was sent first.
    pub fn take_first(&self) -> Option<Flight> {
        let mut flights = lock(&self.flights);
        if flights.is_empty() { None } else { Some(flights.remove(0)) }
    }

    /// One of those that may arrive now.
    pub fn take_any(&self) -> Option<Flight> {
        let (mut flights, now) = (lock(&self.flights), self.time.now());
        let ready: Vec<usize> = (0..flights.len()).filter(|i| flights[*i].at <= now).collect();
        self.random.one_of(&ready).map(|flight| flights.swap_remove(*flight))
    }

    /// All that may arrive now, in any order.
    pub fn take_ready(&self) -> Vec<Flight> {
        let (mut flights, now) = (lock(&self.flights), self.time.now());
        let (mut ready, later): (Vec<_>, Vec<_>) = flights.drain(..).partition(|flight| flight.at <= now);
        *flights = later;
        self.random.shuffle(&mut ready);
        ready
    }

    /// Nobody has taken it: nothing was done, and it is sent again.
    pub fn send_again(&self, flight: Flight) {
        lock(&self.flights).push(Flight { at: self.time.now().plus_ms(AGAIN_MS), ..flight });
    }

    pub fn lose(&self, lost: impl Fn(&Envelope) -> bool) {
        lock(&self.flights).retain(|flight| !lost(&flight.envelope));
    }
}

impl Peers for Network {
    fn send(&self, envelope: Envelope) -> Result<(), NotSent> {
        self.send_later(envelope, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::peers::Joined;
    use crate::simulation::faults::Faults;

    /// The network of a calm world.
    fn calm(handles: Vec<Arc<ContextHandle>>) -> Joined {
        let (time, active) = (Arc::new(WorldTime::default()), Arc::new(ActiveFaults::new(Faults::NONE, true)));
        let (random, flights) = (Arc::new(Random::from_seed(1, 1)), Mutex::default());
        let network = Arc::new(Network { handles: handles.clone(), time, random, active, holds: false, flights });
        let peers = network.clone();
        let arrive = move || {
            network.time.pass_ms(1000);
            for Flight { envelope, .. } in network.take_ready() {
                let receiver = handles.iter().find(|handle| handle.name == envelope.to);
                let _taken_or_not = receiver.map(|handle| handle.mailbox.message(envelope));
            }
        };
        Joined { peers, arrive: Box::new(arrive) }
    }

    crate::peers_conformance!(calm);
}
