//! One draft of a commit: what an input changes, kept as a whole or dropped as a whole.
use super::current::Changed;
use kernel::{Commit, Head, Name, Timestamp};

#[derive(Default)]
pub struct Draft {
    pub commit: Commit,
    /// The same states and rows as values, for what is decided next.
    pub changed: Changed,
    /// What the commit adds to the sums of the conservation rules.
    pub entries: Vec<(Name, i64)>,
    pub position: u64,
    /// Of the newest published event.
    pub published: u64,
    pub change: u64,
    pub last_at: Timestamp,
}

impl Draft {
    pub fn behind(head: &Head) -> Draft {
        let Head { position, change, last_at, .. } = *head;
        Draft { position, published: head.published(), change, last_at, ..Draft::default() }
    }

    /// Whether the draft changes anything beyond the head's numbers.
    pub fn changes_anything(&self, head: &Head) -> bool {
        !self.commit.is_empty() || self.change != head.change
    }
}
