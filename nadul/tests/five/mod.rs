//! The five systems as their pages list them, and how a customer and a provider use each, so that one scenario runs over all.
mod at_rest;
mod bookstore;
mod call_taxi;
mod command;
mod event;
mod fruit;
mod request;
mod scenario;
mod stay;
mod taxi;

pub use at_rest::{events_named, is_sound, published};
pub use command::HttpCommand;
pub use event::{ListedEvent, event};
pub use scenario::{LONG_TIMEOUTS, in_all_five, in_these, run_scenario, serve};

use process::{HttpClient, ServerProcess};
use serde_json::Value;

pub const ALL: [&ListedSystem; 5] =
    [&taxi::SYSTEM, &fruit::SYSTEM, &call_taxi::SYSTEM, &stay::SYSTEM, &bookstore::SYSTEM];

/// Those whose cancel asks a context that may already have finished.
pub const ASKING: [&ListedSystem; 3] = [&fruit::SYSTEM, &call_taxi::SYSTEM, &bookstore::SYSTEM];

pub struct ListedSystem {
    pub name: &'static str,
    pub topic: &'static str,
    pub contexts: &'static [ListedContext],
    /// The contexts by their part in a request: who takes it, who holds the money, who shows it.
    pub core: &'static str,
    pub payment: &'static str,
    pub view: &'static str,
    /// Of the requests: their collection, the correlation key, and the fields that name the customer and the money.
    pub requests: &'static str,
    pub key: &'static str,
    pub customer: &'static str,
    pub amount: &'static str,
    pub request_status: RequestStatus,
    pub payment_status: PaymentStatus,
    pub views: &'static str,
    /// The field of a view's row that shows the request's status, and its words for each of the request's.
    pub view_status: &'static str,
    pub view_words: &'static [(&'static str, &'static [&'static str])],
    /// The columns of that row that another context's row of the request fills: column, collection, field.
    pub view_columns: &'static [(&'static str, &'static str, &'static str)],
    pub events: RequestEvents,
    /// Every event of the topic.
    pub published: &'static [ListedEvent],
    /// The status of a request that is placed although its payment failed; `None`: it is refused.
    pub unpaid: Option<&'static str>,
    /// What a scenario needs to run without a provider who decides by hand.
    pub settings: &'static [&'static str],
    /// Makes what has to be there before the first request.
    pub prepare: fn(&ServerProcess),
    /// The body of a request that can be granted; makes what it is about where each request needs its own.
    pub offer: fn(&ServerProcess, &str) -> Value,
    /// What a provider has to do by hand, and may do instead.
    pub provide: Option<fn(u64) -> HttpCommand>,
    pub refuse: Option<fn(u64) -> HttpCommand>,
    pub cancel: fn(u64) -> HttpCommand,
    /// What others do on the same things meanwhile; `None`: the process was gone.
    pub meanwhile: fn(&HttpClient, u64) -> Option<()>,
    pub fulfilment: Option<FulfilmentStep>,
    /// What the page promises of this system alone, at rest.
    pub own_rules: fn(&ServerProcess),
    /// One request of this number, through to its view row, by hand.
    pub trade: fn(&ServerProcess, u64),
}

pub struct RequestStatus {
    pub field: &'static str,
    /// The words of a request that is paid and not cancelled.
    pub standing: &'static [&'static str],
    pub cancelled: &'static str,
}

pub struct PaymentStatus {
    pub field: &'static str,
    pub approved: &'static str,
    pub refunded: &'static str,
}

/// The published events of a request, in the order of their causes; those of one group may come in any order.
pub struct RequestEvents {
    pub refunded: &'static str,
    pub until_under_way: &'static [&'static [&'static str]],
    pub of_a_cancel: &'static [&'static [&'static str]],
}

/// The context that a cancel asks to stop.
pub struct FulfilmentStep {
    pub context: &'static str,
    pub collection: &'static str,
    pub field: &'static str,
    pub started: &'static str,
    pub completed: &'static str,
    pub cancelled: &'static str,
    pub started_event: &'static str,
    pub completed_event: &'static str,
    pub cancelled_event: &'static str,
    pub complete: fn(u64) -> HttpCommand,
}

pub struct ListedContext {
    pub name: &'static str,
    pub port: u16,
    pub collections: &'static [ListedCollection],
}

/// A collection: its names, and what it is found and sorted by.
#[derive(Debug)]
pub struct ListedCollection {
    pub name: &'static str,
    pub singular: &'static str,
    /// The page's own name for the id.
    pub id: &'static str,
    pub finds: &'static [&'static str],
    pub money: &'static [&'static str],
    pub view: bool,
}

impl ListedCollection {
    /// Where it is listed under the gateway.
    pub fn path(&self, system: &ListedSystem) -> String {
        format!("/{}/{}", system.name, self.name)
    }
}

const fn rows(
    name: &'static str,
    singular: &'static str,
    id: &'static str,
    finds: &'static [&'static str],
    money: &'static [&'static str],
) -> ListedCollection {
    ListedCollection { name, singular, id, finds, money, view: false }
}

const fn view(rows: ListedCollection) -> ListedCollection {
    ListedCollection { view: true, ..rows }
}

/// `/messages` is listed for a customer or a request only, and has tests of its own.
const fn context(name: &'static str, port: u16, collections: &'static [ListedCollection]) -> ListedContext {
    ListedContext { name, port, collections }
}

impl ListedSystem {
    pub fn collections(&self) -> impl Iterator<Item = &'static ListedCollection> {
        self.contexts.iter().flat_map(|context| context.collections)
    }

    /// One request of this number, with everything that follows from it.
    pub fn trades(&self, server: &ServerProcess, n: u64) {
        (self.trade)(server, n);
        server.wait_until_idle_in(self.name);
    }

    /// A path of this system under the gateway.
    pub fn path(&self, rest: &str) -> String {
        format!("/{}/{rest}", self.name)
    }
}

fn customer(n: u64) -> &'static str {
    if n.is_multiple_of(2) { "kim" } else { "이 순신" }
}
