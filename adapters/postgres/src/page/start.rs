//! Where a page begins, and how many rows there are in all, by the counts of an index's blocks.
use crate::counts::{Block, FIRST};

/// Order key and id: a row's place under one find, or in the whole table.
pub(crate) type Place = (i64, i64);

/// The blocks of an index that have rows of one find, or of the whole table.
pub(crate) struct Selection<'a> {
    /// Rows of the block in which the selection begins; some of them may lie before it.
    first: i64,
    /// The blocks that begin within the selection; of the last one some rows may lie behind it.
    inside: &'a [Block],
    is_whole: bool,
}

/// Rows to pass over, from a place on or from the begin.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Start {
    /// Ascending, the row there is the first one; descending, it is not part of it any more.
    pub place: Option<Place>,
    pub offset: i64,
    /// The rows of the find that lie beyond this place, before the page, are counted by the server and taken off the offset.
    pub edge: Option<Place>,
}

impl<'a> Selection<'a> {
    pub fn of(blocks: &'a [Block], find: Option<i64>) -> Selection<'a> {
        let low = find.map_or(FIRST, |find| (find, i64::MIN, i64::MIN));
        let begin = blocks.partition_point(|(from, _)| *from <= low);
        let behind = find.and_then(|find| find.checked_add(1));
        let end = behind.map_or(blocks.len(), |next| blocks.partition_point(|(from, _)| from.0 < next));
        let first = begin.checked_sub(1).and_then(|nth| blocks.get(nth)).map_or(0, |(_, rows)| *rows);
        Selection { first, inside: blocks.get(begin..end).unwrap_or_default(), is_whole: find.is_none() }
    }

    /// Where the first and the last part of a find end and begin that only the server can count. `None`: they are one.
    pub fn edges(&self) -> Option<(Place, Place)> {
        Some((place(self.inside.first()?), place(self.inside.last()?)))
    }

    /// Of a find, with what the server has counted at its edges.
    pub fn total(&self, at_edges: i64) -> i64 {
        let rows = |blocks: &[Block]| blocks.iter().map(|(_, rows)| rows).sum::<i64>();
        match self.inside.split_last() {
            _ if self.is_whole => self.first + rows(self.inside),
            Some((_, full)) => rows(full) + at_edges,
            None => at_edges,
        }
    }

    pub fn start(&self, offset: i64, descending: bool) -> Start {
        if descending { self.downwards(offset) } else { self.upwards(offset) }
    }

    fn upwards(&self, offset: i64) -> Start {
        let mut start = Start { offset, ..Start::default() };
        // no more than so many lie before each block
        let mut before = self.first;
        for block in self.inside {
            if before > offset {
                break;
            }
            let counted = if self.is_whole { 0 } else { self.first };
            start = self.starting(block, offset - (before - counted), self.inside.first());
            before += block.1;
        }
        start
    }

    fn downwards(&self, offset: i64) -> Start {
        let mut start = Start { offset, ..Start::default() };
        let (mut behind, last) = (0, self.inside.last());
        for block in self.inside.iter().rev() {
            behind += block.1;
            if behind > offset {
                break;
            }
            let counted = if self.is_whole { 0 } else { last.map_or(0, |(_, rows)| *rows) };
            start = self.starting(block, offset - (behind - counted), last);
        }
        start
    }

    fn starting(&self, block: &Block, offset: i64, edge: Option<&Block>) -> Start {
        let edge = edge.filter(|_| !self.is_whole).map(place);
        Start { place: Some(place(block)), offset, edge }
    }
}

fn place(((_, order, id), _): &Block) -> Place {
    (*order, *id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::IndexKey;

    /// Rows under some finds, and cuts anywhere between them; blocks may be empty.
    fn rows_and_blocks(random: &mut fastrand::Rng, finds: &[i64]) -> (Vec<IndexKey>, Vec<Block>) {
        let mut keys = |ids: Vec<i64>| {
            let mut keys: Vec<IndexKey> =
                ids.into_iter().map(|id| (finds[random.usize(..finds.len())], random.i64(-2..3), id)).collect();
            keys.sort_unstable();
            keys
        };
        let (rows, cuts) = (keys((1..60).collect()), keys((0..60).step_by(7).collect()));
        let ends = cuts.iter().copied().chain([(i64::MAX, i64::MAX, i64::MAX)]);
        let begins = std::iter::once(FIRST).chain(cuts.iter().copied());
        let count = |(from, to)| (from, rows.iter().filter(|key| (from..to).contains(*key)).count() as i64);
        let blocks = begins.zip(ends).map(count).collect();
        (rows, blocks)
    }

    /// What the server is asked, asked of a list.
    fn is_found(rows: &[IndexKey], blocks: &[Block], find: Option<i64>) {
        let of_find = rows.iter().filter(|key| find.is_none_or(|find| key.0 == find));
        let listed: Vec<Place> = of_find.map(|key| (key.1, key.2)).collect();
        let (selection, most) = (Selection::of(blocks, find), blocks.iter().map(|(_, rows)| *rows).max());
        let count = |is: &dyn Fn(&Place) -> bool| listed.iter().filter(|place| is(place)).count() as i64;
        let edges = |(first, last): (Place, Place)| count(&|place| *place < first) + count(&|place| *place >= last);
        assert_eq!(selection.total(selection.edges().map_or(count(&|_| true), edges)), listed.len() as i64);
        for (offset, descending) in (0..listed.len()).flat_map(|nth| [(nth, false), (nth, true)]) {
            let Start { place, offset: passed, edge } = selection.start(offset as i64, descending);
            let beyond = edge.map_or(0, |edge| count(&|place| (*place >= edge) == descending));
            let passed = usize::try_from(passed - beyond).expect("none is passed over twice");
            let mut all = listed.clone();
            all.retain(|row| place.is_none_or(|place| (*row < place) == descending));
            if descending {
                all.reverse();
            }
            let wanted = if descending { listed.len() - 1 - offset } else { offset };
            assert_eq!(all.get(passed), Some(&listed[wanted]), "{blocks:?} {find:?} {offset} {descending}");
            assert!(passed as i64 <= 2 * most.unwrap_or_default(), "{passed} rows of {blocks:?}");
        }
    }

    #[test]
    fn a_page_begins_where_it_does_in_the_list_and_few_rows_are_passed_over() {
        let mut random = fastrand::Rng::with_seed(11);
        for _ in 0..1000 {
            let (rows, blocks) = rows_and_blocks(&mut random, &[0]);
            is_found(&rows, &blocks, None);
            let (rows, blocks) = rows_and_blocks(&mut random, &[0, 3, 3, 3, 7]);
            [-1, 0, 3, 7, i64::MAX].into_iter().for_each(|find| is_found(&rows, &blocks, Some(find)));
        }
    }
}
