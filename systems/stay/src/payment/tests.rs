//! What payment does for a reservation, as stay names it.
use super::*;
use crate::reservation::{Status as Reserved, tests::booking};
use kernel::serde_json::{json, to_value};
use kernel::{Aggregate, fold};

fn bill() -> Bill<Details> {
    Bill { key: Id(7), amount: Won(80_000), details: Details { room_id: Id(1), car_id: None } }
}

#[test]
fn what_is_held_is_taken_then_given_back() {
    type Payment = payment::Payment<Published>;
    let held = || payment::Event::<Published>::Held(bill());
    let taken = || payment::Event::<Published>::Taken(<Published as payment::Naming>::approved(&bill()));
    let refunded = payment::Event::<Published>::Refunded(<Published as payment::Naming>::cancelled(&bill()));
    assert_eq!(fold::<Payment>([held()]).decide(Command::Take), Ok(vec![taken()]));
    assert_eq!(fold::<Payment>([held(), taken()]).decide(Command::Refund), Ok(vec![refunded]));
}

#[test]
fn an_event_reads_as_the_page_says() {
    let expected = json!({"eventType": "PaymentApproved", "payId": 7, "rsvId": 7, "roomId": 1, "carId": null,
        "amount": 80_000, "status": "paid"});
    assert_eq!(to_value(<Published as payment::Naming>::approved(&bill())).ok(), Some(expected));
}

#[test]
fn payment_follows_the_reservation() {
    let follows = |said| format!("{:?}", when_reservation(said).0);
    use reservation::Published;
    assert_eq!(follows(Published::ReservationCreated(booking(Reserved::ReqReserve))), "Some((Id(7), Take))");
    assert_eq!(follows(Published::ReservationCancelRequested(booking(Reserved::ReqCancel))), "Some((Id(7), Refund))");
    assert_eq!(follows(Published::ReservationConfirmed(booking(Reserved::Reserved))), "None");
    assert_eq!(follows(Published::ReservationCancelled(booking(Reserved::Cancelled))), "None");
}
