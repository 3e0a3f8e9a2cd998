//! Views: rows folded from several sources, with a history; a changed view is rebuilt beside the one that answers.
use crate::desk::{Desk, event};
use crate::shop::orders::{self, Wish};
use crate::shop::{shop_with_pages, till};
use kernel::{Head, Id, Recorded, Timestamp};
use runtime::port::work::Answering;

const ORDERS: &str = "pages@1<orders";
const TILL: &str = "pages@1<till";

fn placed(position: u64, won: u64) -> Recorded {
    let wish = Wish { id: Id(1), purse: Id(1), won, goods: None };
    event(position, 1, &orders::Event::OrderPlaced(wish))
}

fn taken(position: u64, won: u64) -> Recorded {
    event(position, 1, &till::Event::MoneyTaken { order: Id(1), won })
}

fn row(desk: &Desk) -> kernel::Row {
    let rows = desk.reader().rows("pages@1", Id(0), 10).expect("it works");
    rows.into_iter().next().expect("there is a row").1
}

fn history(desk: &Desk) -> Vec<String> {
    let history = row(desk).history.expect("the view has a history");
    let entries: Vec<kernel::HistoryEntry> = kernel::serde_json::from_str(&history).expect("it is JSON");
    entries.into_iter().map(|entry| format!("{} {}", entry.event_type, entry.timestamp.0 % 1000)).collect()
}

#[test]
fn a_row_is_folded_from_several_sources() {
    let mut desk = Desk::new("pages");
    desk.events(TILL, 0, vec![taken(1, 10)]);
    desk.flush();
    assert_eq!(desk.row("pages@1", 1), None, "nothing is shown yet");
    desk.events(ORDERS, 0, vec![placed(1, 30)]);
    desk.flush();
    assert_eq!(desk.row("pages@1", 1).as_deref(), Some(r#"{"id":1,"ordered":30,"taken":10}"#));
}

#[test]
fn a_row_is_folded_on_from_what_is_durable_after_a_crash() {
    let mut desk = Desk::new("pages");
    desk.events(ORDERS, 0, vec![placed(1, 30)]);
    desk.events(TILL, 0, vec![taken(5, 10)]);
    desk.flush();
    let mut desk = desk.crash();
    desk.events(TILL, 5, vec![taken(6, 10)]);
    desk.flush();
    assert_eq!(desk.row("pages@1", 1).as_deref(), Some(r#"{"id":1,"ordered":30,"taken":20}"#));
    assert_eq!(history(&desk), ["OrderPlaced 1", "MoneyTaken 5", "MoneyTaken 6"]);
}

#[test]
fn a_history_is_in_order_of_time_then_source_whatever_comes_first() {
    let mut desk = Desk::new("pages");
    desk.events(TILL, 0, vec![taken(2, 10), taken(3, 10)]);
    desk.events(ORDERS, 0, vec![Recorded { at: Timestamp(1_700_000_000_000_002), ..placed(1, 30) }]);
    desk.flush();
    assert_eq!(history(&desk), ["OrderPlaced 2", "MoneyTaken 2", "MoneyTaken 3"]);
}

#[test]
fn a_history_keeps_its_last_entries() {
    let mut desk = Desk::with("pages", |limits| limits.history_rows = 2);
    desk.events(ORDERS, 0, vec![placed(1, 30)]);
    desk.events(TILL, 0, vec![taken(2, 10), taken(3, 10)]);
    desk.flush();
    assert_eq!(history(&desk), ["MoneyTaken 2", "MoneyTaken 3"]);
}

#[test]
fn what_was_cut_from_a_history_stays_cut_when_more_may_be_kept() {
    let mut desk = Desk::with("pages", |limits| limits.history_rows = 2);
    desk.events(TILL, 0, vec![taken(2, 10), taken(3, 10), taken(4, 10)]);
    desk.flush();
    desk.limits.history_rows = 3;
    let mut desk = desk.crash();
    desk.events(ORDERS, 0, vec![placed(1, 30)]);
    desk.flush();
    assert_eq!(history(&desk), ["MoneyTaken 3", "MoneyTaken 4"], "an older event leaves no gap behind it");
}

#[test]
fn a_rows_version_moves_with_what_people_see_and_not_with_what_they_do_not() {
    let mut desk = Desk::new("pages");
    desk.events(TILL, 0, vec![taken(1, 10)]);
    desk.flush();
    assert_eq!((row(&desk).change, desk.machine.head().change), (0, 0), "hidden");
    desk.events(ORDERS, 0, vec![placed(1, 30)]);
    desk.flush();
    assert_eq!(row(&desk).change, 1);
    desk.events(TILL, 1, vec![taken(2, 10)]);
    desk.flush();
    assert_eq!(row(&desk).change, 2);
}

const OTHER: Answering = Answering::OtherVersion { has_declared_keys: true };

#[test]
fn what_a_view_was_found_by_is_known_while_another_version_is_rebuilt() {
    let desk = Desk::new("pages");
    let (system, mut head) = (shop_with_pages(2), desk.machine.head().clone());
    let seen = |head: &Head| Answering::of(system.get("pages").expect("it has pages"), "pages", head);
    assert_eq!(seen(&head), OTHER);
    head.view_keys.insert("pages".into(), "found by purse; sorted by ; listed by id".into());
    assert_eq!(seen(&head), Answering::OtherVersion { has_declared_keys: false });
    head.view_keys.clear(); // as of a release that did not note it
    assert_eq!(seen(&head), OTHER);
}

#[test]
fn a_changed_view_is_rebuilt_beside_the_old_one_and_answers_when_it_has_caught_up() {
    let mut desk = Desk::new("pages");
    desk.events(ORDERS, 0, vec![placed(1, 30), placed(2, 31)]);
    desk.events(TILL, 0, vec![taken(1, 10)]);
    desk.flush();
    let mut desk = desk.upgrade(shop_with_pages(2));
    let answering = |desk: &Desk| desk.machine.head().versions["pages"];
    let seen = |desk: &Desk, version| {
        let system = shop_with_pages(version);
        Answering::of(system.get("pages").expect("it has pages"), "pages", desk.machine.head())
    };
    assert_eq!([1, 2].map(|version| seen(&desk, version)), [Answering::AsDeclared, OTHER], "the older one answers");
    assert_eq!(desk.wants(), ["pages@2<orders 0", "pages@2<till 0"]);
    desk.events("pages@2<orders", 0, vec![placed(1, 30)]);
    desk.events("pages@2<till", 0, vec![taken(1, 10)]);
    desk.flush();
    assert_eq!(answering(&desk), 1);
    assert_eq!(desk.row("pages@1", 1).as_deref(), Some(r#"{"id":1,"ordered":31,"taken":10}"#));
    desk.events("pages@2<orders", 1, vec![placed(2, 31)]);
    desk.flush();
    assert_eq!(answering(&desk), 2);
    assert_eq!(desk.row("pages@2", 1).as_deref(), Some(r#"{"id":1,"ordered":31,"taken":10}"#));
    assert_eq!([1, 2].map(|version| seen(&desk, version)), [OTHER, Answering::AsDeclared], "the newer one does");
    let links: Vec<String> = desk.machine.head().positions.keys().map(ToString::to_string).collect();
    assert_eq!(links, ["pages@2<orders", "pages@2<till"], "the old one's positions have gone with its rows");
}
