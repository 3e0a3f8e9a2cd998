//! The same thing asked again and again, by many at once and across a kill: it is done once, and everybody hears the same.
use crate::faults::wait::proved;
use crate::trip::{catch, trip};
use process::{HttpAnswer, HttpClient, Nadul};

const TAXI: [&str; 3] = ["taxi", "--data", "data"];
const MANY: usize = 20;

fn hails(client: &HttpClient, customer: &str) -> HttpAnswer {
    let answer =
        client.request("POST", "/taxi/catches", &[("idempotency-key", "only once")], &trip(customer).to_string());
    answer.expect("an answer")
}

#[test]
fn many_at_once_under_one_key_are_one_request_also_after_a_kill() {
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let first = hails(&server.client(), "kim").id();
    let answers = server.at_once(MANY, |client, _| hails(client, "kim"));
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.id() == first), "{answers:?}");
    server.kill();
    let server = nadul.serve(&TAXI);
    let answers = server.at_once(MANY, |client, _| hails(client, "kim"));
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.id() == first), "{answers:?}");
    hails(&server.client(), "lee").expect_problem(422, "idempotency-key-reused");
    for list in ["catches", "payments", "catchReqLists", "myPages"] {
        server.wait_for_count(&format!("/taxi/{list}"), 1);
    }
    proved(server);
}

#[test]
fn a_cancel_by_many_at_once_and_again_after_a_kill_refunds_once() {
    let nadul = Nadul::new();
    let server = nadul.serve(&TAXI);
    let id = catch(&server, "kim");
    let path = format!("/taxi/catches/{id}");
    let cancels = |client: &HttpClient, _: usize| {
        client.request("PATCH", &path, &[], "{\"status\":\"Cancel\"}").expect("an answer")
    };
    let answers = server.at_once(MANY, cancels);
    assert!(answers.iter().all(|answer| answer.expect_status(200)["status"] == "Cancel"), "{answers:?}");
    server.kill();
    let server = nadul.serve(&TAXI);
    let answers = server.at_once(MANY, cancels);
    assert!(answers.iter().all(|answer| answer.expect_status(200)["status"] == "Cancel"), "{answers:?}");
    server.wait_for_text(&format!("/taxi/myPages/{id}"), "PaymentCancelled");
    server.wait_until_idle();
    let log = nadul.run(&["log", "taxi", "--data", "data"]).out;
    for event in ["CatchRequested", "CatchCancelled", "PaymentApproved", "PaymentCancelled"] {
        assert_eq!(
            log.lines().filter(|line| line.contains(&format!(" {event}  matchId"))).count(),
            1,
            "{event}: {log}"
        );
    }
    proved(server);
}
