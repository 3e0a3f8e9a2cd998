//! What the store does on hearing itself.
use super::*;
use kernel::Id;

#[test]
fn a_listed_order_takes_its_stock() {
    let taken = when_sale(sale::tests::listed());
    assert!(matches!(taken.0, Some((Id(7), book::Command::Take { order_id: Id(1), copies: 2 }))));
}

#[test]
fn stock_released_goes_back() {
    let back = when_sale(sale::Event::StockReleased { product_id: Id(7), copies: 2 });
    assert!(matches!(back.0, Some((Id(7), book::Command::Return { copies: 2 }))));
}

#[test]
fn stock_taken_opens_the_sale_and_accepts_it_where_the_owner_wishes_so() {
    for auto_accept in [false, true] {
        let said = when_book(book::Event::StockTaken { order_id: Id(1), copies: 2 }, auto_accept);
        let (id, command) = said.0.expect("a command");
        assert_eq!(id, Id(1));
        assert!(matches!(command, sale::Command::Secure { copies: 2, accept } if accept == auto_accept));
    }
}

#[test]
fn stock_short_closes_the_sale() {
    let short = book::Event::StockShort { order_id: Id(1), reason: "not enough stock".into() };
    assert!(matches!(when_book(short, true).0, Some((Id(1), sale::Command::GoWithout { .. }))));
}
