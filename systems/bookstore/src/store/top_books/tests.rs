//! Copies paid and not refunded, by book.
use super::*;
use crate::store::book::tests::emma;
use crate::store::sale::tests::{accepted, cancelled, listed, rejected};
use kernel::Won;

fn counted(sales: impl IntoIterator<Item = sale::Event>) -> i64 {
    sales.into_iter().filter_map(|said| change(&said)).map(|(_, copies)| copies).sum()
}

#[test]
fn copies_count_while_they_are_paid() {
    assert_eq!(counted([listed()]), 2);
    assert_eq!(counted([listed(), accepted()]), 2);
    assert_eq!(counted([listed(), accepted(), cancelled()]), 0);
    assert_eq!(counted([listed(), rejected()]), 0);
    assert_eq!(counted([sale::Event::SalePaid, sale::Event::SaleWithdrawn]), 0);
}

#[test]
fn names_follow_edits_and_deleted_books_leave() {
    use book::Published::{BookDeleted, BookModified, BookRegistered};
    let row = |heard: Vec<book::Published>| shown(Id(7), &heard.into_iter().fold(Page::default(), book));
    let renamed = || book::Title { name: "Emma, again".into(), price: Won(1), ..emma(None) };
    let named = |name: &str| Shown::Listed(Row { name: name.into(), count: 0 });
    assert_eq!(row(vec![]), Shown::Hidden);
    assert_eq!(row(vec![BookRegistered(emma(None))]), named("Emma"));
    assert_eq!(row(vec![BookRegistered(emma(None)), BookModified(renamed())]), named("Emma, again"));
    assert_eq!(row(vec![BookRegistered(emma(None)), BookDeleted(emma(None))]), Shown::Hidden);
}

#[test]
fn the_best_come_first() {
    let view = view();
    let key = |count| {
        let page: kernel::Erased = std::sync::Arc::new(Page { name: Some("Emma".into()), count });
        (view.collection.show)(Id(7), Id(7), &page).map(|row| row.keys)
    };
    assert!(view.collection.ordered);
    assert!(key(3) < key(2) && key(2) < key(0));
}
