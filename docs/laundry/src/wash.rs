//! wash: a customer brings clothes, pays by the piece and gets them back clean.
use crate::{CUSTOMER, WASHER, payment};
use kernel::{
    Collection, Context, Entry, Id, Request, Saga, Shown, Then, Won, aggregate, event, form, labels, patch, post,
    record, refusal, saga, state, then,
};

/// What was brought, and what it costs.
#[record]
#[derive(Default)]
pub struct Order {
    pub wash_id: Id,
    pub customer: String,
    pub pieces: u64,
    pub price: Won,
}

#[event("wash")]
pub enum Event {
    WashOrdered(Order),
    WashFinished { wash_id: Id },
    WashCancelled { wash_id: Id },
}

#[derive(Debug)]
pub enum Command {
    Order(Order),
    Finish,
    Cancel,
}

#[refusal]
pub enum Refusal {
    UnknownWash = NotFound,
    AlreadyOrdered = NotAllowedNow,
    AlreadyWashed = NotAllowedNow,
    Cancelled = NotAllowedNow,
    NoSuchStatus = NotAllowedNow,
    TooMuch = NotAllowedNow,
}

#[state]
pub enum Wash {
    New,
    Ordered(Order),
    Finished(Order),
    Cancelled(Order),
}

#[aggregate("wash")]
impl Wash {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Order(order), Wash::New) => Ok(vec![Event::WashOrdered(order)]),
            (Command::Order(_), Wash::Ordered(_) | Wash::Finished(_) | Wash::Cancelled(_)) => {
                Err(Refusal::AlreadyOrdered)
            }

            (Command::Finish, Wash::Ordered(order)) => Ok(vec![Event::WashFinished { wash_id: order.wash_id }]),
            (Command::Finish, Wash::Finished(_)) => Ok(vec![]), // so already
            (Command::Finish, Wash::Cancelled(_)) => Err(Refusal::Cancelled),
            (Command::Finish, Wash::New) => Err(Refusal::UnknownWash),

            (Command::Cancel, Wash::Ordered(order)) => Ok(vec![Event::WashCancelled { wash_id: order.wash_id }]),
            (Command::Cancel, Wash::Cancelled(_)) => Ok(vec![]), // so already
            (Command::Cancel, Wash::Finished(_)) => Err(Refusal::AlreadyWashed),
            (Command::Cancel, Wash::New) => Err(Refusal::UnknownWash),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::WashOrdered(order), _) => Wash::Ordered(order),
            (Event::WashFinished { .. }, Wash::Ordered(order)) => Wash::Finished(order),
            (Event::WashCancelled { .. }, Wash::Ordered(order)) => Wash::Cancelled(order),
            (Event::WashFinished { .. } | Event::WashCancelled { .. }, same) => same,
        }
    }
}

/// What a customer sends.
#[form(example = r#"{ "customer": "kim", "pieces": 3 }"#)]
pub struct Bring {
    #[form(person)]
    pub customer: String,
    pub pieces: u64,
}

const PRICE_A_PIECE: Won = Won(4_000);

fn bring(request: &Request<Bring>) -> Result<Order, Refusal> {
    let Bring { customer, pieces } = request.body.clone();
    let price = PRICE_A_PIECE.times(pieces).ok_or(Refusal::TooMuch)?;
    Ok(Order { wash_id: request.id, customer, pieces, price })
}

/// Hold the price, then the wash exists. What payment cannot hold was never ordered.
fn place() -> Saga<Order, Wash> {
    saga("order a wash")
        .call("hold the price", payment::hold, |order, _| order)
        .then(|order: Order| then(order.wash_id, Command::Order(order)))
}

#[form]
pub struct Change {
    pub status: String,
}

fn change(request: &Request<Change>) -> Result<Then<Wash>, Refusal> {
    match request.body.status.as_str() {
        "Finished" => Ok(then(request.id, Command::Finish)),
        "Cancelled" => Ok(then(request.id, Command::Cancel)),
        _ => Err(Refusal::NoSuchStatus),
    }
}

#[labels]
pub enum Status {
    Ordered,
    Finished,
    Cancelled,
}

/// A wash as it is shown.
#[record]
pub struct Row {
    #[serde(flatten)]
    pub order: Order,
    pub status: Status,
}

fn shown(_: Id, wash: &Wash) -> Shown<Row> {
    match wash.clone() {
        Wash::New => Shown::Hidden,
        Wash::Ordered(order) => Shown::Listed(Row { order, status: Status::Ordered }),
        Wash::Finished(order) => Shown::Listed(Row { order, status: Status::Finished }),
        Wash::Cancelled(order) => Shown::Listed(Row { order, status: Status::Cancelled }),
    }
}

/// A wash that is not cancelled is paid for; payment's ledger holds the other side.
fn entries(id: Id, wash: &Wash) -> Vec<Entry> {
    match wash {
        Wash::New | Wash::Cancelled(_) => vec![],
        Wash::Ordered(order) | Wash::Finished(order) => vec![Entry::new("money", id, order.price.0)],
    }
}

pub fn context() -> Context {
    let washes = Collection::new("washes", "wash")
        .id_as("washId")
        .find_by("customer", |row: &Row| Some(&row.order.customer))
        .sort_by("price", |row| row.order.price.0)
        .read_by_owner(CUSTOMER)
        .read_by(WASHER);
    Context::new("wash", 8081)
        .keyed_by("washId")
        .keeps::<Wash>()
        .collection(washes.of_state(shown))
        .ledger::<Wash>(entries)
        .route(
            post("/washes")
                .creates("washes")
                .by(CUSTOMER)
                .about("Bring clothes to be washed.")
                .starting(place(), bring),
        )
        .route(
            patch("/washes/{id}")
                .changes("washes")
                .by_owner(CUSTOMER)
                .by(WASHER)
                .about("Finish or cancel a wash.")
                .commanding(change),
        )
}
