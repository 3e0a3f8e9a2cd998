//! What an operator says to a running process.
use crate::trip;
use process::Nadul;

#[test]
fn a_context_is_stopped_and_started() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi"]);
    let said = served.run(&["stop", "taxi/pickup"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "taxi/pickup is stopped\n"), "{said:?}");
    let id = trip::catch(&served, "kim");
    let said = served.run(&["start", "taxi/pickup"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "taxi/pickup runs\n"), "{said:?}");
    served.shows("/taxi/catchReqLists", &format!("\"id\":{id}"));
    served.stop();
}

#[test]
fn the_provider_declines_when_told() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi"]);
    assert_eq!(served.run(&["sandbox", "taxi", "decline"]).out, "taxi: payment decline\n");
    served.post("/taxi/catches", &trip::trip("kim")).refused(402, "payment-declined");
    assert_eq!(served.run(&["sandbox", "taxi", "approve"]).code, Some(0));
    trip::catch(&served, "kim");
    served.stop();
}

#[test]
fn nothing_is_parked_in_a_sound_run() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi"]);
    trip::catch(&served, "kim");
    assert_eq!(served.run(&["parked", "taxi"]).out, "nothing is parked\n");
    let said = served.run(&["parked", "taxi", "replay", "7"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), "nadul: nothing is parked for key 7 in taxi\n"), "{said:?}");
    let said = served.run(&["parked", "taxi", "skip", "7", "--reason", "a test"]);
    assert!(said.code == Some(2) && said.err.contains("name a context as well, such as taxi/catch"), "{said:?}");
    let said = served.run(&["parked", "taxi/mypage", "skip", "7", "--reason", "a test"]);
    assert!(said.code == Some(1) && said.err.contains("nothing is parked for key 7"), "{said:?}");
    served.stop();
}

#[test]
fn a_backup_of_a_running_process_holds_and_runs() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data"]);
    trip::catches(&served, 5);
    let said = served.run(&["backup", "copy", "--data", "data"]);
    assert!(said.code == Some(0) && said.out.starts_with("5 stores, "), "{said:?}");
    trip::catch(&served, "lee");
    let said = nadul.run(&["check", "--data", "copy"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let again = served.run(&["backup", "copy", "--data", "data"]);
    assert!(again.code == Some(1) && again.err.contains("is not empty; name a new folder"), "{again:?}");
    served.stop();
    let restored = nadul.serve(&["taxi", "--data", "copy"]);
    restored.shows("/taxi/catches?customer=kim", "\"totalElements\":5");
    restored.shows("/taxi/catches?customer=lee", "\"totalElements\":0");
    trip::catch(&restored, "park");
    restored.stop();
    assert_eq!(nadul.run(&["check", "--data", "copy"]).code, Some(0));
}

#[test]
fn a_backup_at_rest_is_the_same() {
    let nadul = Nadul::new();
    let served = nadul.serve(&["taxi", "--data", "data"]);
    trip::catch(&served, "kim");
    served.stop();
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
