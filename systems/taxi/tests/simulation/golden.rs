//! What taxi's events looked like when they were first written, and what its views made of them.
use super::clients::simulation;
use std::path::Path;
use testkit::golden;
use testkit::simulation::Line;

const HAIL: Line =
    Line::new("POST /catches", r#"{"price":9000,"startingPoint":"시청","destination":"강남","customer":"minji"}"#);
const CANCEL: Line = Line::new("PATCH /catches/{id}", r#"{"status":"Cancel"}"#);

const SCENE: &[Line] = &[
    HAIL,
    Line::new("POST /pickUps", r#"{"matchId":1,"driver":"kim"}"#),
    Line::new("DELETE /pickUps/{matchId}", "{}").at(1),
    Line::new("POST /pickUps", r#"{"matchId":1,"driver":"lee"}"#),
    CANCEL.at(1),
    HAIL.unanswered_by("payment"),
    HAIL.unread_by("message"),
    Line::new("POST /pickUps", r#"{"matchId":3,"driver":"park"}"#).unread_by("message"),
    HAIL.backwards(),
];

#[test]
fn the_golden_log_folds_to_its_golden_rows() {
    golden::keeps(&simulation(), SCENE, Path::new("tests/golden"), &[]);
}
