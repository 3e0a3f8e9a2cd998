//! A set of ids as ranges: as short as it has gaps, however many ids it holds.
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// Ranges in order, each from its first id to below its last one, that neither touch nor overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Stored>", into = "Vec<(Id, Id)>")]
pub struct IdRanges(Vec<(Id, Id)>);

/// A release before this one wrote each id by itself.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Range(Id, Id),
    One(Id),
}

impl From<Vec<Stored>> for IdRanges {
    fn from(stored: Vec<Stored>) -> IdRanges {
        let mut ranges = IdRanges::default();
        for one in stored {
            match one {
                Stored::Range(from, to) => ranges.0.push((from, to)),
                Stored::One(id) => ranges.insert(id),
            }
        }
        ranges
    }
}

impl From<IdRanges> for Vec<(Id, Id)> {
    fn from(ranges: IdRanges) -> Vec<(Id, Id)> {
        ranges.0
    }
}

impl FromIterator<Id> for IdRanges {
    fn from_iter<I: IntoIterator<Item = Id>>(ids: I) -> IdRanges {
        let mut ranges = IdRanges::default();
        ids.into_iter().for_each(|id| ranges.insert(id));
        ranges
    }
}

impl IdRanges {
    pub fn contains(&self, id: Id) -> bool {
        let behind = self.0.partition_point(|(from, _)| *from <= id);
        behind > 0 && id < self.0[behind - 1].1
    }

    pub fn insert(&mut self, id: Id) {
        if self.contains(id) {
            return;
        }
        let (next, at) = (Id(id.0 + 1), self.0.partition_point(|(from, _)| *from <= id));
        let joins_before = at > 0 && self.0[at - 1].1 == id;
        let joins_behind = self.0.get(at).is_some_and(|(from, _)| *from == next);
        match (joins_before, joins_behind) {
            (true, true) => {
                self.0[at - 1].1 = self.0[at].1;
                self.0.remove(at);
            }
            (true, false) => self.0[at - 1].1 = next,
            (false, true) => self.0[at].0 = id,
            (false, false) => self.0.insert(at, (id, next)),
        }
    }

    /// Only ids from `first` on stay.
    pub fn drop_below(&mut self, first: Id) {
        self.0.retain(|(_, to)| *to > first);
        if let Some(range) = self.0.first_mut() {
            range.0 = range.0.max(first);
        }
    }

    /// Only ids below `end` stay.
    pub fn below(&self, end: Id) -> IdRanges {
        let cut = |&(from, to): &(Id, Id)| (from < end).then(|| (from, to.min(end)));
        IdRanges(self.0.iter().filter_map(cut).collect())
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// How many ranges there are.
    pub fn ranges(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &[u64]) -> IdRanges {
        ids.iter().copied().map(Id).collect()
    }

    #[test]
    fn ids_that_follow_each_other_are_one_range_in_whatever_order_they_come() {
        assert_eq!(of(&[3, 5, 4, 9]).0, [(Id(3), Id(6)), (Id(9), Id(10))]);
        assert_eq!(of(&[5, 3, 4, 4]), of(&[3, 4, 5]));
    }

    #[test]
    fn it_holds_the_ids_that_were_put_in_and_no_others() {
        let ids = [2, 3, 4, 8, 11, 12];
        let ranges = of(&ids);
        assert!((0..20).all(|id| ranges.contains(Id(id)) == ids.contains(&id)));
        assert_eq!(ranges.below(Id(4)), of(&[2, 3]));
        let mut high = ranges;
        high.drop_below(Id(4));
        assert_eq!(high, of(&[4, 8, 11, 12]));
    }

    #[test]
    fn it_is_written_as_ranges_and_reads_what_an_older_release_wrote() {
        let ranges = of(&[7, 8, 9]);
        assert_eq!(serde_json::to_string(&ranges).expect("plain data"), "[[7,10]]");
        let read = |text: &str| serde_json::from_str::<IdRanges>(text).expect("it was written so");
        assert_eq!(read("[[7,10]]"), ranges);
        assert_eq!(read("[7,8,9]"), ranges);
    }
}
