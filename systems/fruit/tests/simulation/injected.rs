//! Faults injected on purpose, one at a time: a simulation that does not find them proves nothing.
use super::ORDER;
use super::clients::{simulation, simulation_of, system};
use fruit::delivery::{Delivery, Event, Status};
use fruit::mypage::Page;
use fruit::order;
use fruit::payment::Published;
use fulfilment::Command;
use kernel::{Aggregate as _, System, nothing};
use payment::Payment;
use testkit::exchange::Exchange;
use testkit::{finds, finds_protocol_faults};

finds_protocol_faults!(simulation());

finds! {
    a_delivery_started_after_a_stop: simulation_of(started_after_a_stop()), within 2000;
    a_delivery_started_after_its_cancel: simulation_of(started_after_a_cancel()), within 200;
    a_delivery_completed_against_a_stop: simulation_of(completed_against_a_stop()), within 2000;
    a_delivery_started_unpaid: simulation_of(started_unpaid()), within 200;
    a_cancel_that_is_not_refunded: simulation_of(not_refunded()), within 200;
    a_cancel_that_delivery_does_not_hear: simulation_of(not_heard()), within 200;
    a_refund_paid_out_twice: simulation_of(refunded_twice()), within 2000;
    a_delivered_order_cancelled: simulation_of(delivered_and_cancelled()), within 200;
    a_column_with_two_sources: simulation_of(two_sources()), within 200;
}

fn started_after_a_stop() -> System {
    system().with_rule::<Delivery>(|delivery, command| match (command, delivery) {
        (Command::Release, Delivery::Waiting { goods: Some(parcel), released: false, stops: 1.. }) => {
            Ok(vec![Event::OrderPaid, Event::DeliveryStarted(parcel.clone().at(Status::Started))])
        }
        (command, delivery) => delivery.decide(command),
    })
}

fn started_after_a_cancel() -> System {
    system().with_rule::<Delivery>(|delivery, command| match (command, delivery) {
        (Command::Cancel, Delivery::Waiting { goods: Some(parcel), .. }) => {
            Ok(vec![Event::DeliveryForgone, Event::DeliveryStarted(parcel.clone().at(Status::Started))])
        }
        (command, delivery) => delivery.decide(command),
    })
}

fn completed_against_a_stop() -> System {
    system().with_rule::<Delivery>(|delivery, command| match (command, delivery) {
        (Command::Complete, Delivery::Started { goods, stops: 1.. }) => {
            Ok(vec![Event::DeliveryCompleted(goods.clone().at(Status::Completed))])
        }
        (command, delivery) => delivery.decide(command),
    })
}

fn started_unpaid() -> System {
    system().with_rule::<Delivery>(|delivery, command| match (command, delivery) {
        (Command::Know(parcel), Delivery::Waiting { goods: None, .. }) => {
            Ok(vec![Event::ParcelPacked(parcel.clone()), Event::DeliveryStarted(parcel.at(Status::Started))])
        }
        (command, delivery) => delivery.decide(command),
    })
}

fn not_refunded() -> System {
    system().with_policy::<order::Published, Payment<Published>>(|event, rest| match event {
        order::Published::OrderCanceled(_) => nothing(),
        placed @ order::Published::OrderPlaced(_) => rest(placed),
    })
}

fn not_heard() -> System {
    system().with_policy::<order::Published, Delivery>(|event, rest| match event {
        order::Published::OrderCanceled(_) => nothing(),
        placed @ order::Published::OrderPlaced(_) => rest(placed),
    })
}

fn refunded_twice() -> System {
    system().with_rule::<Payment<Published>>(|payment, command| match (command, payment) {
        (payment::Command::Take, Payment::Refunded(bill)) => {
            Ok(vec![payment::Event::Refunded(<Published as payment::Naming>::cancelled(bill))])
        }
        (payment::Command::Refund, Payment::Approved(bill)) => {
            let refund = || payment::Event::Refunded(<Published as payment::Naming>::cancelled(bill));
            Ok(vec![refund(), refund()])
        }
        (command, payment) => payment.decide(command),
    })
}

/// The stop is answered with a yes although the courier was faster.
fn delivered_and_cancelled() -> System {
    system().with_rule::<Delivery>(|delivery, command| match (command, delivery) {
        (Command::Stop, Delivery::Complete(_)) => Ok(vec![]),
        (command, delivery) => delivery.decide(command),
    })
}

/// The row takes its delivery's word only where it has heard of the order before.
fn two_sources() -> System {
    system().with_deaf_view::<Page>("myPages", "delivery", |page| page.order.is_none())
}

/// Without any chaos: one request, read in every order.
#[test]
fn a_column_with_two_sources_is_found_by_trying_every_order() {
    let broken =
        simulation_of(two_sources()).reads_in_every_order(&[ORDER]).expect_err("an order that matters is found");
    assert_eq!(broken.check, "views");
}

/// A test that fails reports the few things that matter, in the system's own names.
#[test]
fn a_failing_lifetime_is_reported_short() {
    simulation_of(not_refunded()).reports_short(&["POST /orders", "DELETE /orders/{orderId}", "OrderCanceled"]);
}
