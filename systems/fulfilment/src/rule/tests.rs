//! Given what happened to a fulfilment, when it is told to, then this happens or is refused.
use super::*;
use crate::{Status, shown};
use kernel::{Aggregate, Id, Shown, fold, labels, record, refusal};

/// Somebody's goods; too heavy is not available.
#[record]
pub struct Parcel {
    pub weight: u64,
}

#[labels]
pub enum Label {
    Started,
    Completed,
    Cancelled,
}

#[record]
pub struct Row {
    pub parcel: Parcel,
    pub label: Label,
}

#[refusal]
pub enum Refusal {
    Unknown = NotFound,
    Done = NotAllowedNow,
    Off = NotAllowedNow,
    #[waits]
    InDoubt = Unavailable,
}

crate::events! {
    "parcel": Parcel, shown as Row.parcel,
    published { Started => Started, NotAvailable => NotAvailable, Completed => Completed, Cancelled => Cancelled }
    private { Known => Known, Released => Released, Forgone => Forgone }
}

impl Naming for Parcel {
    const KIND: Name = "parcel";
    const RULE: Name = "parcels";
    const UNKNOWN: Refusal = Refusal::Unknown;
    const COMPLETE: Refusal = Refusal::Done;
    const CANCELLED: Refusal = Refusal::Off;
    const STOP_IN_DOUBT: Refusal = Refusal::InDoubt;
    type Event = Event;
    type Refusal = Refusal;
    type Row = Row;

    fn row(self, status: Status) -> Row {
        Row { parcel: self, label: status.label(Label::Started, Label::Completed, Label::Cancelled) }
    }
    fn available(&self) -> bool {
        self.weight < TOO_HEAVY.weight
    }
}

const LIGHT: Parcel = Parcel { weight: 1 };
const TOO_HEAVY: Parcel = Parcel { weight: 100 };
const KNOWN: Event = Event::Known(LIGHT);
const STARTED: Event = Event::Started(Row { parcel: LIGHT, label: Label::Started });
const COMPLETED: Event = Event::Completed(Row { parcel: LIGHT, label: Label::Completed });
const CANCELLED: Event = Event::Cancelled(Row { parcel: LIGHT, label: Label::Cancelled });
const NOT_AVAILABLE: Event = Event::NotAvailable(Row { parcel: TOO_HEAVY, label: Label::Cancelled });

fn given(events: impl IntoIterator<Item = Event>) -> Fulfilment<Parcel> {
    fold(events)
}

fn know() -> Command<Parcel> {
    Command::Know(LIGHT)
}

/// All that ended it, or keeps it from ever starting.
fn over() -> [Fulfilment<Parcel>; 4] {
    [
        given([STARTED, COMPLETED]),
        given([STARTED, CANCELLED]),
        given([Event::Known(TOO_HEAVY), Event::Released, NOT_AVAILABLE]),
        given([Event::Forgone]),
    ]
}

#[test]
fn it_starts_when_it_is_known_and_released_whichever_comes_first() {
    assert_eq!(given([]).decide(know()), Ok(vec![KNOWN]));
    assert_eq!(given([KNOWN]).decide(Command::Release), Ok(vec![Event::Released, STARTED]));
    assert_eq!(given([]).decide(Command::Release), Ok(vec![Event::Released]));
    assert_eq!(given([Event::Released]).decide(know()), Ok(vec![KNOWN, STARTED]));
}

#[test]
fn what_cannot_be_done_never_starts() {
    let heavy = given([Event::Known(TOO_HEAVY)]);
    assert_eq!(heavy.decide(Command::Release), Ok(vec![Event::Released, NOT_AVAILABLE]));
}

#[test]
fn it_starts_once() {
    assert_eq!(given([KNOWN]).decide(know()), Ok(vec![]));
    assert_eq!(given([Event::Released]).decide(Command::Release), Ok(vec![]));
    for state in over().into_iter().chain([given([STARTED]), given([STARTED, Event::StopHeld])]) {
        assert_eq!(state.decide(know()), Ok(vec![]));
        assert_eq!(state.decide(Command::Release), Ok(vec![]));
    }
}

#[test]
fn what_has_started_is_completed_once() {
    assert_eq!(given([STARTED]).decide(Command::Complete), Ok(vec![COMPLETED]));
    assert_eq!(given([STARTED, COMPLETED]).decide(Command::Complete), Ok(vec![]));
}

#[test]
fn what_has_not_started_or_is_cancelled_is_not_completed() {
    for state in [given([]), given([KNOWN]), given([Event::StopHeld]), given([Event::Forgone])] {
        assert_eq!(state.decide(Command::Complete), Err(Refusal::Unknown));
    }
    assert_eq!(given([STARTED, CANCELLED]).decide(Command::Complete), Err(Refusal::Off));
    assert_eq!(given([NOT_AVAILABLE]).decide(Command::Complete), Err(Refusal::Off));
}

