//! What users send: a system as a list of weighted requests.

/// One kind of request.
#[derive(Clone, Copy, Debug)]
pub struct Weighted {
    /// How often, beside the others of its system.
    pub weight: u32,
    pub method: &'static str,
    pub path: &'static str,
    /// The body of the nth request.
    pub body: fn(u64) -> String,
}

/// The load on one system.
#[derive(Clone, Copy, Debug)]
pub struct Mix {
    pub system: &'static str,
    pub requests: &'static [Weighted],
    /// The page a customer looks at: a row for each request, under the request's id.
    pub view: &'static str,
}

impl Mix {
    pub fn of(system: &str) -> Option<&'static Mix> {
        MIXES.iter().find(|mix| mix.system == system)
    }

    /// The nth request: each kind as often as its weight says, always in the same order.
    pub fn nth(&self, n: u64) -> &Weighted {
        let all: u64 = self.requests.iter().map(|request| u64::from(request.weight)).sum();
        let mut at = n % all.max(1);
        for request in self.requests {
            match at.checked_sub(u64::from(request.weight)) {
                Some(rest) => at = rest,
                None => return request,
            }
        }
        &self.requests[0]
    }
}

/// As many customers as a busy town has.
const CUSTOMERS: u64 = 10_000;

static MIXES: &[Mix] = &[Mix {
    system: "taxi",
    requests: &[Weighted { weight: 1, method: "POST", path: "/catches", body: catch }],
    view: "myPages",
}];

/// Spread, so that neighbours in time are not neighbours in an index.
fn spread(n: u64, over: u64) -> u64 {
    (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) % over
}

fn catch(n: u64) -> String {
    let (price, customer) = (5_000 + 100 * spread(n, 500), spread(n ^ 0xA5A5, CUSTOMERS));
    format!(
        r#"{{"price":{price},"startingPoint":"Gangnam Station","destination":"Incheon Airport","customer":"customer{customer}"}}"#
    )
}
