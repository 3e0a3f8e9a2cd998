//! The taxi rank under test, and calls its customers make.
use process::{Answer, Nadul, Served, bare};
use serde_json::{Value, json};

/// A busy machine is no reason to give up a question, where a test is not about that.
pub const PATIENT: [&str; 2] = ["call-taxi.payment_timeout_ms=20000", "call-taxi.hold_timeout_ms=20000"];

/// Open for one test; afterwards its data at rest is proved.
pub fn open(test: impl FnOnce(&Served<'_>)) {
    open_with(&PATIENT, test);
}

pub fn open_with(settings: &[&str], test: impl FnOnce(&Served<'_>)) {
    let nadul = Nadul::new();
    let set = settings.iter().flat_map(|setting| ["--set", setting]);
    let served = nadul.serve(&["call-taxi", "--data", "data"].into_iter().chain(set).collect::<Vec<_>>());
    test(&served);
    served.rests();
    served.stop();
    nadul.is_proved();
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
pub fn call(served: &Served<'_>, ride: &Value) -> u64 {
    let answer = served.post("/calls", ride);
    assert_eq!(answer.with(201)["callStatus"], "driveRequest");
    answer.id()
}

/// Called, and its taxi is on its way.
#[track_caller]
pub fn driven(served: &Served<'_>, user: &str) -> u64 {
    let id = call(served, &ride(user));
    served.shows(&format!("/drives/{id}"), "\"start\"");
    served.shows(&format!("/calls/{id}"), "driveStart");
    id
}

/// Called, and no taxi drives that far.
#[track_caller]
pub fn too_far(served: &Served<'_>, user: &str) -> u64 {
    let id = call(served, &far(user));
    served.shows(&format!("/calls/{id}"), "requestCancel");
    id
}

pub fn cancel(served: &Served<'_>, id: u64) -> Answer {
    served.post("/calls/cancel", &json!({ "callId": id }))
}

pub fn end(served: &Served<'_>, id: u64) -> Answer {
    served.post("/drives/end", &json!({ "driveId": id }))
}

/// A row's own fields, read by its id.
#[track_caller]
pub fn row(served: &Served<'_>, collection: &str, id: u64) -> Value {
    bare(served.get(&format!("/{collection}/{id}")).with(200))
}

/// How many events of this name there are.
pub fn said(served: &Served<'_>, name: &str) -> usize {
    served.nadul.log("call-taxi").iter().filter(|event| event["eventType"] == name).count()
}

/// Nothing of any call is left in any collection, view or message.
#[track_caller]
pub fn is_empty(served: &Served<'_>) {
    for collection in ["calls", "payments", "drives", "callViews", "messages?customer=kim"] {
        served.counts(&format!("/{collection}"), 0);
    }
}
