//! What call-taxi's events looked like when they were first written, and what its views made of them.
use super::clients::simulation;
use super::{CALL, END, TOO_FAR};
use std::path::Path;
use testkit::golden;
use testkit::simulation::Line;

const SCENE: &[Line] = &[
    CALL,
    END,
    TOO_FAR,
    CALL,
    Line::new("POST /calls/cancel", r#"{"callId":3}"#).unanswered_by("drive"),
    Line::new("POST /calls/cancel", r#"{"callId":3}"#),
    CALL.declined(),
    CALL.unanswered_by("payment"),
    CALL.at_once(),
    Line::new("POST /calls/cancel", r#"{"callId":8}"#),
    CALL.unread_by("message"),
    CALL.backwards(),
];

#[test]
fn the_golden_log_folds_to_its_golden_rows() {
    golden::keeps(&simulation(), SCENE, Path::new("tests/golden"), &[]);
}
