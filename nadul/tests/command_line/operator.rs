//! What an operator says to a running process.
use crate::trip;
use process::{Nadul, embedded_only};

#[test]
fn a_context_is_stopped_and_started() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi"]);
    let said = server.run(&["stop", "taxi/pickup"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "taxi/pickup is stopped\n"), "{said:?}");
    let id = trip::catch(&server, "kim");
    let said = server.run(&["start", "taxi/pickup"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "taxi/pickup runs\n"), "{said:?}");
    server.wait_for_text("/taxi/catchReqLists", &format!("\"id\":{id}"));
    server.stop();
}

#[test]
fn the_provider_declines_when_told() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi"]);
    assert_eq!(server.run(&["sandbox", "taxi", "decline"]).out, "taxi: payment decline\n");
    server.post("/taxi/catches", &trip::trip("kim")).expect_problem(402, "payment-declined");
    assert_eq!(server.run(&["sandbox", "taxi", "approve"]).code, Some(0));
    trip::catch(&server, "kim");
    server.stop();
}

#[test]
fn nothing_is_parked_in_a_sound_run() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi"]);
    trip::catch(&server, "kim");
    assert_eq!(server.run(&["parked", "taxi"]).out, "nothing is parked\n");
    let said = server.run(&["parked", "taxi", "replay", "7"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), "nadul: nothing is parked for key 7 in taxi\n"), "{said:?}");
    let said = server.run(&["parked", "taxi", "skip", "7", "--reason", "a test"]);
    assert!(said.code == Some(2) && said.err.contains("name a context as well, such as taxi/catch"), "{said:?}");
    let said = server.run(&["parked", "taxi/mypage", "skip", "7", "--reason", "a test"]);
    assert!(said.code == Some(1) && said.err.contains("nothing is parked for key 7"), "{said:?}");
    server.stop();
}

#[test]
fn a_backup_of_a_running_process_holds_and_runs() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catches(&server, 5);
    let said = server.run(&["backup", "copy", "--data", "data"]);
    assert!(said.code == Some(0) && said.out.starts_with("5 stores, "), "{said:?}");
    trip::catch(&server, "lee");
    let said = nadul.run(&["check", "--data", "copy"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let again = server.run(&["backup", "copy", "--data", "data"]);
    assert!(again.code == Some(1) && again.err.contains("is not empty; name a new folder"), "{again:?}");
    server.stop();
    let restored = nadul.serve(&["taxi", "--data", "copy"]);
    restored.wait_for_text("/taxi/catches?customer=kim", "\"totalElements\":5");
    restored.wait_for_text("/taxi/catches?customer=lee", "\"totalElements\":0");
    trip::catch(&restored, "park");
    restored.stop();
    assert_eq!(nadul.run(&["check", "--data", "copy"]).code, Some(0));
}

#[test]
fn a_backup_at_rest_is_the_same() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catch(&server, "kim");
    server.wait_until_idle();
    server.stop();
    let said = nadul.run(&["backup", "deep/copy", "--data", "data", "--json"]);
    assert!(said.code == Some(0) && said.out.contains("\"stores\": 5"), "{said:?}");
    let said = nadul.run(&["check", "--data", "deep/copy"]);
    assert!(said.code == Some(0) && !said.out.contains("note"), "{said:?}");
}

#[test]
fn without_a_process_nobody_is_asked() {
    let nadul = Nadul::new();
    for command in [&["stop", "taxi/pickup"][..], &["sandbox", "taxi", "down"], &["parked", "taxi"]] {
        let said = nadul.run(command);
        assert!(said.code == Some(2) && said.err.contains("nothing runs on the data folder"), "{said:?}");
    }
}