#[test]
fn a_cancel_ends_what_has_started_and_forgoes_what_has_not() {
    assert_eq!(given([STARTED]).decide(Command::Cancel), Ok(vec![CANCELLED]));
    assert_eq!(given([STARTED, Event::StopHeld]).decide(Command::Cancel), Ok(vec![CANCELLED]));
    for state in [given([]), given([KNOWN]), given([Event::StopHeld]), given([Event::StopHeld, KNOWN])] {
        assert_eq!(state.decide(Command::Cancel), Ok(vec![Event::Forgone]));
    }
    for state in over() {
        assert_eq!(state.decide(Command::Cancel), Ok(vec![]));
    }
}

#[test]
fn a_completion_waits_while_a_stop_is_in_doubt() {
    assert_eq!(given([STARTED]).decide(Command::Stop), Ok(vec![Event::StopHeld]));
    assert_eq!(given([STARTED, Event::StopHeld]).decide(Command::Complete), Err(Refusal::InDoubt));
    assert_eq!(given([STARTED, Event::StopHeld, Event::StopLifted]).decide(Command::Complete), Ok(vec![COMPLETED]));
}

#[test]
fn two_stops_are_lifted_one_by_one() {
    let held = [STARTED, Event::StopHeld, Event::StopHeld, Event::StopLifted];
    assert_eq!(given(held.clone()).decide(Command::Complete), Err(Refusal::InDoubt));
    assert_eq!(given(held).decide(Command::GoOn), Ok(vec![Event::StopLifted]));
    assert_eq!(given([STARTED]).decide(Command::GoOn), Ok(vec![]));
}

#[test]
fn a_start_waits_for_every_stop() {
    assert_eq!(given([Event::StopHeld, KNOWN]).decide(Command::Release), Ok(vec![Event::Released]));
    let held = [Event::StopHeld, KNOWN, Event::Released];
    assert_eq!(given(held.clone()).decide(Command::GoOn), Ok(vec![Event::StopLifted, STARTED]));
    let twice = [Event::StopHeld].into_iter().chain(held);
    assert_eq!(given(twice).decide(Command::GoOn), Ok(vec![Event::StopLifted]));
}

#[test]
fn a_stop_before_anything_is_known_leaves_nothing_when_it_is_lifted() {
    assert_eq!(given([]).decide(Command::Stop), Ok(vec![Event::StopHeld]));
    assert_eq!(given([Event::StopHeld, Event::StopLifted]), given([]));
}

#[test]
fn what_is_complete_does_not_stop_and_what_never_starts_has_stopped() {
    assert_eq!(given([STARTED, COMPLETED]).decide(Command::Stop), Err(Refusal::Done));
    for state in [given([STARTED, CANCELLED]), given([NOT_AVAILABLE]), given([Event::Forgone])] {
        assert_eq!(state.decide(Command::Stop), Ok(vec![]));
        assert_eq!(state.decide(Command::GoOn), Ok(vec![]));
    }
}

#[test]
fn only_what_has_started_is_shown() {
    let row = |events: Vec<Event>| match shown(Id(1), &given(events)) {
        Shown::Listed(row) => Some((row.parcel.weight, row.label)),
        Shown::ById(_) | Shown::Hidden => None,
    };
    assert_eq!(row(vec![KNOWN, Event::StopHeld]), None);
    assert_eq!(row(vec![Event::Forgone]), None);
    assert_eq!(row(vec![STARTED]), Some((1, Label::Started)));
    assert_eq!(row(vec![STARTED, COMPLETED]), Some((1, Label::Completed)));
    assert_eq!(row(vec![STARTED, CANCELLED]), Some((1, Label::Cancelled)));
    assert_eq!(row(vec![NOT_AVAILABLE]), Some((100, Label::Cancelled)));
}

#[test]
fn its_ledger_balances_that_of_its_request() {
    let sum = |events: Vec<Event>, rule: Name| {
        let entries = crate::entries(Id(1), &given(events));
        entries.iter().filter(|entry| entry.rule == rule).map(|entry| entry.amount).sum::<i64>()
    };
    assert_eq!((sum(vec![STARTED], "parcels"), sum(vec![STARTED, COMPLETED], "parcels")), (-1, -1));
    assert_eq!((sum(vec![STARTED, CANCELLED], "parcels"), sum(vec![Event::Forgone], "parcels")), (0, 0));
    assert_eq!((sum(vec![STARTED, Event::StopHeld], "stops"), sum(vec![STARTED], "stops")), (1, 0));
    assert_eq!(sum(vec![STARTED, Event::StopHeld, CANCELLED], "stops"), 0);
}
