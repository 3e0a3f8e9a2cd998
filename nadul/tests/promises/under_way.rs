//! A request whose provider is late: what can be seen while its customer still waits.
use process::{HttpAnswer, ServerProcess};
use serde_json::Value;
use std::thread::JoinHandle;

/// How long the call may take so that a late provider is later than that.
pub const TOO_SHORT: u64 = 1100;

const TRIES: u64 = 10;

/// Asks, and looks until there is something to see or the customer was told; then once more. Each try takes the next id.
#[track_caller]
pub fn seen<T>(
    server: &ServerProcess<'_>,
    path: &str,
    body: &Value,
    look: impl Fn(u64) -> Option<T>,
) -> (T, JoinHandle<HttpAnswer>) {
    for id in 1..=TRIES {
        let (client, path, body) = (server.client(), path.to_string(), body.clone());
        let customer = std::thread::spawn(move || client.post(&path, &body).unwrap_or_else(nobody));
        while !customer.is_finished() {
            if let Some(seen) = look(id) {
                return (seen, customer);
            }
        }
    }
    panic!("nothing is ever seen while {path} is under way");
}

/// The hold of a payment, read by its id.
#[track_caller]
pub fn held(
    server: &ServerProcess<'_>,
    path: &str,
    body: &Value,
    payments: &str,
) -> (HttpAnswer, JoinHandle<HttpAnswer>) {
    seen(server, path, body, |id| Some(server.get(&format!("{payments}/{id}"))).filter(|answer| answer.status == 200))
}

/// The process was killed before it answered.
fn nobody() -> HttpAnswer {
    HttpAnswer { status: 0, headers: Default::default(), text: String::new() }
}
