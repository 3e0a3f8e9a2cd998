//! pages: what a customer sees of an order, folded from orders and till, with its history.
use super::{orders, till};
use kernel::{Collection, Context, Id, Shown, View, record};

#[record]
#[derive(Default)]
pub struct Page {
    pub ordered: Option<u64>,
    pub taken: u64,
}

#[record]
pub struct Row {
    pub ordered: u64,
    pub taken: u64,
}

/// A fold of an order for this much breaks.
pub const BREAK: u64 = 13;

fn ordered(page: Page, published: orders::Published) -> Page {
    let orders::Published::OrderPlaced(wish) = published;
    assert_ne!(wish.won, BREAK, "this fold breaks");
    Page { ordered: Some(wish.won), ..page }
}

fn taken(page: Page, published: till::Published) -> Page {
    let till::Published::MoneyTaken { won, .. } = published;
    Page { taken: page.taken + won, ..page }
}

fn shown(_: Id, page: &Page) -> Shown<Row> {
    match page.ordered {
        Some(ordered) => Shown::Listed(Row { ordered, taken: page.taken }),
        None => Shown::Hidden,
    }
}

pub fn context(version: u32) -> Context {
    let rows = Collection::new::<Row>("pages", "page");
    let view = View::builder::<Page>(version).folds(ordered).folds(taken).with_history().shows(rows, shown);
    Context::new("pages", 9004).keyed_by("orderId").view(view)
}
