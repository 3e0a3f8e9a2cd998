//! A context whose log can't be read: those that read it wait for that one, and go on with all others.
use crate::faults::wait::proved;
use crate::trip::{catch, catches};
use process::{Nadul, ServerProcess, embedded_only};
use serde_json::Value;

/// More events than a context keeps in memory for its consumers, so that one that was down reads the store.
const MANY: usize = 20;

fn rename_log(nadul: &Nadul, context: &str, from: &str, to: &str) {
    let store = nadul.path().join(format!("data/taxi/{context}.db"));
    let connection = rusqlite::Connection::open(store).expect("a store is a SQLite file");
    let patience = std::time::Duration::from_secs(5);
    connection.busy_timeout(patience).expect("it can be set");
    connection.execute_batch(&format!("ALTER TABLE {from} RENAME TO {to}")).expect("it can be renamed");
}

fn fault(server: &ServerProcess<'_>, name: &str) -> Value {
    let status = server.get("/taxi/operator/contexts").json();
    let contexts = status["contexts"].as_array().expect("contexts");
    contexts.iter().find(|context| context["context"] == name).expect("a context")["fault"].clone()
}

#[test]
fn a_log_that_can_not_be_read_holds_up_only_what_depends_on_it() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data", "--set", "runtime.tail_events=16"]);
    server.stop_context("taxi", "mypage");
    catches(&server, MANY);
    server.wait_until_idle();
    rename_log(&nadul, "catch", "log", "lost");
    server.start_context("taxi", "mypage");
    server.wait_until_caught_up("mypage", "payment").wait_until_caught_up("mypage", "pickup");
    assert_eq!(fault(&server, "mypage"), Value::Null, "it is the other's store that fails");
    server.get("/taxi/myPages").expect_status(200);
    rename_log(&nadul, "catch", "lost", "log");
    server.wait_for_count("/taxi/myPages?size=1", MANY as u64);
    catch(&server, "lee");
    server.wait_for_count("/taxi/myPages?size=1", MANY as u64 + 1);
    proved(server);
}
