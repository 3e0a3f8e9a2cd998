//! What bookstore's events looked like when they were first written, and what its views made of them.
use super::clients::simulation;
use super::{ACCEPT, BOOK, BUY, DELIVER, REJECT};
use std::path::Path;
use testkit::golden;
use testkit::simulation::Line;

const CANCEL: Line = Line::new("DELETE /orders/{orderId}", "{}");
const BUY_UNKNOWN: Line = Line::new("POST /orders", r#"{"productId":2,"quantity":1}"#);

/// The ids of orders are of one row with those of cancels.
const SCENE: &[Line] = &[
    BOOK,
    Line::new("POST /books", r#"{"name":"소나기","price":7000}"#),
    Line::new("PATCH /books/{id}", r#"{"price":13000}"#).at(1),
    Line::new("PATCH /books/{id}", r#"{"name":"소나기 (개정판)"}"#).at(2),
    BUY,
    ACCEPT,
    DELIVER,
    BUY,
    REJECT.at(2),
    Line::new("POST /orders", r#"{"productId":1,"quantity":9}"#),
    BUY_UNKNOWN,
    ACCEPT.at(4),
    CANCEL.at(4).unanswered_by("delivery"),
    CANCEL.at(4),
    BUY,
    ACCEPT.at(7),
    CANCEL.at(7),
    BUY_UNKNOWN,
    ACCEPT.at(9),
    DELIVER.at(9),
    BUY.unanswered_by("pay"),
    BUY.at_once(),
    CANCEL.at(11),
    BUY.at_once(),
    CANCEL.at(13).backwards(),
    BUY.unread_by("message"),
    CANCEL.at(15).unread_by("message"),
    BUY.backwards(),
    Line::new("DELETE /books/{id}", "{}").at(1),
    Line::new("DELETE /books/{id}", "{}").at(2),
];

/// Only a rejection has a reason.
const NEVER: &[&str] = &[
    "store's Accepted is never with reason",
    "store's Rejected is never without reason",
    "store's StoreCancelled is never with reason",
];

#[test]
fn the_golden_log_folds_to_its_golden_rows() {
    golden::keeps(&simulation(false), SCENE, Path::new("tests/golden"), NEVER);
}
