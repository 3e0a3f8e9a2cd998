//! The sagas of fruit, each with the four tests of a saga.
use super::shop::shop;
use super::{CANCEL, ORDER};
use testkit::saga_tests;
use testkit::simulation::{Line, Trial};

const ORDERED: &[Line] = &[ORDER];

saga_tests! {
    placing: Trial::of(shop(), &[], ORDER);
    cancelling: Trial::of(shop(), ORDERED, CANCEL);
}
