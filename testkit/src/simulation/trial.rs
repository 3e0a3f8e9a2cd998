//! One saga on trial, in a calm world in which exactly one thing goes wrong: it succeeds, or leaves nothing behind.
//!
//! **To try a saga:** `saga_tests! { placing: Trial::of(shop(), &[], Line::new("POST /orders", …)); }` writes its four tests: it succeeds; refused and
//! unanswered at each step; everything twice and in the wrong order; crashed after each step.
use super::Simulation;
use super::broken::{Lived, ensure};
use super::check;
use super::network::Flight;
use super::scene::Line;
use super::service::index;
use super::world::World;
use kernel::CallKey;
use runtime::message::{Message, Refused, Reply};

/// A request that starts a saga, and what must have happened before.
pub struct Trial {
    of: Simulation,
    before: &'static [Line],
    request: Line,
    falls_back: bool,
}

/// What becomes of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Arrives,
    Lost,
    Twice,
    /// Once now, and once when all else has arrived.
    Again,
    /// A question that is answered with a no.
    Refused,
    /// A question whose undo comes first, twice.
    AfterItsUndo,
}

/// What goes wrong: the fate of each message, and a context that ends after so many moments.
struct Wrong<'a> {
    fate: &'a dyn Fn(&Message) -> Fate,
    crash: Option<(usize, usize)>,
    /// Everybody hears every event again.
    heard_again: bool,
}

/// How a trial went.
struct Went {
    reply: Option<Reply>,
    /// Published events before it, and after it; by context, in their order.
    before: Vec<String>,
    after: Vec<String>,
    /// The questions it asked, each with who answers it.
    asked: Vec<(usize, CallKey)>,
    moments: usize,
}

impl Trial {
    pub fn of(of: Simulation, before: &'static [Line], request: Line) -> Trial {
        Trial { of, before, request, falls_back: false }
    }

    /// It has a declared fallback: refused, it is answered with a success too.
    pub fn falls_back(self) -> Trial {
        Trial { falls_back: true, ..self }
    }

    #[track_caller]
    pub fn succeeds(&self) {
        let went = self.well();
        assert!(!went.asked.is_empty(), "it asks nobody");
        assert!(went.after.len() > went.before.len(), "nothing happened: {:?}", went.after);
    }

    #[track_caller]
    pub fn refused_or_unanswered_it_leaves_nothing(&self) {
        for (_, asked) in self.well().asked {
            let question = |message: &Message| matches!(message, Message::Asked(question) if question.key == asked);
            let answer = |message: &Message| matches!(message, Message::Answered { key, .. } if *key == asked);
            self.fails(&asked, &|message| if question(message) { Fate::Refused } else { Fate::Arrives });
            self.fails(&asked, &|message| if question(message) { Fate::Lost } else { Fate::Arrives });
            self.fails(&asked, &|message| if answer(message) { Fate::Lost } else { Fate::Arrives });
        }
    }

    #[track_caller]
    pub fn repeated_and_in_the_wrong_order_it_happens_once(&self) {
        let well = self.well();
        for fate in [Fate::Twice, Fate::Again] {
            let went = self.run(&Wrong { fate: &|_| fate, crash: None, heard_again: true });
            assert_eq!(went.after, well.after, "every message {fate:?}");
        }
        for (_, asked) in well.asked {
            let question = |message: &Message| matches!(message, Message::Asked(question) if question.key == asked);
            self.fails(&asked, &|message| if question(message) { Fate::AfterItsUndo } else { Fate::Twice });
            let answer = |message: &Message| matches!(message, Message::Answered { key, .. } if *key == asked);
            self.fails(&asked, &|message| if answer(message) { Fate::Lost } else { Fate::Twice });
        }
    }

    #[track_caller]
    pub fn crashed_after_each_step_it_happens_or_not(&self) {
        let well = self.well();
        let mut parties: Vec<usize> = well.asked.iter().map(|(at, _)| *at).collect();
        parties.push(self.of.route(self.request.route).0);
        for moment in 0..well.moments {
            for at in &parties {
                let went =
                    self.run(&Wrong { fate: &|_| Fate::Arrives, crash: Some((moment, *at)), heard_again: false });
                let all_or_nothing = went.after == well.after || went.after == went.before || self.falls_back;
                let who = self.of.system.contexts[*at].name;
                assert!(all_or_nothing, "{who} ends at moment {moment}: {:?}", went.after);
                let told = went.reply.is_some_and(|reply| reply.is_ok());
                assert!(!told || went.after != went.before, "{who} ends at moment {moment}: told of what is not there");
            }
        }
    }

    #[track_caller]
    fn well(&self) -> Went {
        let went = self.run(&Wrong { fate: &|_| Fate::Arrives, crash: None, heard_again: false });
        assert!(matches!(went.reply, Some(Ok(_))), "{:?} is answered {:?}", self.request, went.reply);
        went
    }

