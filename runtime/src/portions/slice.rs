//! As many of the smallest keys as fit at once. What does not fit is left to the next slice, so that memory stays bounded.
use std::collections::BTreeMap;

/// The keys from `from` (all, if `None`) to below `below` (the end, if `None`).
pub struct ValueSlice<K, V> {
    pub from: Option<K>,
    pub below: Option<K>,
    most: usize,
    used: usize,
    kept: BTreeMap<K, (V, usize)>,
}

impl<K: Ord + Copy, V> ValueSlice<K, V> {
    pub fn first(most: usize) -> ValueSlice<K, V> {
        ValueSlice { from: None, below: None, most, used: 0, kept: BTreeMap::new() }
    }

    /// The keys before are in no slice.
    pub fn starting_at(from: K, most: usize) -> ValueSlice<K, V> {
        ValueSlice { from: Some(from), ..ValueSlice::first(most) }
    }

    /// `None`: this one reached the end.
    pub fn next(self) -> Option<ValueSlice<K, V>> {
        let from = self.below?;
        Some(ValueSlice::starting_at(from, self.most))
    }

    pub fn wants(&self, key: K) -> bool {
        self.from.is_none_or(|from| from <= key) && self.below.is_none_or(|below| key < below)
    }

    /// Changes a key's value, if it is in this slice. `change` says by how much its value grew, beside one for a new key.
    pub fn change(&mut self, key: K, new: impl FnOnce() -> V, change: impl FnOnce(&mut V) -> usize) {
        if !self.wants(key) {
            return;
        }
        let had = self.kept.len();
        let (value, weight) = self.kept.entry(key).or_insert_with(|| (new(), 1));
        let grown = change(value);
        *weight += grown;
        self.used += grown + self.kept.len() - had;
        while self.used > self.most && self.kept.len() > 1 {
            self.leave_last();
        }
    }

    fn leave_last(&mut self) {
        if let Some((key, (_, weight))) = self.kept.pop_last() {
            self.used -= weight;
            self.below = Some(key);
        }
    }

    pub fn values(&self) -> impl Iterator<Item = (K, &V)> {
        self.kept.iter().map(|(key, (value, _))| (*key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums by key, however many slices it takes.
    fn sums(most: usize, entries: &[(u64, i64)]) -> (Vec<(u64, i64)>, usize) {
        let (mut all, mut slices, mut next) = (vec![], 0, Some(ValueSlice::first(most)));
        while let Some(mut slice) = next {
            for (key, amount) in entries {
                slice.change(
                    *key,
                    || 0,
                    |sum| {
                        *sum += amount;
                        0
                    },
                );
            }
            all.extend(slice.values().map(|(key, sum)| (key, *sum)));
            slices += 1;
            next = slice.next();
        }
        (all, slices)
    }

    #[test]
    fn slices_together_are_the_whole_in_any_order_of_keys() {
        let entries = [(5, 1), (1, 1), (9, 2), (3, 1), (5, 1), (7, 4), (1, -1), (2, 8)];
        let whole = vec![(1, 0), (2, 8), (3, 1), (5, 2), (7, 4), (9, 2)];
        assert_eq!(sums(100, &entries), (whole.clone(), 1));
        assert_eq!(sums(2, &entries), (whole.clone(), 3));
        assert_eq!(sums(1, &entries), (whole, 6));
    }
}
