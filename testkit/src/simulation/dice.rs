//! All randomness of a lifetime. Each step throws its own dice, so that leaving one step out changes no other.
use std::ops::Range;

pub struct Dice(fastrand::Rng);

impl Dice {
    /// What falls in one step of one lifetime.
    pub fn of(seed: u64, step: u64) -> Dice {
        Dice(fastrand::Rng::with_seed(
            seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ step.wrapping_mul(0xD1B5_4A32_D192_ED03),
        ))
    }

    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0.u64(0..sides.max(1))
    }

    pub fn between(&mut self, range: Range<u64>) -> u64 {
        self.0.u64(range)
    }

    pub fn index(&mut self, of: usize) -> usize {
        self.0.usize(0..of.max(1))
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.roll(100) < chance
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.index(all.len()))
    }

    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        self.0.shuffle(all);
    }
}
