//! What users send: each system's request, and what has to be there for it.
use crate::bearers::SignedUser;

/// One POST.
#[derive(Clone, Copy, Debug)]
pub struct RequestTemplate {
    pub path: &'static str,
    /// Of the nth request, for the thing with this id (0 where it is for none).
    pub body: fn(n: u64, of: u64) -> String,
}

impl RequestTemplate {
    /// The same in the name of whoever sends it, where somebody does.
    pub fn body_by(&self, bearer: Option<&SignedUser>, n: u64, of: u64) -> String {
        let body = (self.body)(n, of);
        match bearer {
            Some(bearer) => body.replace(&customer(n), &bearer.name),
            None => body,
        }
    }
}

/// The load on one system.
#[derive(Clone, Copy, Debug)]
pub struct Mix {
    pub system: &'static str,
    /// What all requests choose from: made before anything is measured.
    pub stock: Option<RequestTemplate>,
    /// What a request needs for itself alone: made just before it, and not measured.
    pub own: Option<RequestTemplate>,
    /// What is measured.
    pub request: RequestTemplate,
    /// The page a customer looks at: a row for each request, under the id of the request, or of what it has for itself.
    pub view: &'static str,
    /// The field of that row which names the request.
    pub named: &'static str,
}

/// All systems, their requests in turn.
pub const ALL: &str = "all";

/// The systems whose requests come in turn under this name; none where it is unknown.
pub fn mixes(system: &str) -> &'static [Mix] {
    match MIXES.iter().position(|mix| mix.system == system) {
        Some(at) => &MIXES[at..=at],
        None if system == ALL => &MIXES,
        None => &[],
    }
}

/// As many customers as a busy town has.
const CUSTOMERS: u64 = 10_000;

static MIXES: [Mix; 5] = [
    Mix {
        system: "taxi",
        stock: None,
        own: None,
        request: RequestTemplate { path: "/catches", body: catch },
        view: "myPages",
        named: "matchId",
    },
    Mix {
        system: "fruit",
        stock: None,
        own: None,
        request: RequestTemplate { path: "/orders", body: fruit },
        view: "myPages",
        named: "orderId",
    },
    Mix {
        system: "call-taxi",
        stock: None,
        own: None,
        request: RequestTemplate { path: "/calls", body: call },
        view: "callViews",
        named: "callId",
    },
    Mix {
        system: "stay",
        stock: None,
        own: Some(RequestTemplate { path: "/rooms", body: room }),
        request: RequestTemplate { path: "/reservations", body: reservation },
        view: "roomviews",
        named: "rsvId",
    },
    Mix {
        system: "bookstore",
        stock: Some(RequestTemplate { path: "/books", body: book }),
        own: None,
        request: RequestTemplate { path: "/orders", body: books },
        view: "orderStatuses",
        named: "orderId",
    },
];

/// Spread, so that neighbours in time are not neighbours in an index.
fn spread(n: u64, over: u64) -> u64 {
    (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) % over
}

fn customer(n: u64) -> String {
    format!("customer{}", spread(n ^ 0xA5A5, CUSTOMERS))
}

fn catch(n: u64, _: u64) -> String {
    let (price, customer) = (5_000 + 100 * spread(n, 500), customer(n));
    format!(
        r#"{{"price":{price},"startingPoint":"Gangnam Station","destination":"Incheon Airport","customer":"{customer}"}}"#
    )
}

fn fruit(n: u64, _: u64) -> String {
    let (price, customer) = (5_000 + 100 * spread(n, 500), customer(n));
    format!(
        r#"{{"userId":"{customer}","prodNm":"Tangerines","qty":3,"price":{price},"address":"Seoul, Gangnam-gu 1"}}"#
    )
}

fn call(n: u64, _: u64) -> String {
    let (metres, customer) = (spread(n, 1_000), customer(n));
    format!(r#"{{"userId":"{customer}","userName":"Kim","distance":1.{metres:03}}}"#)
}

fn room(n: u64, _: u64) -> String {
    format!(r#"{{"desc":"A room with a view","price":{}}}"#, 50_000 + 100 * spread(n, 500))
}

fn reservation(n: u64, room: u64) -> String {
    format!(r#"{{"roomId":{room},"customer":"{}"}}"#, customer(n))
}

fn book(n: u64, _: u64) -> String {
    format!(r#"{{"name":"The book number {n}","price":{}}}"#, 10_000 + 100 * spread(n, 200))
}

fn books(n: u64, book: u64) -> String {
    let customer = customer(n);
    format!(
        r#"{{"productId":{book},"qty":1,"customerId":"{customer}","customerName":"Kim","customerAddr":"Seoul, Gangnam-gu 1"}}"#
    )
}
