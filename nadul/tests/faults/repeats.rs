//! The same thing asked again and again, by many at once and across a kill: it is done once, and everybody hears the same.
use crate::trip::{catch, trip};
use crate::wait::proved;
use process::{Answer, Door, Nadul};

const TAXI: [&str; 3] = ["taxi", "--data", "data"];
const MANY: usize = 20;

fn hails(door: &Door, customer: &str) -> Answer {
    let answer = door.ask("POST", "/taxi/catches", &[("idempotency-key", "only once")], &trip(customer).to_string());
    answer.expect("an answer")
}

#[test]
fn many_at_once_under_one_key_are_one_request_also_after_a_kill() {
    let nadul = Nadul::new();
    let served = nadul.serve(&TAXI);
    let first = hails(&served.door(), "kim").id();
    let answers = served.at_once(MANY, |door, _| hails(door, "kim"));
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.id() == first), "{answers:?}");
    served.kill();
    let served = nadul.serve(&TAXI);
    let answers = served.at_once(MANY, |door, _| hails(door, "kim"));
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.id() == first), "{answers:?}");
    hails(&served.door(), "lee").refused(422, "idempotency-key-reused");
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        served.counts(&format!("/taxi/{list}"), 1);
    }
    proved(served);
}

#[test]
fn a_cancel_by_many_at_once_and_again_after_a_kill_refunds_once() {
    let nadul = Nadul::new();
    let served = nadul.serve(&TAXI);
    let id = catch(&served, "kim");
    let path = format!("/taxi/catches/{id}");
    let cancels = |door: &Door, _: usize| door.ask("PATCH", &path, &[], "{\"status\":\"Cancel\"}").expect("an answer");
    let answers = served.at_once(MANY, cancels);
    assert!(answers.iter().all(|answer| answer.with(200)["status"] == "Cancel"), "{answers:?}");
    served.kill();
    let served = nadul.serve(&TAXI);
    let answers = served.at_once(MANY, cancels);
    assert!(answers.iter().all(|answer| answer.with(200)["status"] == "Cancel"), "{answers:?}");
    served.shows(&format!("/taxi/myPages/{id}"), "PaymentCancelled");
    served.rests();
    let log = nadul.run(&["log", "taxi", "--data", "data"]).out;
    for event in ["CatchRequested", "CatchCancelled", "PaymentApproved", "PaymentCancelled"] {
        assert_eq!(
            log.lines().filter(|line| line.contains(&format!(" {event}  matchId"))).count(),
            1,
            "{event}: {log}"
        );
    }
    proved(served);
}
