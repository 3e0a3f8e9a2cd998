//! The taxi rank under test, and calls its customers make.
use process::{HttpAnswer, Nadul, ServerProcess, without_links};
use serde_json::{Value, json};

/// A busy machine is no reason to give up a question, where a test is not about that.
pub const LONG_TIMEOUTS: [&str; 2] = ["call-taxi.payment_timeout_ms=20000", "call-taxi.hold_timeout_ms=20000"];

/// Open for one test; afterwards its data at rest is proved.
pub fn open(test: impl FnOnce(&ServerProcess<'_>)) {
    open_with(&LONG_TIMEOUTS, test);
}

pub fn open_with(settings: &[&str], test: impl FnOnce(&ServerProcess<'_>)) {
    let nadul = Nadul::new();
    let set = settings.iter().flat_map(|setting| ["--set", setting]);
    let server = nadul.serve(&["call-taxi", "--data", "data"].into_iter().chain(set).collect::<Vec<_>>());
    test(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

/// Its fare is 125,000 won.
pub fn ride(user: &str) -> Value {
    json!({ "userId": user, "userName": "김나들", "distance": 12.5 })
}

/// Too far for any taxi.
pub fn far(user: &str) -> Value {
    json!({ "userId": user, "userName": "김나들", "distance": "100.1" })
}

/// Called and paid for; its id.
#[track_caller]
pub fn call(server: &ServerProcess<'_>, ride: &Value) -> u64 {
    let answer = server.post("/calls", ride);
    assert_eq!(answer.expect_status(201)["callStatus"], "driveRequest");
    answer.id()
}

/// Called, and its taxi is on its way.
#[track_caller]
pub fn driven(server: &ServerProcess<'_>, user: &str) -> u64 {
    let id = call(server, &ride(user));
    server.wait_for_text(&format!("/drives/{id}"), "\"start\"");
    server.wait_for_text(&format!("/calls/{id}"), "driveStart");
    id
}

/// Called, and no taxi drives that far.
#[track_caller]
pub fn too_far(server: &ServerProcess<'_>, user: &str) -> u64 {
    let id = call(server, &far(user));
    server.wait_for_text(&format!("/calls/{id}"), "requestCancel");
    id
}

pub fn cancel(server: &ServerProcess<'_>, id: u64) -> HttpAnswer {
    server.post("/calls/cancel", &json!({ "callId": id }))
}

pub fn end(server: &ServerProcess<'_>, id: u64) -> HttpAnswer {
    server.post("/drives/end", &json!({ "driveId": id }))
}

/// A row's own fields, read by its id.
#[track_caller]
pub fn row(server: &ServerProcess<'_>, collection: &str, id: u64) -> Value {
    without_links(server.get(&format!("/{collection}/{id}")).expect_status(200))
}

/// Nothing of any call is left in any collection, view or message.
#[track_caller]
pub fn is_empty(server: &ServerProcess<'_>) {
    for collection in ["calls", "payments", "drives", "callViews", "messages?customer=kim"] {
        server.wait_for_count(&format!("/{collection}"), 0);
    }
}

/// How many events of this name there are of one call.
pub fn said_of(server: &ServerProcess<'_>, name: &str, id: u64) -> usize {
    let log = server.nadul.log("call-taxi");
    log.iter().filter(|event| event["eventType"] == name && event["key"] == id).count()
}

/// The driver and the taxi of a call: the first four digits of its id × 1111.
pub fn taxi(id: u64) -> (String, String) {
    let digits: String = (id * 1111).to_string().chars().take(4).collect();
    (format!("driver{digits}"), digits)
}
