//! order: a customer orders fruit. Unpaid, there is no order; delivered, it can't be cancelled any more.
use super::{delivery, payment};
use crate::CUSTOMER;
use kernel::{
    Collection, Context, Entry, Id, OPERATOR, Request, Saga, Shown, Won, aggregate, delete, event, form, labels,
    path_id, post, record, refusal, saga, state, then,
};

/// An order as it is shown and published.
#[record]
pub struct Order {
    pub order_id: Id,
    pub user_id: String,
    pub prod_nm: String,
    pub qty: u64,
    /// Of the whole order.
    pub price: Won,
    pub address: String,
    pub order_status: Status,
}

#[labels]
pub enum Status {
    Placed = "주문신청",
    Canceled = "주문취소",
}

#[event("order")]
pub enum Event {
    OrderPlaced(Order),
    OrderCanceled(Order),
}

#[derive(Debug)]
pub enum Command {
    Place(Order),
    Cancel,
}

#[refusal]
pub enum Refusal {
    UnknownOrder = NotFound,
    AlreadyPlaced = NotAllowedNow,
}

#[state]
pub enum Ordered {
    New,
    Placed(Order),
    Canceled(Order),
}

#[aggregate("order")]
impl Ordered {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Place(order), Ordered::New) => Ok(vec![Event::OrderPlaced(order)]),
            (Command::Place(_), _) => Err(Refusal::AlreadyPlaced),

            (Command::Cancel, Ordered::Placed(order)) => {
                Ok(vec![Event::OrderCanceled(Order { order_status: Status::Canceled, ..order.clone() })])
            }
            (Command::Cancel, Ordered::Canceled(_)) => Ok(vec![]),
            (Command::Cancel, Ordered::New) => Err(Refusal::UnknownOrder),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::OrderPlaced(order) => Ordered::Placed(order),
            Event::OrderCanceled(order) => Ordered::Canceled(order),
        }
    }
}

/// What a customer sends.
#[form(example = r#"{ "userId": "kim", "prodNm": "apples", "qty": 2, "price": 9000, "address": "12 Market Street" }"#)]
pub struct Place {
    #[form(person)]
    pub user_id: String,
    pub prod_nm: String,
    pub qty: u64,
    pub price: Won,
    pub address: String,
}

fn place(request: &Request<Place>) -> Result<Order, Refusal> {
    let Place { user_id, prod_nm, qty, price, address } = request.body.clone();
    Ok(Order { order_id: request.id, user_id, prod_nm, qty, price, address, order_status: Status::Placed })
}

/// Hold the money, then the order exists.
fn placing() -> Saga<Order, Ordered> {
    saga("place an order")
        .call("hold the money", payment::hold, |order, _| order)
        .then(|order: Order| then(order.order_id, Command::Place(order)))
}

/// Ask the delivery to stop, then the order is cancelled. What is delivered stays ordered.
fn cancelling() -> Saga<Id, Ordered> {
    saga("cancel an order")
        .call("stop the delivery", |order_id: &Id| delivery::Stop::new(*order_id), |order_id, ()| order_id)
        .then(|order_id| then(order_id, Command::Cancel))
}

fn shown(_: Id, ordered: &Ordered) -> Shown<Order> {
    match ordered.clone() {
        Ordered::New => Shown::Hidden,
        Ordered::Placed(order) | Ordered::Canceled(order) => Shown::Listed(order),
    }
}

/// An order that is not cancelled is paid for, and delivered or on its way.
fn entries(id: Id, ordered: &Ordered) -> Vec<Entry> {
    match ordered {
        Ordered::New | Ordered::Canceled(_) => vec![],
        Ordered::Placed(order) => vec![Entry::new("money", id, order.price.0), Entry::new("deliveries", id, 1)],
    }
}

pub fn context() -> Context {
    let orders = Collection::new("orders", "order")
        .id_as("orderId")
        .find_by("userId", |order: &Order| Some(&order.user_id))
        .sort_by("price", |order| order.price.0)
        .read_by_owner(CUSTOMER);
    Context::new("order", 8081)
        .keyed_by("orderId")
        .keeps::<Ordered>()
        .collection(orders.of_state(shown))
        .ledger::<Ordered>(entries)
        .route(post("/orders").creates("orders").by(CUSTOMER).about("Order fruit.").starting(placing(), place))
        .route(
            delete("/orders/{orderId}")
                .removes("orders")
                .by_owner(CUSTOMER)
                .by(OPERATOR)
                .about("Cancel an order that is not delivered yet.")
                .starting(cancelling(), path_id::<Refusal>),
        )
}

#[cfg(test)]
pub(crate) mod tests;
