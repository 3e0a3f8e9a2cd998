//! Contexts whose stores are on Postgres: served, killed, started again and proved, beside others whose stores are files.
use crate::cluster::backup::restore;
use crate::trip::trip;
use postgres_server::{Database, PostgresServer};
use process::{Nadul, ServerProcess, embedded_only};
use serde_json::json;

/// A folder whose settings put these contexts on a database of their own.
fn on_postgres(contexts: &str) -> (Database, Nadul) {
    let (database, nadul) = (PostgresServer::shared().database(), Nadul::new());
    nadul.file("nadul.toml", &format!("[postgres]\ncontexts = \"{contexts}\"\nurl = \"{}\"\n", database.url));
    (database, nadul)
}

fn owner(database: &Database) -> String {
    database.value("SELECT owner FROM taxi_catch.lease")
}

fn taxi(nadul: &Nadul) -> ServerProcess<'_> {
    nadul.serve(&["taxi", "--data", "data"])
}

/// Hailed, paid, picked by a driver, and seen so on every page.
fn served(server: &ServerProcess<'_>, customer: &str) -> u64 {
    let answer = server.post("/taxi/catches", &trip(customer));
    answer.expect_status(201);
    let id = answer.id();
    server.wait_for_text(&format!("/taxi/catchReqLists/{id}"), "\"id\"");
    server.post("/taxi/pickUps", &json!({ "matchId": id, "driver": "han" })).expect_status(201);
    server.wait_for_text(&format!("/taxi/myPages/{id}"), "\"status\":\"PickupAssigned\"");
    id
}

fn files(nadul: &Nadul) -> Vec<String> {
    let folder = std::fs::read_dir(nadul.path().join("data/taxi")).into_iter().flatten().flatten();
    let names = folder.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut stores: Vec<String> = names.filter(|name| name.ends_with(".db")).collect();
    stores.sort();
    stores
}

#[test]
fn a_system_on_postgres_loses_nothing_when_it_is_killed() {
    embedded_only!("it is one process on Postgres already");
    let (database, nadul) = on_postgres("all");
    let mut ids = vec![];
    for _ in 0..3 {
        let server = taxi(&nadul);
        for id in &ids {
            let page = server.get(&format!("/taxi/myPages/{id}"));
            assert!(page.text.contains("\"status\":\"PickupAssigned\""), "{page:?}");
        }
        ids.push(served(&server, "kim"));
        server.kill();
    }
    let server = taxi(&nadul);
    server.wait_for_count("/taxi/catches", 3);
    let log = nadul.run(&["log", "taxi/catch", "--data", "data"]);
    assert!(log.code == Some(0) && log.out.lines().count() >= 6, "{log:?}");
    server.stop();
    assert_eq!(files(&nadul), [""; 0]);
    assert_eq!(database.value("SELECT count(*) FROM taxi_catch.states"), "3");
    nadul.check_data();
}

/// A container that is started from the same image has a host's name and a path like this one's.
#[test]
fn a_folder_stays_the_owner_of_its_stores_and_an_empty_one_in_its_place_is_not() {
    embedded_only!("it is one process on Postgres already");
    let (database, nadul) = on_postgres("taxi");
    let server = taxi(&nadul);
    let first = owner(&database);
    server.kill();
    let server = taxi(&nadul);
    assert_eq!(owner(&database), first);
    std::fs::rename(nadul.path().join("data"), nadul.path().join("aside")).expect("it can be moved");
    let other = nadul.run(&[
        "run",
        "taxi",
        "--data",
        "data",
        "--set",
        "http.gateway_port=0",
        "--set",
        "http.context_ports=off",
    ]);
    assert!(other.code == Some(2) && other.err.contains(&format!("{first} has the schema taxi_")), "{other:?}");
    served(&server, "kim");
    server.stop();
    taxi(&nadul).stop();
    assert_ne!(owner(&database), first);
}

