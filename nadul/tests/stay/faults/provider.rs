//! Payment declined, slow, late and down: a room and a car are free again, and then everything works.
use crate::inn::{asks, books, car, closes, is, is_untouched, opens, room};
use process::Nadul;

#[test]
fn a_declined_payment_leaves_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.pays("stay", "decline");
    for _ in 0..3 {
        asks(&served, room, car, "kim").refused(402, "payment-declined");
        is_untouched(&served, room, car);
    }
    served.pays("stay", "approve");
    books(&served, room, car, "kim");
    closes(served);
}

#[test]
fn a_slow_payment_is_waited_for() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.pays("stay", "slow");
    let id = books(&served, room, car, "kim");
    is(&served, &format!("/payments/{id}"), "status", "approved");
    closes(served);
}

#[test]
fn a_payment_that_answers_too_late_is_neither_paid_nor_unpaid_and_leaves_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.pays("stay", "late");
    let answer = asks(&served, room, car, "kim");
    answer.refused(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
    is_untouched(&served, room, car);
    served.pays("stay", "approve");
    books(&served, room, car, "kim");
    closes(served);
}

#[test]
fn a_payment_that_is_down_leaves_nothing() {
    let nadul = Nadul::new();
    let served = opens(&nadul);
    let (room, car) = (room(&served, 2), car(&served, 1));
    served.pays("stay", "down");
    let answer = asks(&served, room, car, "kim");
    answer.refused(503, "unavailable");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
    served.pays("stay", "approve");
    is_untouched(&served, room, car);
    books(&served, room, car, "kim");
    closes(served);
}
