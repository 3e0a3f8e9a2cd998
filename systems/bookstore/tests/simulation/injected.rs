//! Faults injected on purpose, one at a time: a simulation that does not find them proves nothing.
use super::clients::{accepting, simulation, simulation_of, system};
use bookstore::delivery::{self, Delivery};
use bookstore::order::{self, Order};
use bookstore::orderview::Page;
use bookstore::pay::Published;
use bookstore::store::book::{self, Book, Title};
use bookstore::store::sale::{self, Sale};
use kernel::{Aggregate as _, System, nothing};
use payment::{Event, Payment};
use testkit::exchange::Exchange;
use testkit::{finds, finds_protocol_faults};

finds_protocol_faults!(simulation(false));

finds! {
    stock_not_given_back: simulation_of(stock_kept()), within 500;
    more_sold_than_is_on_the_shelf: simulation_of(oversold()), within 500;
    an_accept_after_the_cancel: simulation_of(accepted_after_the_cancel()), within 500;
    a_rejection_that_is_not_refunded: simulation_of(not_refunded()), within 500;
    a_refund_paid_out_twice: simulation_of(refunded_twice()), within 500;
    a_price_of_another_time: simulation_of(stale_price()), within 500;
    a_cancel_and_a_delivery_that_both_win: simulation_of(two_winners()), within 4000;
    a_cancel_that_delivery_does_not_hear: simulation_of(delivered_though_cancelled()), within 500;
    a_rejection_that_the_order_does_not_hear: simulation_of(rejected_unheard()), within 500;
    a_column_with_two_sources: simulation_of(two_sources()), within 500;
}

fn stock_kept() -> System {
    system().with_rule::<Sale>(|sale, command| match (command, sale) {
        (sale::Command::Reject { reason }, Sale::Open { goods, .. }) => {
            Ok(vec![sale::Event::Rejected(goods.verdict(Some(reason)))])
        }
        (command, sale) => sale.decide(command),
    })
}

/// What is short is sold all the same: as many copies as there are.
fn oversold() -> System {
    system().with_rule::<Book>(|book, command| match (command, book) {
        (book::Command::Take { order_id, copies }, Book::OnSale { title: Title { stock: Some(shelf), .. }, .. }) => {
            Ok(vec![book::Event::StockTaken { order_id, copies: copies.min(*shelf) }])
        }
        (command, book) => book.decide(command),
    })
}

fn accepted_after_the_cancel() -> System {
    system().with_rule::<Sale>(|sale, command| match (command, sale) {
        (sale::Command::Accept, Sale::Cancelled { goods, .. }) => Ok(vec![sale::Event::Accepted(goods.verdict(None))]),
        (command, sale) => sale.decide(command),
    })
}

fn not_refunded() -> System {
    system().with_policy::<sale::Published, Payment<Published>>(|event, rest| match event {
        sale::Published::Rejected(_) => nothing(),
        event @ (sale::Published::Accepted(_) | sale::Published::StoreCancelled(_)) => rest(event),
    })
}

/// Once for the cancel, once more for the rejection that crossed it.
fn refunded_twice() -> System {
    system().with_rule::<Payment<Published>>(|payment, command| match (command, payment) {
        (payment::Command::Refund, Payment::Refunded(bill)) => {
            Ok(vec![Event::Refunded(<Published as payment::Naming>::cancelled(bill))])
        }
        (command, payment) => payment.decide(command),
    })
}

/// The shop front keeps the first price it has heard.
fn stale_price() -> System {
    system().with_deaf_view::<Option<Title>>("catalogue", "store", Option::is_some)
}

fn two_winners() -> System {
    accepting().with_rule::<Delivery>(|delivery, command| match (command, delivery) {
        (fulfilment::Command::Complete, Delivery::Started { goods, stops: 1.. }) => {
            Ok(vec![delivery::Event::Delivered(goods.clone().at(delivery::Status::Delivered))])
        }
        (command, delivery) => delivery.decide(command),
    })
}

fn delivered_though_cancelled() -> System {
    system().with_policy::<order::Published, Delivery>(|event, rest| match event {
        order::Published::OrderCancelled(_) => nothing(),
        placed @ order::Published::OrderPlaced(_) => rest(placed),
    })
}

fn rejected_unheard() -> System {
    system().with_policy::<sale::Published, Order>(|event, rest| match event {
        sale::Published::Rejected(_) => nothing(),
        event @ (sale::Published::Accepted(_) | sale::Published::StoreCancelled(_)) => rest(event),
    })
}

/// The row takes its delivery's word only where it has heard of the order before.
fn two_sources() -> System {
    system().with_deaf_view::<Page>("orderStatuses", "delivery", |page| page.purchase.is_none())
}

/// A test that fails reports the few things that matter, in the system's own names.
#[test]
fn a_failing_lifetime_is_reported_short() {
    simulation_of(stale_price()).reports_short(&[
        "POST /books",
        "PATCH /books/{id}",
        "BookModified",
        "the shop front knows",
    ]);
}
