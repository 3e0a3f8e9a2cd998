//! One saga on trial, in a calm world in which exactly one thing goes wrong: it succeeds, or leaves nothing behind.
//!
//! **To try a saga:** `saga_tests! { placing: Trial::new(simulation(), &[], Line::new("POST /orders", …)); }` writes its four tests: it succeeds; refused and
//! unanswered at each step; everything twice and in the wrong order; crashed after each step.
use super::Simulation;
use super::broken::{Lived, ensure};
use super::check;
use super::feed::Reading;
use super::network::Flight;
use super::scene::Line;
use super::service::index;
use super::world::World;
use kernel::CallKey;
use runtime::message::{CallError, PeerMessage};
use runtime::port::peers::Envelope;
use runtime::request::Response;

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
    /// A call that is refused.
    Refused,
    /// A call whose undo comes first, twice.
    AfterItsUndo,
}

/// What goes wrong: the fate of each message, and a context that ends after so many moments.
struct Wrong<'a> {
    fate: &'a dyn Fn(&PeerMessage) -> Fate,
    crash: Option<(usize, usize)>,
    /// Every consumer is given all events again, whenever there are new ones.
    read_again: bool,
}

/// How a trial went.
struct Went {
    response: Option<Response>,
    /// Published events before it, and after it; by context, in their order.
    before: Vec<String>,
    after: Vec<String>,
    /// The calls that it made, each with its callee.
    calls: Vec<(usize, CallKey)>,
    moments: usize,
}

impl Trial {
    pub fn new(of: Simulation, before: &'static [Line], request: Line) -> Trial {
        Trial { of, before, request, falls_back: false }
    }

    /// It has a declared fallback: refused, it is answered with a success too.
    pub fn falls_back(self) -> Trial {
        Trial { falls_back: true, ..self }
    }

    #[track_caller]
    pub fn succeeds(&self) {
        let went = self.well();
        assert!(!went.calls.is_empty(), "it calls nobody");
        assert!(went.after.len() > went.before.len(), "nothing happened: {:?}", went.after);
    }

    #[track_caller]
    pub fn refused_or_unanswered_it_leaves_nothing(&self) {
        for (_, key) in self.well().calls {
            self.fails(&key, &|message| if is_call(message, &key) { Fate::Refused } else { Fate::Arrives });
            self.fails(&key, &|message| if is_call(message, &key) { Fate::Lost } else { Fate::Arrives });
            self.fails(&key, &|message| if is_reply(message, &key) { Fate::Lost } else { Fate::Arrives });
        }
    }

    #[track_caller]
    pub fn repeated_and_in_the_wrong_order_it_happens_once(&self) {
        let well = self.well();
        for fate in [Fate::Twice, Fate::Again] {
            let went = self.run(&Wrong { fate: &|_| fate, crash: None, read_again: true });
            assert_eq!(went.after, well.after, "every message {fate:?}");
        }
        for (_, key) in well.calls {
            self.fails(&key, &|message| if is_call(message, &key) { Fate::AfterItsUndo } else { Fate::Twice });
            self.fails(&key, &|message| if is_reply(message, &key) { Fate::Lost } else { Fate::Twice });
        }
    }

    #[track_caller]
    pub fn crashed_after_each_step_it_happens_or_not(&self) {
        let well = self.well();
        let mut parties: Vec<usize> = well.calls.iter().map(|(at, _)| *at).collect();
        parties.push(self.of.route(self.request.route).0);
        for moment in 0..well.moments {
            for at in &parties {
                let went = self.run(&Wrong { fate: &|_| Fate::Arrives, crash: Some((moment, *at)), read_again: false });
                let all_or_nothing = went.after == well.after || went.after == went.before || self.falls_back;
                let who = self.of.system.contexts[*at].name;
                assert!(all_or_nothing, "{who} ends at moment {moment}: {:?}", went.after);
                let succeeded = went.response.is_some_and(|response| response.is_ok());
                assert!(!succeeded || went.after != went.before, "{who} ends at moment {moment}: a success of nothing");
            }
        }
    }

    #[track_caller]
    fn well(&self) -> Went {
        let went = self.run(&Wrong { fate: &|_| Fate::Arrives, crash: None, read_again: false });
        assert!(matches!(went.response, Some(Ok(_))), "{:?} is answered {:?}", self.request, went.response);
        went
    }

