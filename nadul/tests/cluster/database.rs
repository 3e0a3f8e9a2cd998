//! What may happen to the database: it stops and comes back, is copied while it works, and is put back to an earlier instant.
use super::load::{Addresses, while_hailing};
use super::stack::{Stack, new_database};
use super::{TAXI, served, served_at_last};
use crate::trip::{catch, trip};
use postgres_server::{Database, PostgresServer};
use process::Nadul;

#[test]
fn a_database_that_stops_at_once_and_comes_back_has_lost_nothing() {
    let (nadul, server) = (Nadul::new(), PostgresServer::start());
    let stack = Stack::up_on(&server, &nadul, "taxi", &TAXI, 2);
    let ((), account) = while_hailing(&Addresses::of(&[&stack.gateway]), 4, || {
        served(&stack.gateway, "kim");
        server.stop_immediately();
        let gone = stack.gateway.wait_until("/taxi/catches", "nothing", |answer| answer.status == 503);
        gone.expect_problem(503, "unavailable");
        server.start_again();
        served_at_last(&stack.gateway, "kim");
    });
    account.expect_others_to_be_unavailable();
    account.expect_each_once(&stack.gateway, 2);
    stack.check();
}

/// What a database holds is proved where no process has it.
fn is_proved(nadul: &Nadul, database: &Database) {
    let environment = [("NADUL_POSTGRES_CONTEXTS", "all"), ("NADUL_POSTGRES_URL", &database.url)];
    let proved = nadul.run_with(&environment, &["check", "taxi"]);
    assert_eq!(proved.code, Some(0), "{proved:?}");
}

#[test]
fn a_dump_under_load_is_one_instant_of_all_contexts_and_holds_up_nobody() {
    let nadul = Nadul::new();
    let (stack, copy) = (Stack::up(&nadul, "taxi", &TAXI, 2), PostgresServer::shared().database());
    let (dumps, account) = while_hailing(&Addresses::of(&[&stack.gateway]), 4, || {
        [(); 3].map(|()| {
            catch(&stack.gateway, "kim");
            stack.database.dump()
        })
    });
    account.expect_all_made();
    for (nth, dump) in dumps.iter().enumerate() {
        copy.restore(dump);
        let kims = copy.value("SELECT count(*) FROM taxi_catch.log WHERE body LIKE '%\"kim\"%'");
        assert_eq!(kims, (nth + 1).to_string(), "what was answered before the dump is in it");
        is_proved(&nadul, &copy);
    }
    account.expect_each_once(&stack.gateway, 3);
    stack.check();
}

#[test]
fn a_system_put_back_to_an_earlier_instant_goes_on_from_there() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    let kept = served(&stack.gateway, "kim");
    stack.gateway.wait_until_idle();
    let dump = stack.database.dump();
    let lost = catch(&stack.gateway, "lee");
    let tag = stack.gateway.get(&format!("/taxi/catches/{lost}")).header("etag").to_string();
    stack.gateway.wait_until_idle();
    stack.stop_all();
    stack.database.restore(&dump);
    stack.start_all();
    stack.wait_for_owners();
    stack.gateway.wait_for_count("/taxi/catches", 1);
    stack.gateway.get(&format!("/taxi/pickUps/{kept}")).expect_status(200);
    let next = served(&stack.gateway, "han");
    assert_eq!(stack.gateway.get("/taxi/messages?customer=lee").rows(), [] as [serde_json::Value; 0]);
    let row = stack.gateway.get(&format!("/taxi/catches/{next}"));
    assert!(next != lost || row.header("etag") != tag, "what a lost life gave out fits nothing: {row:?}");
    stack.check();
}

#[test]
fn one_schema_put_back_alone_is_noticed_and_nothing_is_done_on_it() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 2);
    served(&stack.gateway, "kim");
    stack.gateway.wait_until_idle();
    let dump = stack.database.dump();
    served(&stack.gateway, "lee");
    stack.gateway.wait_until_idle();
    let whole = stack.database.dump();
    stack.stop_all();
    stack.database.restore_schema(&dump, "taxi_payment");
    stack.launch_all();
    let is_noticed = |answer: &process::HttpAnswer| {
        answer.text.contains("gone back in time") || answer.text.contains("is another one")
    };
    let noticed = || {
        stack
            .names()
            .iter()
            .find_map(|name| stack.at(name, |process| Some(process.get("/taxi/operator/contexts")).filter(is_noticed)))
    };
    stack.gateway.wait_until("/health/live", "a store that has gone back", |_| noticed().is_some());
    stack.gateway.post("/taxi/catches", &trip("han")).expect_problem(503, "unavailable");
    let proved = nadul.run(&["check", "taxi", "--data", "data"]);
    assert!(matches!(proved.code, Some(1 | 2)), "{proved:?}");
    stack.stop_all();
    stack.database.restore(&whole);
    stack.start_all();
    stack.wait_for_owners();
    stack.gateway.wait_for_count("/taxi/catches", 2);
    served(&stack.gateway, "han");
    stack.check();
}

#[test]
fn a_context_with_a_database_of_its_own_changes_its_owner_like_the_others() {
    let (nadul, own) = (Nadul::new(), new_database());
    let stack = Stack::with_a_database_for(&nadul, "taxi", &TAXI, ("payment", &own));
    served(&stack.gateway, "kim");
    stack.kill(&stack.owner("taxi/payment").expect("it has an owner"));
    served_at_last(&stack.gateway, "lee");
    assert_eq!(own.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'taxi%'"), "1");
    assert_eq!(stack.database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'taxi_payment'"), "0");
    let at_work = nadul.run(&["backup", "copy", "taxi"]);
    assert!(at_work.code == Some(2) && at_work.err.contains("Stop it"), "{at_work:?}");
    stack.check();
}
