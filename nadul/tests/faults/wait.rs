//! Waiting for what has to come, bounded; in the end for rest.
use process::{ServerProcess, WAIT_LIMIT};
use std::time::{Duration, Instant};

#[track_caller]
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < WAIT_LIMIT, "it never comes to this: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Everything comes to rest, and what is stored is proved.
#[track_caller]
pub fn proved(server: ServerProcess<'_>) {
    let nadul = server.nadul;
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}
