//! What stay's events looked like when they were first written, and what its views made of them.
use super::clients::simulation;
use super::{CANCEL, CAR, RESERVE, ROOM};
use std::path::Path;
use testkit::golden;
use testkit::simulation::Line;

/// The ids of rooms and reviews are of one row.
const SCENE: &[Line] = &[
    ROOM,
    CAR,
    Line::new("PATCH /rooms/{id}", r#"{"price":60000}"#).at(1),
    Line::new("PATCH /rentcars/{id}", r#"{"carName":"K7"}"#).at(1),
    Line::new("POST /reviews", r#"{"roomId":1,"content":"조용해요"}"#),
    Line::new("PATCH /reviews/{id}", r#"{"content":"아주 조용해요"}"#).at(2),
    Line::new("DELETE /reviews/{id}", "{}").at(2),
    RESERVE,
    Line::new("PATCH /rooms/{id}", r#"{"desc":"넓은 방"}"#).at(1),
    Line::new("PATCH /rentcars/{id}", r#"{"price":30000}"#).at(1),
    CANCEL,
    Line::new("POST /reservations", r#"{"roomId":1}"#),
    Line::new("POST /rooms", r#"{"desc":"작은 방"}"#),
    Line::new("POST /reservations", r#"{"roomId":3}"#),
    Line::new("PATCH /reservations/{id}", r#"{"status":"reqCancel"}"#).at(3),
    Line::new("PATCH /reservations/{id}", r#"{"status":"reqCancel"}"#).at(2).backwards(),
    Line::new("POST /reservations", r#"{"roomId":1,"carId":1}"#).declined(),
    Line::new("POST /reservations", r#"{"roomId":1,"carId":1}"#).unanswered_by("payment"),
    Line::new("DELETE /rooms/{id}", "{}").at(3),
    Line::new("DELETE /rentcars/{id}", "{}").at(1),
];

/// A reservation's id is with what happens for it, and only there.
const NEVER: &[&str] = &[
    "rentcar's CarCancelled is never without roomId",
    "rentcar's CarCancelled is never without rsvId",
    "rentcar's CarDeleted is never with roomId",
    "rentcar's CarDeleted is never with rsvId",
    "rentcar's CarRegistered is never with roomId",
    "rentcar's CarRegistered is never with rsvId",
    "rentcar's CarReserved is never without roomId",
    "rentcar's CarReserved is never without rsvId",
    "room's RoomCancelled is never without rsvId",
    "room's RoomDeleted is never with rsvId",
    "room's RoomRegistered is never with rsvId",
    "room's RoomReserved is never without rsvId",
];

#[test]
fn the_golden_log_folds_to_its_golden_rows() {
    golden::keeps(&simulation(), SCENE, Path::new("tests/golden"), NEVER);
}
