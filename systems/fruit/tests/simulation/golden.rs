//! What fruit's events looked like when they were first written, and what its views made of them.
use super::clients::simulation;
use super::{DELIVER, ORDER};
use std::path::Path;
use testkit::golden;
use testkit::simulation::Line;

const CANCEL: Line = Line::new("DELETE /orders/{orderId}", "{}");

const SCENE: &[Line] = &[
    ORDER,
    DELIVER,
    ORDER,
    CANCEL.at(2).unanswered_by("delivery"),
    CANCEL.at(2),
    ORDER.unanswered_by("payment"),
    ORDER.at_once(),
    CANCEL.at(6),
    ORDER.unread_by("message"),
    ORDER.backwards(),
];

#[test]
fn the_golden_log_folds_to_its_golden_rows() {
    golden::keeps(&simulation(), SCENE, Path::new("tests/golden"), &[]);
}
