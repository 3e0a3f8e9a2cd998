//! The saga of stay with the four tests of a saga: with a car, without, and where nothing is to be paid.
use super::clients::simulation;
use super::{CAR, RESERVE, ROOM};
use testkit::saga_tests;
use testkit::simulation::{Line, Trial};

pub const OFFERED: &[Line] = &[ROOM, CAR];
const FREE: &[Line] = &[Line::new("POST /rooms", r#"{"desc":"작은 방"}"#)];
const ROOM_ONLY: Line = Line::new("POST /reservations", r#"{"roomId":1,"customer":"jun"}"#);

saga_tests! {
    reserving_room_and_car: Trial::new(simulation(), OFFERED, RESERVE);
    reserving_a_room: Trial::new(simulation(), OFFERED, ROOM_ONLY);
    reserving_what_is_free_of_charge: Trial::new(simulation(), FREE, ROOM_ONLY);
}
