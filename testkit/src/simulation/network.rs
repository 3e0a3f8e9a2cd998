//! Messages under way between contexts: lost, doubled, late, in any order.
use super::dice::Dice;
use super::faults::{Fault, Faults};
use kernel::Timestamp;
use runtime::message::Message;

/// One message under way.
pub struct Flight {
    pub at: Timestamp,
    pub from: usize,
    pub to: usize,
    pub message: Message,
}

/// How the outside party a context stands on behaves just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    Approves,
    Declines,
    Slow,
    Late,
    Down,
}

impl Provider {
    pub const ALL: [Provider; 5] =
        [Provider::Approves, Provider::Declines, Provider::Slow, Provider::Late, Provider::Down];

    fn delay_ms(self, dice: &mut Dice) -> u64 {
        match self {
            Provider::Approves | Provider::Declines | Provider::Down => 0,
            Provider::Slow => dice.between(150..450),
            Provider::Late => dice.between(500..900),
        }
    }
}

/// When copies of a message arrive, in ms from now.
pub fn fates(dice: &mut Dice, faults: Faults, provider: Provider) -> [Option<u64>; 2] {
    let normal = dice.roll(40) + provider.delay_ms(dice);
    match dice.roll(100) {
        0..5 if faults.on(Fault::Losses) => [None, None],
        5..11 if faults.on(Fault::Doubles) => [Some(normal), Some(normal + dice.roll(700))],
        11..15 if faults.on(Fault::Delays) => [Some(normal + dice.between(550..2500)), None],
        _ => [Some(normal), None],
    }
}
