//! ticket: what the customer sees of a wash. Each column has one source; what several of them mean together is a function.
use crate::{CUSTOMER, payment, wash};
use kernel::{Collection, Context, Id, Shown, View, labels, record};

/// What has been heard of one wash.
#[record]
#[derive(Default)]
pub struct Page {
    pub order: Option<wash::Order>,
    pub end: Option<End>,
    pub paid: bool,
}

/// How a wash ended.
#[labels]
pub enum End {
    Finished,
    Cancelled,
}

#[labels]
pub enum Status {
    Paid,
    Washed,
    Cancelled,
}

#[record]
pub struct Row {
    pub customer: String,
    pub pieces: u64,
    pub status: Status,
}

fn wash(page: Page, event: wash::Published) -> Page {
    match event {
        wash::Published::WashOrdered(order) => Page { order: Some(order), ..page },
        wash::Published::WashFinished { .. } => Page { end: Some(End::Finished), ..page },
        wash::Published::WashCancelled { .. } => Page { end: Some(End::Cancelled), ..page },
    }
}

fn payment(page: Page, event: payment::Published) -> Page {
    match event {
        payment::Published::Paid { .. } => Page { paid: true, ..page },
        payment::Published::Refunded { .. } => page,
    }
}

/// The row appears when the wash is paid.
fn shown(_: Id, page: &Page) -> Shown<Row> {
    let Some(order) = page.order.clone().filter(|_| page.paid) else { return Shown::Hidden };
    let status = match page.end {
        None => Status::Paid,
        Some(End::Finished) => Status::Washed,
        Some(End::Cancelled) => Status::Cancelled,
    };
    Shown::Listed(Row { customer: order.customer, pieces: order.pieces, status })
}

pub fn context() -> Context {
    let rows = Collection::new("tickets", "ticket")
        .id_as("washId")
        .find_by("customer", |row: &Row| Some(&row.customer))
        .read_by_owner(CUSTOMER);
    let view = View::builder::<Page>(1).folds(wash).folds(payment).with_history().shows(rows, shown);
    Context::new("ticket", 8083).keyed_by("washId").view(view)
}
