//! The sagas of fruit, each with the four tests of a saga.
use super::clients::simulation;
use super::{CANCEL, ORDER};
use testkit::saga_tests;
use testkit::simulation::{Line, Trial};

const ORDERED: &[Line] = &[ORDER];

saga_tests! {
    placing: Trial::new(simulation(), &[], ORDER);
    cancelling: Trial::new(simulation(), ORDERED, CANCEL);
}
