//! Waiting for what has to come, bounded.
use process::PATIENCE;
use std::time::{Duration, Instant};

#[track_caller]
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < PATIENCE, "it never comes to this: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
