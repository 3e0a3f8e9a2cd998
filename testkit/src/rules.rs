//! given/when/then: what happened, what is wanted, what follows from it or why not.
//!
//! `given::<Catch>([requested]).when(Command::Cancel).then([cancelled])` · `given::<Catch>([]).when(Command::Cancel).refuses(Refusal::UnknownCatch)`
use kernel::{Aggregate, EventSet as _, RefusalReason, RefusalSet as _};

/// Events that have happened to a thing.
pub fn given<A: Aggregate>(events: impl IntoIterator<Item = A::Event>) -> Given<A> {
    Given(events.into_iter().fold(A::default(), A::evolve))
}

/// A thing as its events have left it.
#[derive(Clone, Debug)]
pub struct Given<A>(A);

/// What a thing answers to a command.
#[derive(Debug)]
pub struct When<A: Aggregate> {
    before: A,
    wanted: String,
    decided: Result<Vec<A::Event>, A::Refusal>,
}

impl<A: Aggregate> Given<A> {
    pub fn when(self, command: A::Command) -> When<A> {
        let wanted = format!("{command:?}");
        When { decided: self.0.decide(command), before: self.0, wanted }
    }

    pub fn state(self) -> A {
        self.0
    }
}

impl<A: Aggregate> When<A>
where
    A::Event: PartialEq,
{
    /// These events follow, and each survives being written and read again. Gives the thing as it is then.
    #[track_caller]
    pub fn then(self, expected: impl IntoIterator<Item = A::Event>) -> Given<A> {
        let When { before, wanted, decided } = self;
        let expected: Vec<A::Event> = expected.into_iter().collect();
        match decided {
            Ok(events) => assert_eq!(events, expected, "{wanted} on {before:?}"),
            Err(refusal) => panic!("{wanted} on {before:?} was refused: {}", refusal.reason().code),
        }
        for event in &expected {
            assert_eq!(written_and_read(event), *event, "{} as JSON", event.name());
        }
        Given(expected.into_iter().fold(before, A::evolve))
    }

    /// It is so already.
    #[track_caller]
    pub fn then_nothing(self) -> Given<A> {
        self.then([])
    }

    #[track_caller]
    pub fn refuses(self, because: A::Refusal) {
        let reason: &'static RefusalReason = because.reason();
        match self.decided {
            Err(refusal) => {
                assert_eq!(refusal.reason().code, reason.code, "{} on {:?}", self.wanted, self.before);
            }
            Ok(events) => panic!("{} on {:?} was not refused: {events:?}", self.wanted, self.before),
        }
    }
}

fn written_and_read<E: kernel::Event>(event: &E) -> E {
    let body = kernel::serde_json::to_string(event).expect("an event is plain data");
    let version = E::KINDS.iter().find(|kind| kind.name == event.name()).map_or(1, |kind| kind.version);
    let published = event.published().map(|said| said.name());
    assert!(published.is_none_or(|name| name == event.name()), "a published event keeps its name");
    E::read(event.name(), version, &body).expect("an event reads its own JSON").expect("an event knows its own name")
}
