//! One suite for every adapter of a port: what `runtime::port` promises, tried from outside. Stores here; feeds, peers and replicas in their own files.
mod contents;
pub mod feed;
mod groups;
mod live;
mod model;
mod pages;
pub mod peers;
mod records;
pub mod replicas;
mod sample;
mod tables;

pub use contents::contents;
pub use groups::*;
pub use live::*;
pub use model::Model;
pub use pages::*;
pub use records::*;
pub use sample::{Sample, row, sample_tables};
pub use tables::*;

use runtime::port::store::{Store, Table};

/// Where stores lie: what is durable survives the store that wrote it.
pub trait StoreUnderTest {
    /// Opens what is there. The store opened before is gone, perhaps without a word.
    fn open(&self, tables: &[Table]) -> Box<dyn Store>;
}

/// Makes an empty place.
pub type Fresh<'a> = &'a dyn Fn() -> Box<dyn StoreUnderTest>;

/// Every test of the suite, against stores in the places the given function makes.
#[macro_export]
macro_rules! conformance {
    ($fresh:expr) => {
        $crate::conformance! { $fresh,
            a_new_store_is_empty
            a_group_is_there_as_it_was_given
            a_group_that_fails_leaves_nothing
            after_a_failed_group_the_next_one_goes
            an_empty_group_moves_the_head_only
            a_crash_between_groups_loses_nothing
            readers_see_whole_groups
            a_row_changed_twice_in_a_group_is_there_once
            states_are_there_at_their_newest
            text_comes_back_byte_for_byte
            large_values_come_back
            the_log_is_in_order_and_by_key
            calls_are_kept_until_forgotten
            answers_are_kept_until_old
            what_is_parked_waits_in_order
            rows_are_read_listed_or_not
            pages_are_those_of_the_model
            deep_pages_are_those_of_the_model
            a_page_that_is_not_declared_is_refused
            a_pair_declared_later_finds_what_is_there
            changes_are_those_of_the_model
            a_row_that_came_back_is_not_gone
            a_row_that_changes_hands_is_gone_for_the_first
            tables_of_older_releases_stay_readable
            dropped_tables_are_gone
            a_table_that_is_not_there_is_an_error
        }
    };
    ($fresh:expr, $($name:ident)*) => {
        $(#[test]
        fn $name() {
            $crate::conformance::$name(&$fresh);
        })*
    };
}
