//! Ports that others can be told of before they are bound.
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};

/// Below those that the system gives to clients' ends, so that no connection takes one meanwhile.
const FIRST: u32 = 20_000;
const MANY: u32 = 12_000;

/// Free now, and given to nobody else in this process.
pub fn free_port() -> u16 {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    let start = std::process::id().wrapping_mul(257);
    let next = || FIRST + start.wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed)) % MANY;
    let mut ports = std::iter::repeat_with(next).take(MANY as usize).filter_map(|port| u16::try_from(port).ok());
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
