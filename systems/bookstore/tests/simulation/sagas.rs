//! The sagas of bookstore, each with the four tests of a saga.
use super::clients::simulation;
use super::{ACCEPT, BOOK, BUY, CANCEL};
use testkit::saga_tests;
use testkit::simulation::{Line, Trial};

const ON_SALE: &[Line] = &[BOOK];
const ORDERED: &[Line] = &[BOOK, BUY];
const ON_ITS_WAY: &[Line] = &[BOOK, BUY, ACCEPT];

saga_tests! {
    placing: Trial::new(simulation(false), ON_SALE, BUY);
    cancelling_what_is_ordered: Trial::new(simulation(false), ORDERED, CANCEL);
    cancelling_what_is_on_its_way: Trial::new(simulation(false), ON_ITS_WAY, CANCEL);
}
