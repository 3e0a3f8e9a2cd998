//! All randomness of a lifetime. Each step draws from its own numbers, so that a step that is left out changes no other.
use super::lock::lock;
use std::ops::Range;
use std::sync::Mutex;

/// Shared by the world and every port in it: they run on one thread, so that the draws come in one order.
pub struct Random(Mutex<fastrand::Rng>);

impl Random {
    /// What one step of one lifetime draws.
    pub fn from_seed(seed: u64, step: u64) -> Random {
        Random(Mutex::new(generator(seed, step)))
    }

    /// The draws of another step begin.
    pub fn restart(&self, seed: u64, step: u64) {
        *lock(&self.0) = generator(seed, step);
    }

    pub fn below(&self, end: u64) -> u64 {
        lock(&self.0).u64(0..end.max(1))
    }

    pub fn between(&self, range: Range<u64>) -> u64 {
        lock(&self.0).u64(range)
    }

    pub fn index(&self, of: usize) -> usize {
        lock(&self.0).usize(0..of.max(1))
    }

    pub fn percent(&self, chance: u64) -> bool {
        self.below(100) < chance
    }

    pub fn one_of<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.index(all.len()))
    }

    pub fn shuffle<T>(&self, all: &mut [T]) {
        lock(&self.0).shuffle(all);
    }
}

fn generator(seed: u64, step: u64) -> fastrand::Rng {
    fastrand::Rng::with_seed(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ step.wrapping_mul(0xD1B5_4A32_D192_ED03))
}
