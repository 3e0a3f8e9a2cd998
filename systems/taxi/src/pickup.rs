//! pickup: paid requests that drivers may pick, and who picked which.
use super::{catch, payment};
use crate::DRIVER;
use kernel::{
    Collection, Context, Entry, Id, Request, Shown, Then, Won, aggregate, delete, event, form, labels, nothing, post,
    record, refusal, state, then,
};

/// What a driver is told of a paid request.
#[record]
#[derive(Default)]
pub struct Ride {
    pub price: Won,
    pub customer: String,
    pub starting_point: String,
    pub destination: String,
}

/// Who ended a match.
#[labels]
pub enum Reason {
    Driver = "driver",
    Cancelled = "cancelled",
}

#[event("pickup", private(RequestListed, RequestClosed))]
pub enum Event {
    PickupAssigned { match_id: Id, driver: String, customer: String },
    PickupCancelled { match_id: Id, driver: String, customer: String, reason: Reason },
    RequestListed(Ride),
    RequestClosed,
}

#[derive(Debug)]
pub enum Command {
    List(Ride),
    Pick { match_id: Id, driver: String },
    GiveBack { match_id: Id },
    Close { match_id: Id },
}

#[refusal]
pub enum Refusal {
    UnknownRequest = NotFound,
    NotOpen = NotAllowedNow,
    NoMatch = NotFound,
}

#[state]
pub enum Pickup {
    New,
    Open(Ride),
    Taken { ride: Ride, driver: String },
    Closed,
}

#[aggregate("pickup")]
impl Pickup {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::List(ride), Pickup::New) => Ok(vec![Event::RequestListed(ride)]),
            (Command::List(_), Pickup::Open(_) | Pickup::Taken { .. } | Pickup::Closed) => Ok(vec![]), // Closed: the cancel came first

            (Command::Pick { match_id, driver }, Pickup::Open(ride)) => {
                Ok(vec![Event::PickupAssigned { match_id, driver, customer: ride.customer.clone() }])
            }
            (Command::Pick { driver, .. }, Pickup::Taken { driver: holder, .. }) if driver == *holder => Ok(vec![]),
            (Command::Pick { .. }, Pickup::New) => Err(Refusal::UnknownRequest),
            (Command::Pick { .. }, Pickup::Taken { .. } | Pickup::Closed) => Err(Refusal::NotOpen),

            (Command::GiveBack { match_id }, Pickup::Taken { ride, driver }) => {
                Ok(vec![cancelled(match_id, ride, driver, Reason::Driver)])
            }
            (Command::GiveBack { .. }, Pickup::New | Pickup::Open(_) | Pickup::Closed) => Err(Refusal::NoMatch),

            (Command::Close { match_id }, Pickup::Taken { ride, driver }) => {
                Ok(vec![cancelled(match_id, ride, driver, Reason::Cancelled), Event::RequestClosed])
            }
            (Command::Close { .. }, Pickup::New | Pickup::Open(_)) => Ok(vec![Event::RequestClosed]),
            (Command::Close { .. }, Pickup::Closed) => Ok(vec![]),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::RequestListed(ride), _) => Pickup::Open(ride),
            (Event::PickupAssigned { driver, .. }, Pickup::Open(ride)) => Pickup::Taken { ride, driver },
            (Event::PickupCancelled { .. }, Pickup::Taken { ride, .. }) => Pickup::Open(ride),
            (Event::RequestClosed, _) => Pickup::Closed,
            (Event::PickupAssigned { .. } | Event::PickupCancelled { .. }, same) => same,
        }
    }
}

fn cancelled(match_id: Id, ride: &Ride, driver: &str, reason: Reason) -> Event {
    Event::PickupCancelled { match_id, driver: driver.into(), customer: ride.customer.clone(), reason }
}

/// What a driver sends.
#[form(example = r#"{ "matchId": 1, "driver": "lee" }"#)]
pub struct Pick {
    pub match_id: Id,
    #[form(person)]
    pub driver: String,
}

fn pick(request: &Request<Pick>) -> Result<Then<Pickup>, Refusal> {
    let Pick { match_id, driver } = request.body.clone();
    Ok(then(match_id, Command::Pick { match_id, driver }))
}

fn when_payment(event: payment::Published) -> Then<Pickup> {
    match event {
        payment::Published::PaymentApproved { match_id, price, customer, starting_point, destination } => {
            then(match_id, Command::List(Ride { price, customer, starting_point, destination }))
        }
        payment::Published::PaymentCancelled { .. } => nothing(), // the cancel itself has closed the request
    }
}

fn when_catch(event: catch::Published) -> Then<Pickup> {
    match event {
        catch::Published::CatchRequested(_) => nothing(), // listed when it is paid
        catch::Published::CatchCancelled { id, .. } => then(id, Command::Close { match_id: id }),
    }
}

/// A request a driver may pick.
#[record]
pub struct Listed {
    pub price: Won,
    pub starting_point: String,
    pub destination: String,
}

fn listed(_: Id, pickup: &Pickup) -> Shown<Listed> {
    match pickup.clone() {
        Pickup::Open(Ride { price, starting_point, destination, .. }) => {
            Shown::Listed(Listed { price, starting_point, destination })
        }
        Pickup::New | Pickup::Taken { .. } | Pickup::Closed => Shown::Hidden,
    }
}

/// A match of a request and a driver.
#[record]
pub struct Matched {
    pub driver: String,
    #[serde(flatten)]
    pub ride: Ride,
}

fn matched(_: Id, pickup: &Pickup) -> Shown<Matched> {
    match pickup.clone() {
        Pickup::Taken { ride, driver } => Shown::Listed(Matched { driver, ride }),
        Pickup::New | Pickup::Open(_) | Pickup::Closed => Shown::Hidden,
    }
}

/// The other side of catch's ledger.
fn entries(id: Id, pickup: &Pickup) -> Vec<Entry> {
    match pickup {
        Pickup::New | Pickup::Closed => vec![],
        Pickup::Open(_) => vec![Entry::new("open", id, -1)],
        Pickup::Taken { .. } => vec![Entry::new("matched", id, -1)],
    }
}

pub fn context() -> Context {
    let list = Collection::new("catchReqLists", "catchReqList")
        .asked_as("matchId")
        .sort_by("price", |row: &Listed| row.price.0)
        .read_by(DRIVER);
    let matches = Collection::new("pickUps", "pickUp")
        .id_as("matchId")
        .find_by("customer", |row: &Matched| Some(&row.ride.customer))
        .sort_by("price", |row| row.ride.price.0)
        .read_by_partner(DRIVER);
    Context::new("pickup", 8082)
        .keyed_by("matchId")
        .keeps::<Pickup>()
        .collection(matches.of_state(matched))
        .collection(list.of_state(listed))
        .ledger::<Pickup>(entries)
        .route(
            post("/pickUps")
                .creates("pickUps")
                .by(DRIVER)
                .takes_part()
                .about("Pick a request from the drivers' list.")
                .commanding(pick),
        )
        .route(
            delete("/pickUps/{matchId}")
                .removes("pickUps")
                .by_partner(DRIVER)
                .about("Give a match back; the request is open again.")
                .sending::<Pickup>(|match_id| Command::GiveBack { match_id }),
        )
        .policy(when_payment)
        .policy(when_catch)
}