/// An image of the server's disk has the same server, database and schemas.
#[test]
fn stores_that_are_told_that_they_were_put_back_begin_another_life() {
    embedded_only!("it is one process on Postgres already");
    let (_database, nadul) = on_postgres("taxi");
    let server = taxi(&nadul);
    let id = served(&server, "kim");
    let tag = |server: &ServerProcess<'_>| server.get(&format!("/taxi/catches/{id}")).header("etag").to_string();
    let first = tag(&server);
    let said = nadul.run(&["restored", "taxi", "--data", "another"]);
    assert!(said.code == Some(2) && said.err.contains("has the schema taxi_catch open"), "{said:?}");
    server.stop();
    let server = taxi(&nadul);
    assert_eq!(tag(&server), first, "it goes on");
    server.stop();
    let said = nadul.run(&["restored", "taxi", "--data", "data"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let server = taxi(&nadul);
    assert_ne!(tag(&server), first);
    served(&server, "lee");
    server.stop();
    nadul.check_data();
}

#[test]
fn contexts_on_postgres_and_in_files_work_together() {
    embedded_only!("it is one process on Postgres already");
    let (database, nadul) = on_postgres("taxi/catch");
    let server = taxi(&nadul);
    served(&server, "kim");
    server.kill();
    let server = taxi(&nadul);
    served(&server, "lee");
    server.stop();
    assert!(files(&nadul).contains(&"payment.db".to_string()) && !files(&nadul).contains(&"catch.db".to_string()));
    assert_eq!(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'taxi%'"), "1");
    nadul.check_data();
}

#[test]
fn a_process_that_has_the_stores_is_named_to_one_of_another_folder() {
    embedded_only!("it is one process on Postgres already");
    let (_database, nadul) = on_postgres("taxi");
    let server = taxi(&nadul);
    for arguments in [
        ["run", "taxi", "--set", "http.gateway_port=0", "--set", "http.context_ports=off", "--data", "other"]
            .as_slice(),
        &["check", "taxi", "--data", "other"],
    ] {
        std::fs::create_dir_all(nadul.path().join("other")).expect("a folder");
        let other = nadul.run(arguments);
        let said = format!("{}{}", other.out, other.err);
        assert!(other.code == Some(2) && said.contains("/data has the schema taxi_"), "{other:?}");
    }
    let id = served(&server, "kim");
    server.stop();
    // given back: the next one has it at once
    let server = nadul.serve(&["taxi", "--data", "other"]);
    server.get(&format!("/taxi/catches/{id}")).expect_status(200);
}

/// Another process takes over from one that is not heard of; when that one wakes up it owns nothing any more, and says so.
#[test]
fn a_process_whose_stores_are_taken_over_stops_its_contexts() {
    embedded_only!("it is one process on Postgres already");
    let (_database, nadul) = on_postgres("taxi");
    std::fs::create_dir_all(nadul.path().join("other")).expect("a folder");
    let first = taxi(&nadul);
    let kim = served(&first, "kim");
    first.signal("-STOP");
    let second = nadul.serve(&["taxi", "--data", "other"]);
    let lee = served(&second, "lee");
    first.signal("-CONT");
    first.wait_for_text("/health/ready", "\"status\":\"not ready\"");
    second.stop();
    first.post("/taxi/catches", &trip("han")).expect_problem(503, "unavailable");
    first.stop();
    let first = taxi(&nadul);
    let han = served(&first, "han");
    for id in [kim, lee, han] {
        first.get(&format!("/taxi/payments/{id}")).expect_status(200);
    }
    first.wait_for_count("/taxi/catches", 3);
    first.stop();
    nadul.check_data();
}

#[test]
fn a_system_with_stores_of_both_kinds_is_backed_up_at_rest() {
    embedded_only!("it is one process on Postgres already");
    let (_database, nadul) = on_postgres("taxi/catch");
    let server = taxi(&nadul);
    served(&server, "kim");
    let backup = || nadul.run(&["backup", "copy", "--data", "data"]);
    let at_work = backup();
    assert!(at_work.code == Some(1) && at_work.err.contains("End the process, then back up."), "{at_work:?}");
    server.stop();
    let at_rest = backup();
    assert!(at_rest.code == Some(0) && at_rest.out.starts_with("5 stores, "), "{at_rest:?}");
    for file in ["postgres.dump", "payment.db"] {
        assert!(nadul.path().join("copy/taxi").join(file).is_file(), "{file}");
    }
}

#[test]
fn contexts_may_have_databases_of_their_own_and_are_backed_up_at_rest() {
    embedded_only!("it is one process on Postgres already");
    let [common, of_payment] = [(); 2].map(|()| PostgresServer::shared().database());
    let nadul = Nadul::new();
    let settings = |common: &Database, of_payment: &Database| {
        let databases = format!("taxi/payment={} taxi/message={0}", of_payment.url);
        format!("[postgres]\ncontexts = \"taxi\"\nurl = \"{}\"\ndatabases = \"{databases}\"\n", common.url)
    };
    nadul.file("nadul.toml", &settings(&common, &of_payment));
    let server = taxi(&nadul);
    let id = served(&server, "kim");
    let schemas = |database: &Database| {
        database.value("SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname LIKE 'taxi%'")
    };
    assert_eq!(schemas(&common), "taxi_catch taxi_mypage taxi_pickup");
    assert_eq!(schemas(&of_payment), "taxi_message taxi_payment");
    let backup = || nadul.run(&["backup", "copy", "taxi", "--data", "data"]);
    let at_work = backup();
    assert!(at_work.code == Some(1) && at_work.err.contains("or in another database. End the process"), "{at_work:?}");
    server.kill();
    let server = taxi(&nadul);
    served(&server, "lee");
    server.stop();
    nadul.check_data();
    let at_rest = backup();
    assert!(at_rest.code == Some(0) && at_rest.out.starts_with("5 stores, "), "{at_rest:?}");
    let again = ["postgres.dump", "postgres-payment+message.dump"].map(|dump| {
        let database = PostgresServer::shared().database();
        restore(&nadul, &database, &format!("copy/taxi/{dump}"));
        database
    });
    nadul.file("nadul.toml", &settings(&again[0], &again[1]));
    let server = taxi(&nadul);
    assert!(server.get(&format!("/taxi/myPages/{id}")).text.contains("\"status\":\"PickupAssigned\""));
    served(&server, "park");
    server.stop();
    nadul.check_data();
}

#[test]
fn what_is_wrong_with_the_settings_is_told_and_no_password_is() {
    embedded_only!("it is one process on Postgres already");
    let nadul = Nadul::new();
    let root = "postgres.root_certificate=/nowhere.pem";
    let url = "postgres.url=postgres://mina:s3cret@127.0.0.1:1/taxi";
    for (set, said) in [
        (vec!["postgres.contexts=taxi"], "postgres.contexts is set and postgres.url is not"),
        (vec!["postgres.contexts=taxi/cach", url], "postgres.contexts: taxi has no context cach; did you mean catch?"),
        (vec!["postgres.contexts=taix", url], "postgres.contexts: there is no system taix; did you mean taxi?"),
        (
            vec!["postgres.contexts=taxi", "postgres.url=db:s3cret"],
            "postgres.url: The address of the Postgres server is not like",
        ),
        (vec!["postgres.contexts=taxi", url], "postgres://mina@127.0.0.1:1/taxi can't be used"),
        (vec!["postgres.contexts=taxi", url, "postgres.sslmode=verify-full"], "postgres.root_certificate is not set"),
        (
            vec!["postgres.contexts=taxi", url, "postgres.sslmode=verify-full", root],
            "The root certificate /nowhere.pem can't be read",
        ),
        (
            vec!["postgres.contexts=taxi", url, "postgres.password_file=/nowhere"],
            "postgres.password_file /nowhere can't be read",
        ),
        (
            vec!["postgres.contexts=taxi", url, "postgres.databases=taxi/catch"],
            "postgres.databases: each entry is like",
        ),
        (
            vec!["postgres.contexts=taxi", url, "postgres.databases=taxi/catch=db:s3cret"],
            "postgres.databases: taxi/catch: The address of the Postgres server is not like",
        ),
        (
            vec![
                "postgres.contexts=taxi/catch",
                url,
                "postgres.databases=taxi/payment=postgres://mina:s3cret@127.0.0.1:1/a",
            ],
            "postgres.databases: taxi/payment is not in postgres.contexts",
        ),
        (
            vec![
                "postgres.contexts=taxi",
                url,
                "postgres.databases=taxi/catch=postgres://a:s3cret@127.0.0.1:1/a taxi/catch=postgres://a@127.0.0.1:1/b",
            ],
            "postgres.databases: taxi/catch is named twice",
        ),
        (
            vec![
                "postgres.contexts=taxi/catch",
                "postgres.databases=taxi/catch=postgres://mina:s3cret@127.0.0.1:1/own",
            ],
            "postgres://mina@127.0.0.1:1/own can't be used",
        ),
        (vec!["postgres.heartbeat_ms=5000"], "postgres.heartbeat_ms must not be more than postgres.lease_ms"),
    ] {
        let set: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
        let output = nadul.run(
            &[
                &["run", "taxi", "--data", "data", "--set", "http.gateway_port=0", "--set", "http.context_ports=off"],
                &set[..],
            ]
            .concat(),
        );
        assert!(output.code == Some(2) && output.err.contains(said), "{set:?}: {output:?}");
        assert!(!output.err.contains("s3cret") && !output.out.contains("s3cret"), "{output:?}");
    }
    let shown = nadul.run_with(&[("NADUL_POSTGRES_URL", "postgres://mina:s3cret@db/taxi")], &["settings", "postgres"]);
    assert!(shown.out.contains("***") && !shown.out.contains("s3cret"), "{shown:?}");
}
