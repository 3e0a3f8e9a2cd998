//! Waiting for what has to come, bounded; in the end for rest.
use process::{PATIENCE, Served};
use std::time::{Duration, Instant};

#[track_caller]
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < PATIENCE, "it never comes to this: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Everything comes to rest, and what is stored is proved.
#[track_caller]
pub fn proved(served: Served<'_>) {
    let nadul = served.nadul;
    served.rests();
    served.stop();
    nadul.is_proved();
}
