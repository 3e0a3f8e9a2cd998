//! A backup of a system of many processes on Postgres, and what becomes of it when it is restored.
use super::load::{Addresses, while_hailing};
use super::stack::{Stack, new_database};
use super::{TAXI, served};
use postgres_server::Database;
use process::Nadul;
use std::collections::BTreeMap;

const DUMP: &str = "copy/taxi/postgres.dump";

/// One database of a backup, into a new one.
pub fn restore(nadul: &Nadul, database: &Database, dump: &str) {
    let mut command = nadul.bare("pg_restore");
    command.args(["--exit-on-error", "--no-owner", "--dbname", &database.url]).arg(dump);
    let done = command.output().expect("Postgres' client programs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// By context.
fn lives(stack: &Stack<'_>) -> BTreeMap<String, String> {
    let status = stack.status();
    let texts = status.iter().map(|one| (one["context"].to_string(), one["life"].to_string()));
    texts.collect()
}

#[test]
fn a_backup_under_load_is_restored_into_another_database_and_goes_on() {
    let nadul = Nadul::new();
    let stack = Stack::up(&nadul, "taxi", &TAXI, 1);
    let id = served(&stack.gateway, "kim");
    let without = nadul.run_with(&[("PATH", "/nowhere")], &["backup", "copy", "taxi"]);
    assert!(without.code == Some(1) && without.err.contains("Install Postgres' client programs"), "{without:?}");
    let (copied, account) =
        while_hailing(&Addresses::of(&[&stack.gateway]), 2, || nadul.run(&["backup", "copy", "taxi"]));
    assert!(copied.code == Some(0) && copied.out.starts_with("5 stores, "), "{copied:?}");
    account.expect_all_made();
    let before = lives(&stack);
    stack.check();
    let database = new_database();
    restore(&nadul, &database, DUMP);
    let other = Nadul::new();
    let url = format!("postgres.url={}", database.url);
    let proved = other.run(&["check", "taxi", "--set", "postgres.contexts=taxi", "--set", &url]);
    assert_eq!(proved.code, Some(0), "{proved:?}");
    let stack = Stack::on(&other, database, "taxi", &TAXI);
    stack.gateway.wait_for_text(&format!("/taxi/myPages/{id}"), "\"status\":\"PickupAssigned\"");
    served(&stack.gateway, "lee");
    let after = lives(&stack);
    assert!(
        before.keys().eq(after.keys()) && before.iter().all(|(context, life)| after[context] != *life),
        "{after:?}"
    );
    stack.check();
}
