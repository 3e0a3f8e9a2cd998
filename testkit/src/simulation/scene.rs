//! Requests one after another in a calm world: what a golden log is made of, and what every order of reading is tried with.
use super::broken::{Lived, broken};
use super::client::ClientInput;
use super::feed::Reading;
use super::service::{Service, index, open_subscriptions};
use super::world::World;
use super::{Simulation, found::say};
use kernel::{Consumer, Id, Name, SubscriptionKey};
use runtime::message::PeerMessage;
use runtime::port::work::ProviderMode;

/// One request: its route, the id in its path, its body, and what goes wrong while it is made.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub route: Name,
    id: Option<u64>,
    body: &'static str,
    declined: bool,
    unanswered_by: Option<Name>,
    at_once: bool,
    backwards: bool,
    unread_by: Option<Name>,
}

impl Line {
    pub const fn new(route: Name, body: &'static str) -> Line {
        let (id, unanswered_by, unread_by) = (None, None, None);
        Line { route, id, body, declined: false, unanswered_by, at_once: false, backwards: false, unread_by }
    }

    pub const fn at(self, id: u64) -> Line {
        Line { id: Some(id), ..self }
    }

    /// The provider says no.
    pub const fn declined(self) -> Line {
        Line { declined: true, ..self }
    }

    /// What this context answers is lost, so that it is undone.
    pub const fn unanswered_by(self, context: Name) -> Line {
        Line { unanswered_by: Some(context), ..self }
    }

    /// The next request is made before anybody reads of this one.
    pub const fn at_once(self) -> Line {
        Line { at_once: true, ..self }
    }

    /// The last context reads first, and of its sources the last one.
    pub const fn backwards(self) -> Line {
        Line { backwards: true, ..self }
    }

    /// The policies of this context read of it with the next request.
    pub const fn unread_by(self, context: Name) -> Line {
        Line { unread_by: Some(context), ..self }
    }

    fn input(&self) -> ClientInput {
        ClientInput { id: self.id.map(Id), body: self.body.into() }
    }
}

/// A consumer of a context, as one that reads nothing until it is let.
pub type LateConsumer = Option<(usize, Consumer)>;

/// Far more than a scene can need.
const TURNS: usize = 100_000;

impl World<'_> {
    /// One request is put into its context's mailbox; its number.
    pub(super) fn send_line(&mut self, line: &Line) -> Lived<usize> {
        self.provider.set_mode(if line.declined { ProviderMode::Decline } else { ProviderMode::Approve });
        let (service, route) = self.of.route(line.route);
        let number = self.requests.len();
        self.request(service, route, line.input(), None)?;
        if self.requests.len() == number { broken("scene", format!("{line:?} can't be read")) } else { Ok(number) }
    }

    /// Requests one after another, each with all that follows from it.
    pub(super) fn play(&mut self, lines: &[Line], late: &LateConsumer) -> Lived {
        self.allow_reading(Reading::Nothing);
        for line in lines {
            self.send_line(line)?;
            self.decide_line(line)?;
            if let Some(context) = line.unanswered_by {
                self.give_up_on(context, line)?;
            }
            if !line.at_once {
                let unread = line.unread_by.map(|context| (index(&self.of.system, context), Consumer::Policies));
                self.read_all(if late.is_some() { late } else { &unread }, line.backwards)?;
            }
        }
        Ok(())
    }

    /// Everything happens that needs no time; one consumer may be late.
    pub(super) fn settle(&mut self, late: &LateConsumer) -> Lived {
        self.read_all(late, false)
    }

    fn read_all(&mut self, late: &LateConsumer, backwards: bool) -> Lived {
        for _ in 0..TURNS {
            if !self.happen_next()? && !self.read_next(late, backwards)? {
                return Ok(());
            }
        }
        broken("stuck", "a scene comes to no end")
    }

    /// What follows from the request at once, before anybody reads of it.
    fn decide_line(&mut self, line: &Line) -> Lived {
        loop {
            if let Some(context) = line.unanswered_by {
                self.network.lose(|sent| sent.from == context && matches!(sent.message, PeerMessage::Reply { .. }));
            }
            if !self.happen_next()? {
                return Ok(());
            }
        }
    }

    /// Time passes until nobody waits for an answer, and every undo is done.
    fn give_up_on(&mut self, context: Name, line: &Line) -> Lived {
        for _ in 0..TURNS {
            let waits = |service: &Service| service.machine().is_some_and(|machine| machine.wakes_at().is_some());
            if !self.services.iter().any(waits) {
                return Ok(());
            }
            self.time.pass_to(self.next_wake());
            self.decide_line(line)?;
        }
        broken("stuck", format!("{line:?} waits for {context} for ever"))
    }

    /// One driver takes its turn, or the oldest message arrives, or a group that has waited becomes durable; `false`: there is none of these.
    pub(super) fn happen_next(&mut self) -> Lived<bool> {
        if self.run_next()? {
            return Ok(true);
        }
        if let Some(flight) = self.network.take_first() {
            self.time.pass_to(flight.at);
            self.deliver(flight)?;
            return Ok(true);
        }
        Ok(self.wait_for_group())
    }

    pub(super) fn wait_for_group(&mut self) -> bool {
        let waits = |service: &&Service| service.machine().is_some_and(|machine| machine.is_dirty());
        let due = self.services.iter().filter(waits).map(|service| service.owner().wakes_at).min();
        self.time.pass_to(due.unwrap_or_default());
        due.is_some()
    }

    fn read_next(&mut self, late: &LateConsumer, backwards: bool) -> Lived<bool> {
        let count = self.services.len();
        for at in (0..count).map(|at| if backwards { count - 1 - at } else { at }) {
            let mut subscriptions = self.unread(at);
            subscriptions.retain(|subscription| late.as_ref() != Some(&(at, subscription.consumer.clone())));
            if let Some(subscription) = if backwards { subscriptions.last() } else { subscriptions.first() } {
                self.read(at, subscription, usize::MAX)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The subscriptions of a context that have something to read.
    pub(super) fn unread(&self, at: usize) -> Vec<SubscriptionKey> {
        let has = |source: &str, position| self.logged(source) > position;
        self.services[at].machine().map(|machine| open_subscriptions(machine, has)).unwrap_or_default()
    }
}

impl Simulation {
    /// The logs that a scene leaves, by context; a request that is refused is reported, in case it was not meant to be.
    pub fn scene(&self, lines: &[Line]) -> Lived<crate::golden::GoldenLog> {
        let mut world = World::calm(self)?;
        world.play(lines, &None)?;
        for (line, sent) in lines.iter().zip(&world.requests) {
            if let Some(Err(error)) = &sent.response {
                say(format_args!("{line:?} is answered {error:?}"));
            }
        }
        world.rest()?;
        Ok(world.services.iter().map(|service| (service.name.to_string(), service.log.clone())).collect())
    }
}