    #[track_caller]
    fn fails(&self, asked: &CallKey, fate: &dyn Fn(&Message) -> Fate) {
        let went = self.run(&Wrong { fate, crash: None, heard_again: true });
        let reply = &went.reply;
        assert!(matches!(reply, Some(reply) if reply.is_ok() == self.falls_back), "step {}: {reply:?}", asked.step);
        assert!(self.falls_back || went.after == went.before, "step {} leaves {:?}", asked.step, went.after);
    }

    #[track_caller]
    fn run(&self, wrong: &Wrong<'_>) -> Went {
        self.ran(wrong).unwrap_or_else(|broken| panic!("{broken}"))
    }

    fn ran(&self, wrong: &Wrong<'_>) -> Lived<Went> {
        let mut world = World::calm(&self.of)?;
        world.play(self.before, None)?;
        world.rest()?;
        let before = said(&world);
        let token = world.say(&self.request)?;
        let (mut asked, mut moments, mut again) = (vec![], 0, vec![]);
        loop {
            if wrong.crash.is_some_and(|(moment, _)| moment == moments) {
                let at = wrong.crash.map_or(0, |(_, at)| at);
                world.crash(at);
                world.start(at)?;
            }
            moments += 1;
            if world.flights.is_empty() {
                if world.flush_next()? { continue } else { break }
            }
            let flight = world.flights.remove(0);
            world.now = world.now.max(flight.at);
            if let Message::Asked(question) = &flight.message {
                asked.push((flight.to, question.key.clone()));
            }
            let copy = arrive(&mut world, flight, wrong.fate)?;
            again.extend(copy);
        }
        again.into_iter().try_for_each(|flight| world.deliver(flight))?;
        if wrong.heard_again {
            hear_again(&mut world)?;
        }
        world.rest()?;
        check::all(&mut world)?;
        let reply = world.made[token].answer.clone();
        ensure(reply.is_some() || wrong.crash.is_some(), "answers", || "it was never answered".into())?;
        asked.dedup_by(|a, b| a.1 == b.1);
        Ok(Went { reply, before, after: said(&world), asked, moments })
    }
}

/// The copy that arrives once more, when all else has.
fn arrive(world: &mut World<'_>, flight: Flight, fate: &dyn Fn(&Message) -> Fate) -> Lived<Option<Flight>> {
    let copy = |message: Message| Flight { at: flight.at, from: flight.from, to: flight.to, message };
    match (fate(&flight.message), &flight.message) {
        (Fate::Lost, _) => return Ok(None),
        (Fate::Refused, Message::Asked(question)) => {
            let reason = world.of.system.contexts[flight.to].reasons()[0];
            let no = Message::Answered { key: question.key.clone(), answer: Err(Refused::By(reason)) };
            world.deliver(Flight { at: flight.at, from: flight.to, to: flight.from, message: no })?;
            return Ok(None);
        }
        (Fate::AfterItsUndo, Message::Asked(question)) => {
            for _ in 0..2 {
                let undo = Message::Undo { key: question.key.clone(), settled: kernel::Id(0) };
                world.deliver(copy(undo))?;
            }
        }
        (Fate::Twice, message) => world.deliver(copy(message.clone()))?,
        (Fate::Again, message) => {
            let again = copy(message.clone());
            world.deliver(flight)?;
            return Ok(Some(again));
        }
        (Fate::Arrives | Fate::Refused | Fate::AfterItsUndo, _) => {}
    }
    world.deliver(flight)?;
    Ok(None)
}

/// Everybody hears all there is, then all of it once more from the first event on.
fn hear_again(world: &mut World<'_>) -> Lived {
    world.settle(None)?;
    for at in 0..world.services.len() {
        let links = world.services[at].machine().map(|machine| super::service::wants(machine, |_, _| true));
        for (consumer, source, _) in links.unwrap_or_default() {
            world.hear(at, &(consumer, source, 0), 0, usize::MAX)?;
        }
    }
    world.settle(None)
}

/// The published events of all contexts, by name.
fn said(world: &World<'_>) -> Vec<String> {
    let contexts = world.of.system.contexts.iter();
    let all = contexts.flat_map(|context| world.services[index(&world.of.system, context.name)].log.iter());
    all.filter(|event| event.published).map(|event| format!("{} {}", event.event_type, event.key)).collect()
}

/// The four tests of each saga.
#[macro_export]
macro_rules! saga_tests {
    ($($saga:ident: $trial:expr;)*) => {$(
        mod $saga {
            use super::*;

            #[test]
            fn succeeds() {
                $trial.succeeds();
            }

            #[test]
            fn refused_or_unanswered_at_each_step_it_leaves_nothing() {
                $trial.refused_or_unanswered_it_leaves_nothing();
            }

            #[test]
            fn repeated_and_in_the_wrong_order_it_happens_once() {
                $trial.repeated_and_in_the_wrong_order_it_happens_once();
            }

            #[test]
            fn crashed_after_each_step_it_happens_or_not() {
                $trial.crashed_after_each_step_it_happens_or_not();
            }
        }
    )*};
}