    #[track_caller]
    fn fails(&self, call: &CallKey, fate: &dyn Fn(&PeerMessage) -> Fate) {
        let went = self.run(&Wrong { fate, crash: None, read_again: true });
        let (response, step) = (&went.response, call.step);
        let fits = matches!(response, Some(response) if response.is_ok() == self.falls_back);
        assert!(fits, "step {step}: {response:?}");
        assert!(self.falls_back || went.after == went.before, "step {step} leaves {:?}", went.after);
    }

    #[track_caller]
    fn run(&self, wrong: &Wrong<'_>) -> Went {
        self.ran(wrong).unwrap_or_else(|broken| panic!("{broken}"))
    }

    fn ran(&self, wrong: &Wrong<'_>) -> Lived<Went> {
        let mut world = World::calm(&self.of)?;
        world.play(self.before, &None)?;
        world.rest()?;
        let before = published(&world);
        world.allow_reading(if wrong.read_again { Reading::FromTheStart } else { Reading::Everything });
        let number = world.send_line(&self.request)?;
        let (mut calls, mut moments, mut again) = (vec![], 0, vec![]);
        loop {
            if let Some((_, at)) = wrong.crash.filter(|(moment, _)| *moment == moments) {
                world.crash(at, 0);
                world.start(at, 0)?;
            }
            moments += 1;
            if world.run_next()? {
                continue;
            }
            let Some(flight) = world.network.take_first() else {
                if world.wait_for_group() { continue } else { break }
            };
            world.time.pass_to(flight.at);
            if let PeerMessage::Call(call) = &flight.envelope.message {
                calls.push((index(&self.of.system, &flight.envelope.to), call.key.clone()));
            }
            let copy = arrive(&mut world, flight, wrong.fate)?;
            again.extend(copy);
        }
        again.into_iter().try_for_each(|flight| world.deliver(flight))?;
        world.rest()?;
        check::all(&mut world)?;
        let response = world.requests[number].response.clone();
        ensure(response.is_some() || wrong.crash.is_some(), "answers", || "it was never answered".into())?;
        calls.dedup_by(|a, b| a.1 == b.1);
        Ok(Went { response, before, after: published(&world), calls, moments })
    }
}

fn is_call(message: &PeerMessage, of: &CallKey) -> bool {
    matches!(message, PeerMessage::Call(call) if call.key == *of)
}

fn is_reply(message: &PeerMessage, to: &CallKey) -> bool {
    matches!(message, PeerMessage::Reply { key, .. } if key == to)
}

/// The copy that arrives once more, when all else has.
fn arrive(world: &mut World<'_>, flight: Flight, fate: &dyn Fn(&PeerMessage) -> Fate) -> Lived<Option<Flight>> {
    match (fate(&flight.envelope.message), &flight.envelope.message) {
        (Fate::Lost, _) => return Ok(None),
        (Fate::Refused, PeerMessage::Call(call)) => {
            let (caller, callee) = (&flight.envelope.from, &flight.envelope.to);
            let reason = world.of.system.contexts[index(&world.of.system, callee)].reasons()[0];
            let refused = PeerMessage::Reply { key: call.key.clone(), result: Err(CallError::Refused(reason.into())) };
            let envelope = Envelope::new(callee.clone(), caller.clone(), refused);
            world.deliver(Flight { envelope, ..flight })?;
            return Ok(None);
        }
        (Fate::AfterItsUndo, PeerMessage::Call(call)) => {
            let undo = PeerMessage::Undo { key: call.key.clone(), settled: kernel::Id(0) };
            let Envelope { from, to, .. } = flight.envelope.clone();
            let undo = Flight { envelope: Envelope::new(from, to, undo), ..flight.clone() };
            world.deliver(undo.clone())?;
            world.deliver(undo)?;
        }
        (Fate::Twice, _) => world.deliver(flight.clone())?,
        (Fate::Again, _) => {
            world.deliver(flight.clone())?;
            return Ok(Some(flight));
        }
        (Fate::Arrives | Fate::Refused | Fate::AfterItsUndo, _) => {}
    }
    world.deliver(flight)?;
    Ok(None)
}

/// The published events of all contexts, by name.
fn published(world: &World<'_>) -> Vec<String> {
    let all = world.services.iter().flat_map(|service| &service.log);
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
