//! The books on sale, best first: how many copies of each are paid and not refunded.
use super::{book, sale};
use crate::{CUSTOMER, SELLER};
use kernel::{Collection, Id, Recorded, Shown, View, record};

/// What has been heard of one book.
#[record]
#[derive(Default)]
pub struct Page {
    /// While it is on sale.
    pub name: Option<String>,
    pub count: i64,
}

#[record]
pub struct Row {
    pub name: String,
    pub count: i64,
}

fn book(page: Page, event: book::Published) -> Page {
    match event {
        book::Published::BookRegistered(title) | book::Published::BookModified(title) => {
            Page { name: Some(title.name), ..page }
        }
        book::Published::BookDeleted(_) => Page { name: None, ..page },
    }
}

/// How a sale changes the count of which book.
fn change(event: &sale::Event) -> Option<(Id, i64)> {
    match event {
        sale::Event::SaleListed(goods) => Some((goods.product_id, goods.qty.cast_signed())),
        sale::Event::Rejected(verdict) | sale::Event::StoreCancelled(verdict) => {
            Some((verdict.product_id, -verdict.qty.cast_signed()))
        }
        sale::Event::Accepted(_) | sale::Event::SaleOrdered(_) | sale::Event::SalePaid => None,
        sale::Event::SaleWithdrawn | sale::Event::StockSecured { .. } | sale::Event::StockReleased { .. } => None,
    }
}

fn sale(page: Page, event: sale::Event, _: &Recorded) -> Page {
    let copies = change(&event).map_or(0, |(_, copies)| copies);
    Page { count: page.count + copies, ..page }
}

fn shown(_: Id, page: &Page) -> Shown<Row> {
    match page.clone() {
        Page { name: Some(name), count } => Shown::Listed(Row { name, count }),
        Page { name: None, .. } => Shown::Hidden,
    }
}

pub fn view() -> View {
    let rows = Collection::new("topBooks", "topBook")
        .id_as("productId")
        .ordered_by(|row: &Row| -row.count)
        .read_by(CUSTOMER)
        .read_by(SELLER);
    View::builder::<Page>(1).folds(book).folds_by(|event| change(event).map(|(id, _)| id), sale).shows(rows, shown)
}

#[cfg(test)]
mod tests;
