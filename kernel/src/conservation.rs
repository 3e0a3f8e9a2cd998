//! Conservation by double entry: what one context's ledger owes, another's holds. At rest every account of every rule sums to zero.
use crate::aggregate::Aggregate;
use crate::erased::{Erased, typed};
use crate::id::Id;
use crate::name::Name;

/// The conservation rule under which a context counts what it holds for requests that may yet exist, or that it has still to take.
pub const HOLDS: Name = "holds";

/// What one thing's present state adds to one account of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub rule: Name,
    pub account: Id,
    pub amount: i64,
}

impl Entry {
    pub fn new(rule: Name, account: Id, amount: i64) -> Entry {
        Entry { rule, account, amount }
    }
}

/// The entries of one kind of thing: a function of its state, types forgotten.
pub struct Ledger {
    pub kind: Name,
    pub entries: Box<dyn Fn(Id, &Erased) -> Vec<Entry> + Send + Sync>,
}

impl Ledger {
    pub fn new<A: Aggregate>(entries: fn(Id, &A) -> Vec<Entry>) -> Ledger {
        let entries = move |id, state: &Erased| entries(id, typed(state, A::KIND));
        Ledger { kind: A::KIND, entries: Box::new(entries) }
    }
}
