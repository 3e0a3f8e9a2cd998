//! A payment that does not answer is neither paid nor unpaid: the caller gets 503 and the hold is voided, across crashes.
use crate::promises::taxi::{is_empty, set, taxi, trip};
use crate::promises::under_way::{TOO_SHORT, held};
use process::Nadul;

#[test]
fn a_void_waits_for_a_payment_that_is_down() {
    let nadul = Nadul::new();
    let server = set(&nadul, &[&format!("taxi.payment_timeout_ms={TOO_SHORT}")]);
    server.set_payment_mode("taxi", "late");
    let (hold, customer) = held(&server, "/catches", &trip("kim"), "/payments");
    server.stop_context("taxi", "payment");
    customer.join().expect("it ends").expect_problem(503, "unavailable");
    server.kill();
    let server = taxi(&nadul);
    server.wait_until(&format!("/payments/{}", hold.id()), "nothing", |answer| answer.status == 404);
    is_empty(&server);
    server.stop();
    nadul.check_data();
}
