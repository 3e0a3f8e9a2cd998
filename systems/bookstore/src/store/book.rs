//! A book on sale: its name, its price and, where it is limited, the stock on its shelf.
use crate::{CUSTOMER, SELLER};
use kernel::{
    Collection, Entry, FieldEdit, Id, Request, Route, Shown, Then, Won, aggregate, delete, event, form, patch, post,
    record, refusal, state, then,
};

/// A book as the shop owner describes it; without `stock` there is no limit.
#[record]
pub struct Title {
    pub product_id: Id,
    pub name: String,
    pub price: Won,
    pub stock: Option<u64>,
}

#[event("store", private(StockTaken, StockShort, StockReturned))]
pub enum Event {
    BookRegistered(Title),
    BookModified(Title),
    BookDeleted(Title),
    StockTaken { order_id: Id, copies: u64 }, // for an order; none where there is no limit
    StockShort { order_id: Id, reason: String },
    StockReturned { copies: u64 },
}

#[derive(Debug)]
pub enum Command {
    Register(Title),
    Modify { name: Option<String>, price: Option<Won>, stock: FieldEdit<u64> },
    Delete,
    Take { order_id: Id, copies: u64 },
    Return { copies: u64 },
}

#[refusal]
pub enum Refusal {
    UnknownBook = NotFound,
    AlreadyRegistered = NotAllowedNow,
}

#[state]
pub enum Book {
    New,
    OnSale { title: Title, taken: u64 }, // so many copies are with orders neither cancelled nor rejected
    Deleted { title: Title, taken: u64 },
}

#[aggregate("book")]
impl Book {
    fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (command, self) {
            (Command::Register(title), Book::New) => Ok(vec![Event::BookRegistered(title)]),
            (Command::Register(_), _) => Err(Refusal::AlreadyRegistered),

            (Command::Modify { name, price, stock }, Book::OnSale { title: old, .. }) => {
                let (name, price) = (name.unwrap_or_else(|| old.name.clone()), price.unwrap_or(old.price));
                let new = Title { name, price, stock: stock.apply(old.stock), ..*old };
                Ok(if new == *old { vec![] } else { vec![Event::BookModified(new)] })
            }
            (Command::Modify { .. }, Book::New | Book::Deleted { .. }) => Err(Refusal::UnknownBook),

            (Command::Delete, Book::OnSale { title, .. }) => Ok(vec![Event::BookDeleted(title.clone())]),
            (Command::Delete, Book::New | Book::Deleted { .. }) => Err(Refusal::UnknownBook),

            (Command::Take { order_id, copies }, Book::OnSale { title, .. }) => Ok(vec![match title.stock {
                None => Event::StockTaken { order_id, copies: 0 },
                Some(shelf) if shelf >= copies => Event::StockTaken { order_id, copies },
                Some(_) => Event::StockShort { order_id, reason: "not enough stock".into() },
            }]),
            (Command::Take { order_id, .. }, Book::New | Book::Deleted { .. }) => {
                Ok(vec![Event::StockShort { order_id, reason: "not sold any more".into() }])
            }

            (Command::Return { copies }, Book::OnSale { .. } | Book::Deleted { .. }) => {
                Ok(vec![Event::StockReturned { copies }])
            }
            (Command::Return { .. }, Book::New) => Err(Refusal::UnknownBook),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match (event, self) {
            (Event::BookRegistered(title), _) => Book::OnSale { title, taken: 0 },
            (Event::BookModified(title), Book::OnSale { taken, .. }) => Book::OnSale { title, taken },
            (Event::BookDeleted(title), Book::OnSale { taken, .. }) => Book::Deleted { title, taken },
            (Event::StockTaken { copies, .. }, Book::OnSale { title, taken }) => {
                let stock = title.stock.map(|shelf| shelf - copies);
                Book::OnSale { title: Title { stock, ..title }, taken: taken + copies }
            }
            (Event::StockReturned { copies }, Book::OnSale { title, taken }) => {
                let stock = title.stock.map(|shelf| shelf + copies);
                Book::OnSale { title: Title { stock, ..title }, taken: taken - copies }
            }
            (Event::StockReturned { copies }, Book::Deleted { title, taken }) => {
                Book::Deleted { title, taken: taken - copies }
            }
            (Event::BookModified(_) | Event::BookDeleted(_), same) => same,
            (Event::StockTaken { .. } | Event::StockShort { .. } | Event::StockReturned { .. }, same) => same,
        }
    }
}

/// What the shop owner sends.
#[form(example = r#"{ "name": "Walden", "price": 15000, "stock": 10 }"#)]
pub struct Register {
    pub name: String,
    pub price: Won,
    #[form(min = 0)]
    pub stock: Option<u64>,
}

fn register(request: &Request<Register>) -> Result<Then<Book>, Refusal> {
    let Register { name, price, stock } = request.body.clone();
    Ok(then(request.id, Command::Register(Title { product_id: request.id, name, price, stock })))
}

/// What the shop owner changes: what is absent stays, and a null stock has no limit.
#[form(example = r#"{ "price": 12000 }"#)]
pub struct Modify {
    pub name: Option<String>,
    pub price: Option<Won>,
    #[form(min = 0)]
    pub stock: FieldEdit<u64>,
}

fn modify(request: &Request<Modify>) -> Result<Then<Book>, Refusal> {
    let Modify { name, price, stock } = request.body.clone();
    Ok(then(request.id, Command::Modify { name, price, stock }))
}

fn shown(_: Id, book: &Book) -> Shown<Title> {
    match book.clone() {
        Book::New | Book::Deleted { .. } => Shown::Hidden,
        Book::OnSale { title, .. } => Shown::Listed(title),
    }
}

/// Copies missing on the shelf are with orders.
pub fn entries(id: Id, book: &Book) -> Vec<Entry> {
    match book {
        Book::New => vec![],
        Book::OnSale { taken, .. } | Book::Deleted { taken, .. } => {
            vec![Entry::new("stock", id, -taken.cast_signed())]
        }
    }
}

pub fn collection() -> Collection {
    Collection::new("books", "book")
        .id_as("productId")
        .sort_by("price", |title: &Title| title.price.0)
        .read_by(CUSTOMER)
        .read_by(SELLER)
        .of_state(shown)
}

pub fn routes() -> [Route; 3] {
    [
        post("/books").creates("books").by(SELLER).about("Put a book on sale.").commanding(register),
        patch("/books/{id}")
            .changes("books")
            .by(SELLER)
            .about("Change a book, or what is on its shelf.")
            .commanding(modify),
        delete("/books/{id}")
            .removes("books")
            .by(SELLER)
            .about("Take a book off sale.")
            .sending::<Book>(|_| Command::Delete),
    ]
}

#[cfg(test)]
pub(crate) mod tests;
