//! order: the shop front. It knows the catalogue from the store's events, so that orders are taken while the store is down. Unpaid, there is no order.
use super::{delivery, pay, store};
use crate::CUSTOMER;
use kernel::{
    Collection, Context, Entry, Id, LocalReaderExt, Name, OPERATOR, Request, Saga, Shown, Then, View, Won, aggregate,
    delete, event, form, labels, nothing, path_id, post, record, refusal, saga, state, then,
};
use store::{book, sale};

/// What was bought, at the price and by the name it had at that moment.
#[record]
pub struct Purchase {
    pub order_id: Id,
    pub product_id: Id,
    pub product_name: String,
    pub qty: u64,
    pub amount: Won,
    pub customer_id: Option<String>,
    pub customer_name: Option<String>,
    pub customer_addr: Option<String>,
}

#[event("order", private(OrderRejected))]
pub enum Event {
    OrderPlaced(Purchase),
    OrderCancelled(Purchase),
    OrderRejected,
}

#[derive(Debug)]
pub enum Command {
    Place(Purchase),
    Cancel,
    Reject,
}

#[refusal]
pub enum Refusal {
    UnknownOrder = NotFound,
    NotInCatalogue = NotFound,
    AmountTooHigh = NotAllowedNow,
    AlreadyPlaced = NotAllowedNow,
    AlreadyRejected = NotAllowedNow,
}

#[state]
pub enum Order {
    New,
    Placed(Purchase),
    Cancelled(Purchase),
    Rejected(Purchase),
}

#[aggregate("order")]
impl Order {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Place(purchase), Order::New) => Ok(vec![Event::OrderPlaced(purchase)]),
            (Command::Place(_), _) => Err(Refusal::AlreadyPlaced),

            (Command::Cancel, Order::Placed(purchase)) => Ok(vec![Event::OrderCancelled(purchase.clone())]),
            (Command::Cancel, Order::Cancelled(_)) => Ok(vec![]),
            (Command::Cancel, Order::Rejected(_)) => Err(Refusal::AlreadyRejected),
            (Command::Cancel, Order::New) => Err(Refusal::UnknownOrder),

            (Command::Reject, Order::Placed(_)) => Ok(vec![Event::OrderRejected]),
            (Command::Reject, Order::Rejected(_)) => Ok(vec![]),
            (Command::Reject, Order::Cancelled(_)) => Ok(vec![]), // it keeps the first word it heard
            (Command::Reject, Order::New) => Err(Refusal::UnknownOrder),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::OrderPlaced(purchase), _) => Order::Placed(purchase),
            (Event::OrderCancelled(purchase), _) => Order::Cancelled(purchase),
            (Event::OrderRejected, Order::Placed(purchase)) => Order::Rejected(purchase),
            (Event::OrderRejected, same) => same,
        }
    }
}

/// The catalogue as the shop front knows it: a book on sale, or none.
const CATALOGUE: Name = "catalogue";

fn catalogue(_: Option<book::Title>, event: book::Published) -> Option<book::Title> {
    match event {
        book::Published::BookRegistered(title) | book::Published::BookModified(title) => Some(title),
        book::Published::BookDeleted(_) => None,
    }
}

/// What a buyer sends.
#[form(
    example = r#"{ "productId": 1, "quantity": 2, "customerId": "kim", "customerName": "Kim", "customerAddr": "12 Market Street" }"#
)]
pub struct Basket {
    pub product_id: Id,
    #[form(alias = "qty")]
    pub quantity: u64,
    #[form(person)]
    pub customer_id: Option<String>,
    pub customer_name: Option<String>,
    pub customer_addr: Option<String>,
}

/// Hold the amount, then the order exists. What pay cannot hold was never ordered.
fn place() -> Saga<Purchase, Order> {
    saga("place an order")
        .call("hold the amount", pay::hold, |purchase, _| purchase)
        .then(|purchase: Purchase| then(purchase.order_id, Command::Place(purchase)))
}

fn buy(request: &Request<Basket>) -> Result<Purchase, Refusal> {
    let Basket { product_id, quantity: qty, customer_id, customer_name, customer_addr } = request.body.clone();
    let title = request.local.folded::<Option<book::Title>>(CATALOGUE, product_id).flatten();
    let book::Title { name: product_name, price, .. } = title.ok_or(Refusal::NotInCatalogue)?;
    let amount = price.times(qty).ok_or(Refusal::AmountTooHigh)?;
    Ok(Purchase {
        order_id: request.id,
        product_id,
        product_name,
        qty,
        amount,
        customer_id,
        customer_name,
        customer_addr,
    })
}

/// Ask the delivery to stop, then the order is cancelled. What is delivered is not cancelled any more.
fn cancel() -> Saga<Id, Order> {
    saga("cancel an order")
        .call("stop the delivery", |order_id: &Id| delivery::Stop::new(*order_id), |order_id, ()| order_id)
        .then(|order_id| then(order_id, Command::Cancel))
}

fn when_sale(event: sale::Published) -> Then<Order> {
    match event {
        sale::Published::Accepted(_) => nothing(), // an order can be cancelled until it is delivered
        sale::Published::Rejected(verdict) => then(verdict.order_id, Command::Reject),
        sale::Published::StoreCancelled(_) => nothing(), // it is cancelled because the order is
    }
}

#[record]
pub struct Row {
    #[serde(flatten)]
    pub purchase: Purchase,
    pub status: Status,
}

#[labels]
pub enum Status {
    OrderPlaced,
    OrderCancelled,
    Rejected,
}

fn shown(_: Id, order: &Order) -> Shown<Row> {
    match order.clone() {
        Order::New => Shown::Hidden,
        Order::Placed(purchase) => Shown::Listed(Row { purchase, status: Status::OrderPlaced }),
        Order::Cancelled(purchase) => Shown::Listed(Row { purchase, status: Status::OrderCancelled }),
        Order::Rejected(purchase) => Shown::Listed(Row { purchase, status: Status::Rejected }),
    }
}

/// An order neither cancelled nor rejected is paid for, and the seller has it.
fn entries(id: Id, order: &Order) -> Vec<Entry> {
    match order {
        Order::New | Order::Cancelled(_) | Order::Rejected(_) => vec![],
        Order::Placed(purchase) => vec![Entry::new("money", id, purchase.amount.0), Entry::new("orders", id, 1)],
    }
}

pub fn context() -> Context {
    let orders = Collection::new("orders", "order")
        .id_as("orderId")
        .find_by("customerId", |row: &Row| row.purchase.customer_id.as_deref())
        .sort_by("amount", |row| row.purchase.amount.0)
        .read_by_owner(CUSTOMER);
    Context::new("order", 8081)
        .keyed_by("orderId")
        .keeps::<Order>()
        .collection(orders.of_state(shown))
        .view(View::builder::<Option<book::Title>>(1).folds(catalogue).internal(CATALOGUE))
        .ledger::<Order>(entries)
        .route(post("/orders").creates("orders").by(CUSTOMER).about("Buy copies of a book.").starting(place(), buy))
        .route(
            delete("/orders/{orderId}")
                .removes("orders")
                .by_owner(CUSTOMER)
                .by(OPERATOR)
                .about("Cancel an order.")
                .starting(cancel(), path_id::<Refusal>),
        )
        .policy(when_sale)
}

#[cfg(test)]
pub(crate) mod tests;
