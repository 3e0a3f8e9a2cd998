//! The system as declared is sound.
use super::*;

#[test]
fn nothing_is_declared_wrongly() {
    assert_eq!(system(&Settings::defaults(SETTINGS)).faults(), []);
}
