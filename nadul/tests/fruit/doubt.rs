//! A cancel in doubt: order's disk keeps it from saying what became of the stop it has asked delivery for.
use crate::shop::{PATIENT, cancel, deliver, open_with, row, sent};
use process::{Nadul, Served};
use rusqlite::Connection;

/// Keeps order from committing, as a disk that takes long does, until it goes.
fn held(served: &Served<'_>) -> Connection {
    let order = Connection::open(served.nadul.path().join("data/fruit/order.db")).expect("order has a store");
    order.execute_batch("BEGIN IMMEDIATE").expect("order is at rest");
    order
}

/// Delivery has stopped, and nobody knows yet what for.
fn stops(served: &Served<'_>) {
    served.becomes("/health/live", "a stop", |_| {
        served.nadul.log("fruit/delivery").iter().any(|event| event["eventType"] == "StopHeld")
    });
}

#[test]
fn a_completion_waits_for_the_outcome_of_a_cancel_and_past_its_time_comes_back_later() {
    open_with(&[PATIENT[0], PATIENT[1], "http.request_timeout_ms=1500"], |served| {
        let id = sent(served, "kim");
        let order = held(served.rests());
        std::thread::scope(|threads| {
            let cancelling = threads.spawn(|| cancel(served, id).status);
            stops(served);
            let answer = deliver(served, id);
            assert_eq!(answer.status, 503, "{answer:?}");
            assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
            assert_eq!(row(served, "deliveries", id)["deliveryStatus"], "배송시작");
            drop(order);
            let told = cancelling.join().expect("who cancels is told");
            assert!([204, 503].contains(&told), "{told}");
        });
        served.shows(&format!("/orders/{id}"), "주문취소");
        deliver(served, id).refused(409, "delivery-off");
        served.shows(&format!("/myPages/{id}"), "배송취소");
    });
}

#[test]
fn a_cancel_killed_in_doubt_never_was_and_the_courier_goes_on() {
    let nadul = Nadul::new();
    let first = nadul.serve(&["fruit", "--data", "data"]);
    let id = sent(&first, "kim");
    let order = held(first.rests());
    let door = first.door();
    std::thread::scope(|threads| {
        let cancelling = threads.spawn(|| door.ask("DELETE", &format!("/orders/{id}"), &[], ""));
        stops(&first);
        first.kill();
        assert!(cancelling.join().expect("who cancels is there").is_none(), "a cancel was promised");
    });
    drop(order);
    let said = nadul.run(&["check", "--data", "data"]);
    assert!(said.code == Some(0) && said.out.contains("the next start voids it"), "{said:?}");
    let second = nadul.serve(&["fruit", "--data", "data"]);
    deliver(&second, id).with(200);
    assert_eq!(row(&second, "orders", id)["orderStatus"], "주문신청");
    cancel(&second, id).refused(409, "already-delivered");
    second.rests();
    second.stop();
    nadul.is_proved();
}
