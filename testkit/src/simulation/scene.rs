//! Requests one after another in a calm world: what a golden log is made of, and what every order of hearing is tried with.
use super::broken::{Lived, broken};
use super::client::Wish;
use super::network::{Flight, Provider};
use super::service::{index, wants};
use super::world::World;
use super::{Simulation, found::say};
use kernel::{Id, Name};
use runtime::machine::Machine;
use runtime::message::{Input, Message};

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
    unheard_by: Option<Name>,
}

impl Line {
    pub const fn new(route: Name, body: &'static str) -> Line {
        let (id, unanswered_by, unheard_by) = (None, None, None);
        Line { route, id, body, declined: false, unanswered_by, at_once: false, backwards: false, unheard_by }
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

    /// The next request is made before anybody hears of this one.
    pub const fn at_once(self) -> Line {
        Line { at_once: true, ..self }
    }

    /// The last context hears first, and of its sources the last one.
    pub const fn backwards(self) -> Line {
        Line { backwards: true, ..self }
    }

    /// The policies of this context hear of it with the next request.
    pub const fn unheard_by(self, context: Name) -> Line {
        Line { unheard_by: Some(context), ..self }
    }

    fn wish(&self) -> Wish {
        Wish { id: self.id.map(Id), body: self.body.into() }
    }
}

/// A consumer that hears nothing until it is told to.
pub type Deaf<'a> = Option<(usize, &'a str)>;

/// Far more than a scene can need.
const TURNS: usize = 100_000;

impl World<'_> {
    /// One request, as far as it goes at once; its token.
    pub(super) fn say(&mut self, line: &Line) -> Lived<usize> {
        self.provider = if line.declined { Provider::Declines } else { Provider::Approves };
        (0..self.services.len()).for_each(|at| self.provide(at));
        let (service, route) = self.of.route(line.route);
        let token = self.made.len();
        self.request(service, route, line.wish(), None)?;
        if self.made.len() == token { broken("scene", format!("{line:?} can't be read")) } else { Ok(token) }
    }

    /// Requests one after another, each with all that follows from it.
    pub(super) fn play(&mut self, lines: &[Line], deaf: Deaf<'_>) -> Lived {
        for line in lines {
            self.say(line)?;
            self.posted(line)?;
            if let Some(context) = line.unanswered_by {
                self.give_up_on(context, line)?;
            }
            if !line.at_once {
                let late = line.unheard_by.map(|context| (index(&self.of.system, context), "policies"));
                self.heard(deaf.or(late), line.backwards)?;
            }
        }
        Ok(())
    }

    /// Everything happens that needs no time; one consumer may be deaf.
    pub(super) fn settle(&mut self, deaf: Deaf<'_>) -> Lived {
        self.heard(deaf, false)
    }

    fn heard(&mut self, deaf: Deaf<'_>, backwards: bool) -> Lived {
        for _ in 0..TURNS {
            if !self.post_one()? && !self.hear_one(deaf, backwards)? {
                return Ok(());
            }
        }
        broken("stuck", "a scene comes to no end")
    }

    fn posted(&mut self, line: &Line) -> Lived {
        loop {
            let from = line.unanswered_by.map(|context| index(&self.of.system, context));
            let lost =
                |flight: &Flight| Some(flight.from) == from && matches!(flight.message, Message::Answered { .. });
            self.flights.retain(|flight| !lost(flight));
            if !self.post_one()? {
                return Ok(());
            }
        }
    }

    /// Time passes until nobody waits for an answer, and every undo is done.
    fn give_up_on(&mut self, context: Name, line: &Line) -> Lived {
        for _ in 0..TURNS {
            let waits = self.services.iter().any(|s| s.machine().is_some_and(|machine| machine.wakes_at().is_some()));
            if !waits {
                return Ok(());
            }
            self.now = self.next_wake();
            (0..self.services.len()).try_for_each(|at| self.step(at, Input::Tick))?;
            self.posted(line)?;
        }
        broken("stuck", format!("{line:?} waits for {context} for ever"))
    }

    /// Makes durable what a context has decided, or lets the oldest message arrive; `false`: there is neither.
    pub(super) fn post_one(&mut self) -> Lived<bool> {
        if self.flush_next()? {
            return Ok(true);
        }
        if self.flights.is_empty() {
            return Ok(false);
        }
        let flight = self.flights.remove(0);
        self.now = self.now.max(flight.at);
        self.deliver(flight)?;
        Ok(true)
    }

    pub(super) fn flush_next(&mut self) -> Lived<bool> {
        let dirty = |at: &usize| self.services[*at].machine().is_some_and(Machine::dirty);
        let Some(at) = (0..self.services.len()).find(dirty) else { return Ok(false) };
        self.flush(at)?;
        Ok(true)
    }

    fn hear_one(&mut self, deaf: Deaf<'_>, backwards: bool) -> Lived<bool> {
        let count = self.services.len();
        for at in (0..count).map(|at| if backwards { count - 1 - at } else { at }) {
            let has = |source: &str, position| self.logged(source) > position;
            let mut links = self.services[at].machine().map(|machine| wants(machine, has)).unwrap_or_default();
            links.retain(|(consumer, ..)| deaf != Some((at, consumer)));
            if let Some(link) = if backwards { links.last() } else { links.first() } {
                self.hear(at, link, 0, usize::MAX)?;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Simulation {
    /// The logs that a scene leaves, by context; a request that is refused is said so, in case it was not meant to be.
    pub fn scene(&self, lines: &[Line]) -> Lived<crate::golden::Log> {
        let mut world = World::calm(self)?;
        world.play(lines, None)?;
        for (line, made) in lines.iter().zip(&world.made) {
            if let Some(Err(failure)) = &made.answer {
                say(format_args!("{line:?} is answered {failure:?}"));
            }
        }
        world.rest()?;
        Ok(world.services.iter().enumerate().map(|(at, s)| (world.name(at).to_string(), s.log.clone())).collect())
    }
}
