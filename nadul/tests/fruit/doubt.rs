//! A cancel in doubt: order's disk keeps it from saying what became of the stop it has asked delivery for.
use crate::shop::{PATIENT, cancel, deliver, open_with, row, sent};
use rusqlite::Connection;

#[test]
fn a_completion_waits_for_the_outcome_of_a_cancel_and_past_its_time_comes_back_later() {
    open_with(&[PATIENT[0], PATIENT[1], "http.request_timeout_ms=1500"], |served| {
        let id = sent(served, "kim");
        served.rests();
        let order = Connection::open(served.nadul.path().join("data/fruit/order.db")).expect("order has a store");
        order.execute_batch("BEGIN IMMEDIATE").expect("order is at rest");
        std::thread::scope(|threads| {
            let cancelling = threads.spawn(|| cancel(served, id).status);
            served.becomes("/health/live", "a stop", |_| {
                served.nadul.log("fruit/delivery").iter().any(|event| event["eventType"] == "StopHeld")
            });
            let answer = deliver(served, id);
            assert_eq!(answer.status, 503, "{answer:?}");
            assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
            assert_eq!(row(served, "deliveries", id)["deliveryStatus"], "배송시작");
            order.execute_batch("ROLLBACK").expect("it was held until now");
            let told = cancelling.join().expect("who cancels is told");
            assert!([204, 503].contains(&told), "{told}");
        });
        served.shows(&format!("/orders/{id}"), "주문취소");
        deliver(served, id).refused(409, "delivery-off");
        served.shows(&format!("/myPages/{id}"), "배송취소");
    });
}
