//! A sale: an order as the seller sees it. It is listed when it is ordered and paid, and open once its stock is taken.
use crate::SELLER;
use kernel::{
    Collection, Entry, Id, Request, Route, Shown, Then, aggregate, event, form, labels, put, record, refusal, state,
    then,
};

/// What was ordered.
#[record]
pub struct Goods {
    pub order_id: Id,
    pub product_id: Id,
    pub product_name: String,
    pub qty: u64,
}

/// What the store said to an order; a rejection has a reason.
#[record]
pub struct Verdict {
    pub order_id: Id,
    pub product_id: Id,
    pub qty: u64,
    pub reason: Option<String>,
}

#[event("store", private(SaleOrdered, SalePaid, SaleListed, SaleWithdrawn, StockSecured, StockReleased))]
pub enum Event {
    Accepted(Verdict),
    Rejected(Verdict),
    StoreCancelled(Verdict),
    SaleOrdered(Goods),
    SalePaid,
    SaleListed(Goods), // ordered and paid: on the seller's list, its stock about to be taken
    SaleWithdrawn,     // cancelled before it was paid
    StockSecured { copies: u64 },
    StockReleased { product_id: Id, copies: u64 }, // to be put back on the shelf
}

#[derive(Debug)]
pub enum Command {
    Order(Goods),
    Pay,
    Cancel,
    Secure { copies: u64, accept: bool }, // the stock is taken; accepted at once where the seller need not be asked
    GoWithout { reason: String },
    Accept,
    Reject { reason: String },
}

#[refusal]
pub enum Refusal {
    NotListed = NotFound,
    AlreadyAccepted = NotAllowedNow,
    SaleRejected = NotAllowedNow,
    SaleCancelled = NotAllowedNow,
    #[waits]
    StockInDoubt = Unavailable,
}

#[state]
pub enum Sale {
    New,
    Ordered(Goods),
    Paid,
    Withdrawn(Goods),
    Listed(Goods),
    Open { goods: Goods, copies: u64 }, // the seller's turn, with this many copies off the shelf
    Accepted { goods: Goods, copies: u64 },
    Rejected { goods: Goods, reason: Option<String> },
    Cancelled { goods: Goods, awaited: bool }, // awaited: its stock was still being taken, and goes back when it comes
}

#[aggregate("sale")]
impl Sale {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        use Sale::{Accepted, Cancelled, Listed, New, Open, Ordered, Paid, Rejected, Withdrawn};
        match (command, self) {
            (Command::Order(goods), New) => Ok(vec![Event::SaleOrdered(goods)]),
            (Command::Order(goods), Paid) => Ok(vec![Event::SaleListed(goods)]),
            (Command::Order(_), Ordered(_) | Withdrawn(_) | Listed(_) | Open { .. }) => Ok(vec![]),
            (Command::Order(_), Accepted { .. } | Rejected { .. } | Cancelled { .. }) => Ok(vec![]),

            (Command::Pay, New) => Ok(vec![Event::SalePaid]),
            (Command::Pay, Ordered(goods)) => Ok(vec![Event::SaleListed(goods.clone())]),
            (Command::Pay, Withdrawn(goods)) => {
                Ok(vec![Event::SaleListed(goods.clone()), Event::StoreCancelled(goods.verdict(None))])
            }
            (Command::Pay, Paid | Listed(_) | Open { .. }) => Ok(vec![]),
            (Command::Pay, Accepted { .. } | Rejected { .. } | Cancelled { .. }) => Ok(vec![]),

            (Command::Cancel, Ordered(_)) => Ok(vec![Event::SaleWithdrawn]),
            (Command::Cancel, Listed(goods)) => Ok(vec![Event::StoreCancelled(goods.verdict(None))]),
            (Command::Cancel, Open { goods, copies } | Accepted { goods, copies }) => {
                Ok(undone(Event::StoreCancelled(goods.verdict(None)), goods, *copies))
            }
            (Command::Cancel, Withdrawn(_) | Rejected { .. } | Cancelled { .. }) => Ok(vec![]),
            (Command::Cancel, New | Paid) => Err(Refusal::NotListed),

            (Command::Secure { copies, accept: false }, Listed(_)) => Ok(vec![Event::StockSecured { copies }]),
            (Command::Secure { copies, accept: true }, Listed(goods)) => {
                Ok(vec![Event::StockSecured { copies }, Event::Accepted(goods.verdict(None))])
            }
            (Command::Secure { copies, .. }, Cancelled { goods, awaited: true }) => {
                Ok(vec![Event::StockReleased { product_id: goods.product_id, copies }])
            }
            (Command::Secure { .. }, Cancelled { awaited: false, .. } | Rejected { .. }) => Ok(vec![]),
            (Command::Secure { .. }, Open { .. } | Accepted { .. }) => Ok(vec![]),
            (Command::Secure { .. }, New | Ordered(_) | Paid | Withdrawn(_)) => Err(Refusal::NotListed),

            (Command::GoWithout { reason }, Listed(goods)) => Ok(vec![Event::Rejected(goods.verdict(Some(reason)))]),
            (Command::GoWithout { .. }, Open { .. } | Accepted { .. }) => Ok(vec![]),
            (Command::GoWithout { .. }, Rejected { .. } | Cancelled { .. }) => Ok(vec![]),
            (Command::GoWithout { .. }, New | Ordered(_) | Paid | Withdrawn(_)) => Err(Refusal::NotListed),

            (Command::Accept, Open { goods, .. }) => Ok(vec![Event::Accepted(goods.verdict(None))]),
            (Command::Accept, Accepted { .. }) => Ok(vec![]),
            (Command::Accept, _) => Err(self.closed()),

            (Command::Reject { reason }, Open { goods, copies }) => {
                Ok(undone(Event::Rejected(goods.verdict(Some(reason))), goods, *copies))
            }
            (Command::Reject { .. }, Rejected { .. }) => Ok(vec![]),
            (Command::Reject { .. }, _) => Err(self.closed()),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::SaleOrdered(goods), _) => Sale::Ordered(goods),
            (Event::SalePaid, _) => Sale::Paid,
            (Event::SaleListed(goods), _) => Sale::Listed(goods),
            (Event::SaleWithdrawn, Sale::Ordered(goods)) => Sale::Withdrawn(goods),
            (Event::StockSecured { copies }, Sale::Listed(goods)) => Sale::Open { goods, copies },
            (Event::Accepted(_), Sale::Open { goods, copies }) => Sale::Accepted { goods, copies },
            (Event::Rejected(verdict), Sale::Listed(goods) | Sale::Open { goods, .. }) => {
                Sale::Rejected { goods, reason: verdict.reason }
            }
            (Event::StoreCancelled(_), Sale::Listed(goods)) => Sale::Cancelled { goods, awaited: true },
            (Event::StoreCancelled(_), Sale::Open { goods, .. } | Sale::Accepted { goods, .. }) => {
                Sale::Cancelled { goods, awaited: false }
            }
            (Event::StockReleased { .. }, Sale::Cancelled { goods, .. }) => Sale::Cancelled { goods, awaited: false },
            (Event::Accepted(_) | Event::Rejected(_) | Event::StoreCancelled(_), same) => same,
            (Event::SaleWithdrawn | Event::StockSecured { .. } | Event::StockReleased { .. }, same) => same,
        }
    }
}

