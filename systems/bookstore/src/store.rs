//! store: the books on sale, and the paid orders its seller decides on. It listens to its own log: an order listed takes its stock, one undone gives it back.
pub mod book;
pub mod sale;
pub mod top_books;

use super::{order, pay};
use book::Book;
use kernel::{Context, EventContext, Then, nothing, then};
use sale::{Goods, Sale};

fn when_order(event: order::Published) -> Then<Sale> {
    match event {
        order::Published::OrderPlaced(purchase) => {
            let order::Purchase { order_id, product_id, product_name, qty, .. } = purchase;
            then(order_id, sale::Command::Order(Goods { order_id, product_id, product_name, qty }))
        }
        order::Published::OrderCancelled(purchase) => then(purchase.order_id, sale::Command::Cancel),
    }
}

fn when_pay(event: pay::Published) -> Then<Sale> {
    match event {
        pay::Published::Paid { order_id, .. } => then(order_id, sale::Command::Pay),
        pay::Published::PaymentCancelled { .. } => nothing(), // the refund follows a cancel or a rejection
    }
}

fn when_sale(event: sale::Event) -> Then<Book> {
    match event {
        sale::Event::SaleListed(Goods { order_id, product_id, qty, .. }) => {
            then(product_id, book::Command::Take { order_id, copies: qty })
        }
        sale::Event::StockReleased { product_id, copies } => then(product_id, book::Command::Return { copies }),
        sale::Event::Accepted(_) | sale::Event::Rejected(_) | sale::Event::StoreCancelled(_) => nothing(),
        sale::Event::SaleOrdered(_) | sale::Event::SalePaid | sale::Event::SaleWithdrawn => nothing(),
        sale::Event::StockSecured { .. } => nothing(),
    }
}

fn when_book(event: book::Event, accept: bool) -> Then<Sale> {
    match event {
        book::Event::StockTaken { order_id, copies } => then(order_id, sale::Command::Secure { copies, accept }),
        book::Event::StockShort { order_id, reason } => then(order_id, sale::Command::GoWithout { reason }),
        book::Event::BookRegistered(_) | book::Event::BookModified(_) | book::Event::BookDeleted(_) => nothing(),
        book::Event::StockReturned { .. } => nothing(),
    }
}

/// With `auto_accept`, an order is accepted as soon as its stock is taken.
pub fn context(auto_accept: bool) -> Context {
    let context = Context::new("store", 8083)
        .keyed_by("orderId")
        .keeps::<Book>()
        .keeps::<Sale>()
        .collection(book::collection())
        .collection(sale::collection())
        .view(top_books::view())
        .ledger::<Book>(book::entries)
        .ledger::<Sale>(sale::entries);
    let context = book::routes().into_iter().chain(sale::routes()).fold(context, Context::route);
    context
        .policy(when_order)
        .policy(when_pay)
        .policy(when_sale)
        .policy_with(move |event, _: &EventContext<'_>| when_book(event, auto_accept))
}

#[cfg(test)]
mod tests;
