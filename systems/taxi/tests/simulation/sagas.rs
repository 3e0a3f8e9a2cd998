//! The sagas of taxi, each with the four tests of a saga.
use super::HAIL;
use super::clients::simulation;
use testkit::saga_tests;
use testkit::simulation::Trial;

saga_tests! {
    hailing: Trial::new(simulation(), &[], HAIL);
}