impl Sale {
    /// Why the seller can't decide on it.
    fn closed(&self) -> Refusal {
        match self {
            Sale::New | Sale::Ordered(_) | Sale::Paid | Sale::Withdrawn(_) => Refusal::NotListed,
            Sale::Listed(_) | Sale::Open { .. } => Refusal::StockInDoubt,
            Sale::Accepted { .. } => Refusal::AlreadyAccepted,
            Sale::Rejected { .. } => Refusal::SaleRejected,
            Sale::Cancelled { .. } => Refusal::SaleCancelled,
        }
    }
}

impl Goods {
    pub fn verdict(&self, reason: Option<String>) -> Verdict {
        Verdict { order_id: self.order_id, product_id: self.product_id, qty: self.qty, reason }
    }
}

/// What undoes a sale, and the stock it had taken.
fn undone(word: Event, goods: &Goods, copies: u64) -> Vec<Event> {
    let stock = (copies > 0).then_some(Event::StockReleased { product_id: goods.product_id, copies });
    std::iter::once(word).chain(stock).collect()
}

/// Why the seller rejects an order.
#[form(example = r#"{ "reason": "The last copy is damaged" }"#)]
pub struct Reject {
    pub reason: String,
}

fn reject(request: &Request<Reject>) -> Result<Then<Sale>, Refusal> {
    Ok(then(request.id, Command::Reject { reason: request.body.reason.clone() }))
}

#[record]
pub struct Row {
    #[serde(flatten)]
    pub goods: Goods,
    pub status: Status,
    pub reason: Option<String>,
}

#[labels]
pub enum Status {
    Paid,
    Accepted,
    Rejected,
    Cancelled,
}

fn shown(_: Id, sale: &Sale) -> Shown<Row> {
    let row = |goods, status, reason| Shown::Listed(Row { goods, status, reason });
    match sale.clone() {
        Sale::New | Sale::Ordered(_) | Sale::Paid | Sale::Withdrawn(_) => Shown::Hidden,
        Sale::Listed(goods) | Sale::Open { goods, .. } => row(goods, Status::Paid, None),
        Sale::Accepted { goods, .. } => row(goods, Status::Accepted, None),
        Sale::Rejected { goods, reason } => row(goods, Status::Rejected, reason),
        Sale::Cancelled { goods, .. } => row(goods, Status::Cancelled, None),
    }
}

/// The other side of order's books, of the shelf's, and of delivery's.
pub fn entries(id: Id, sale: &Sale) -> Vec<Entry> {
    let had = |goods: &Goods, copies: u64| {
        [Entry::new("orders", id, -1), Entry::new("stock", goods.product_id, copies.cast_signed())]
    };
    match sale {
        Sale::New | Sale::Ordered(_) | Sale::Paid | Sale::Withdrawn(_) | Sale::Listed(_) => vec![],
        Sale::Rejected { .. } | Sale::Cancelled { .. } => vec![],
        Sale::Open { goods, copies } => had(goods, *copies).into(),
        Sale::Accepted { goods, copies } => {
            had(goods, *copies).into_iter().chain([Entry::new("deliveries", id, 1)]).collect()
        }
    }
}

pub fn collection() -> Collection {
    Collection::new("storeOrders", "storeOrder").id_as("orderId").read_by(SELLER).of_state(shown)
}

pub fn routes() -> [Route; 2] {
    [
        put("/storeOrders/{orderId}/accept")
            .changes("storeOrders")
            .by(SELLER)
            .about("Accept a paid order.")
            .sending::<Sale>(|_| Command::Accept),
        put("/storeOrders/{orderId}/reject")
            .changes("storeOrders")
            .by(SELLER)
            .about("Reject a paid order.")
            .commanding(reject),
    ]
}

#[cfg(test)]
pub(crate) mod tests;
