//! How much of a trial there is: a little in every run, more where a setting of the tests says so.

/// Of this variable, or this many.
pub fn of(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |many| many.parse().unwrap_or_else(|_| panic!("{variable} is a number")))
}

/// What is random follows from the seed, which whoever uses it prints, so that a trial can be run again.
pub fn seed() -> u64 {
    std::env::var("NADUL_TEST_SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().expect("a seed"))
}
