//! The sagas of call-taxi, each with the four tests of a saga.
use super::clients::simulation;
use super::{CALL, CANCEL};
use testkit::saga_tests;
use testkit::simulation::{Line, Trial};

const CALLED: &[Line] = &[CALL];

saga_tests! {
    calling: Trial::new(simulation(), &[], CALL).falls_back();
    cancelling: Trial::new(simulation(), CALLED, CANCEL);
}
