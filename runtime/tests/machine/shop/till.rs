//! till: holds money of a purse of 100 won until the order exists, then takes it. A purse that is locked is being decided.
use super::orders;
use kernel::{Aggregate, CallBody, Context, Entry, Id, Name, Then, event, record, refusal, then};

/// Holds some money of a purse.
#[record]
pub struct HoldMoney {
    pub purse: Id,
    pub won: u64,
}

/// The money is held; so much is left.
#[record]
pub struct Receipt {
    pub left: u64,
}

impl CallBody for HoldMoney {
    const NAME: Name = "hold the money";
    const TO: Name = "till";
    type Answer = Receipt;
}

#[event("till", private(MoneyHeld, MoneyReleased, PurseLocked, PurseUnlocked))]
pub enum Event {
    MoneyHeld { won: u64 },
    MoneyReleased { won: u64 },
    MoneyTaken { order: Id, won: u64 },
    PurseLocked,
    PurseUnlocked,
}

#[derive(Debug)]
pub enum Command {
    Hold(u64),
    Release(u64),
    Take { order: Id, won: u64 },
}

#[refusal]
pub enum Refusal {
    TooMuch = Declined,
    AlreadyTaken = NotAllowedNow,
    NothingHeld = NotAllowedNow,
    #[waits]
    Undecided = NotAllowedNow,
}

#[record]
#[derive(Default)]
pub struct Purse {
    pub held: u64,
    pub taken: u64,
    pub locked: bool,
}

impl Purse {
    fn left(&self) -> u64 {
        100 - self.held - self.taken
    }
}

/// A hold of this locks the purse, and its release unlocks it.
pub const LOCK: u64 = 66;
/// A rule that is to hold this breaks.
pub const BREAK: u64 = 99;

impl Aggregate for Purse {
    const KIND: Name = "purse";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Hold(BREAK) => panic!("this rule always breaks"),
            Command::Hold(_) if self.locked => Err(Refusal::Undecided),
            Command::Hold(LOCK) => Ok(vec![Event::MoneyHeld { won: LOCK }, Event::PurseLocked]),
            Command::Hold(0) => Ok(vec![]),
            Command::Hold(won) if won > self.left() => Err(Refusal::TooMuch),
            Command::Hold(won) => Ok(vec![Event::MoneyHeld { won }]),
            Command::Release(LOCK) => Ok(vec![Event::MoneyReleased { won: LOCK }, Event::PurseUnlocked]),
            Command::Release(won) if self.taken >= won && self.held < won => Err(Refusal::AlreadyTaken),
            Command::Release(won) => Ok(vec![Event::MoneyReleased { won }]),
            Command::Take { won, .. } if self.held < won => Err(Refusal::NothingHeld),
            Command::Take { order, won } => Ok(vec![Event::MoneyTaken { order, won }]),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::MoneyHeld { won } => Purse { held: self.held + won, ..self },
            Event::MoneyReleased { won } => Purse { held: self.held - won, ..self },
            Event::MoneyTaken { won, .. } => Purse { held: self.held - won, taken: self.taken + won, ..self },
            Event::PurseLocked => Purse { locked: true, ..self },
            Event::PurseUnlocked => Purse { locked: false, ..self },
        }
    }

    fn key(event: &Event, id: Id) -> Id {
        match event {
            Event::MoneyTaken { order, .. } => *order,
            _ => id,
        }
    }
}

fn when_orders(published: orders::Published) -> Then<Purse> {
    let orders::Published::OrderPlaced(wish) = published;
    then(wish.purse, Command::Take { order: wish.id, won: wish.won })
}

fn entries(id: Id, purse: &Purse) -> Vec<Entry> {
    vec![Entry::new("held", id, purse.held as i64)]
}

pub fn context() -> Context {
    Context::new("till", 9002)
        .keyed_by("purseId")
        .keeps::<Purse>()
        .ledger::<Purse>(entries)
        .answers_call::<HoldMoney, Purse>(
            |call| then(call.purse, Command::Hold(call.won)),
            |call| then(call.purse, Command::Release(call.won)),
            |purse| Receipt { left: purse.left() },
        )
        .policy(when_orders)
}
