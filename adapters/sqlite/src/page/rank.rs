//! Which row of a selection is the nth one, by the counts of its blocks.
use crate::fault::Done;
use crate::index::blocks::{self, Block, ROWS_MAX};
use crate::index::{FIRST, From};
use crate::page::selection::{self, Place, Selection};
use rusqlite::Result;

/// Rows of several runs that are passed over one by one rather than looking for a nearer place.
const PASSED_MAX: i64 = ROWS_MAX / 4;
/// Begins of blocks that are tried where the row should lie; then as many places between, before the rest is halved.
const GUESSES_MAX: usize = 4;
/// Enough for any number of rows. Counts that are wrong must not keep a reader for ever.
const TRIES_MAX: usize = 64;

/// Where to begin, in the order asked for: strictly behind a place, after passing over some rows.
#[derive(Default)]
pub(crate) struct Start {
    /// Where runs follow each other: the first one that has anything.
    pub run: Option<i64>,
    pub behind: Option<Place>,
    pub offset: i64,
}

/// How many rows of a selection lie before the begin of each block.
pub(crate) struct Ranks<'a> {
    selection: &'a Selection<'a>,
    parts: Vec<Part>,
}

/// The rows of a selection in one run.
struct Part {
    run: i64,
    /// Places, and how many rows of the part lie before each: where blocks begin, and what was counted since. Never
    /// empty: the first one stands before all rows.
    known: Vec<(Option<Place>, i64)>,
    rows: i64,
}

/// A place between rows, and how many rows of the selection lie before it.
#[derive(Clone, Copy)]
struct Edge {
    /// `None` at both ends of the selection.
    place: Option<Place>,
    rank: i64,
}

impl<'a> Ranks<'a> {
    pub fn load(selection: &'a Selection<'a>) -> Done<Ranks<'a>> {
        let mut runs = blocks::read(selection.connection, selection.index.number)?;
        // A run whose rows are all in the pending list has no blocks.
        for run in selection.runs.all() {
            runs.entry(run).or_insert_with(|| vec![(FIRST, 0)]);
        }
        let parts = runs.into_iter().map(|(run, blocks)| Ok(Part::new(selection, run, &blocks)?));
        Ok(Ranks { selection, parts: parts.collect::<Done<_>>()? })
    }

    pub fn total(&self) -> i64 {
        self.parts.iter().map(|part| part.rows).sum()
    }

    /// Where to begin with the row that has `offset` others before it, in the order asked for.
    pub fn start(mut self, offset: i64, descending: bool) -> Result<Start> {
        // Counted from the low end.
        let mut rank = if descending { self.total() - 1 - offset } else { offset };
        let mut run = None;
        if self.selection.by_id() {
            let mut before = 0;
            self.parts.retain(|part| {
                let has_it = (before..before + part.rows).contains(&rank);
                if has_it {
                    (run, rank) = (Some((part.run, before)), rank - before);
                }
                before += part.rows;
                has_it && run.is_some_and(|(run, _)| run == part.run)
            });
        }
        let (low, high) = self.around(rank, descending)?;
        let (behind, offset) = if descending {
            (high.place, high.rank - 1 - rank)
        } else {
            // Strictly behind whatever lies just before the place.
            (low.place.map(just_before), rank - low.rank)
        };
        Ok(Start { run: run.map(|(run, _)| run), behind, offset })
    }

    /// A place before the row of this rank and one behind it, with few rows between that row and the one to begin at.
    fn around(&mut self, rank: i64, descending: bool) -> Result<(Edge, Edge)> {
        if let [part] = &self.parts[..] {
            return Ok(part.block(rank));
        }
        // Not at the row itself: a guess that is a little wrong would fall behind it as often as before it.
        let aim = if descending { rank + PASSED_MAX / 2 } else { rank - PASSED_MAX / 2 };
        let begins = self.begins();
        let mut begins = &begins[..];
        // By how much the newest guess was too low: its neighbours are likely to be so too.
        let mut wrong = 0;
        let mut low = Edge { place: None, rank: 0 };
        let mut high = Edge { place: None, rank: self.total() };
        for tries in 0..TRIES_MAX {
            let passed = if descending { high.rank - 1 - rank } else { rank - low.rank };
            if passed <= PASSED_MAX {
                break;
            }
            let nth = begins.partition_point(|(_, guess)| guess + wrong <= aim);
            let edge = match begins.get(if descending { nth } else { nth.saturating_sub(1) }) {
                Some((place, guess)) if tries < GUESSES_MAX => {
                    let rank = self.rank(*place)?;
                    wrong = rank - guess;
                    Edge { place: Some(*place), rank }
                }
                _ => {
                    let share = (aim - low.rank) as f64 / (high.rank - low.rank) as f64;
                    self.between(low.place, high.place, if tries < 2 * GUESSES_MAX { share } else { 0.5 })?
                }
            };
            let is_low = edge.rank <= rank;
            *(if is_low { &mut low } else { &mut high }) = edge;
            let behind = begins.partition_point(|(place, _)| Some(*place) <= edge.place);
            begins = if is_low { &begins[behind..] } else { &begins[..behind.saturating_sub(1)] };
        }
        Ok((low, high))
    }

    /// Where blocks begin, in order, each with a guess at its rank: of the other blocks around it half is taken.
    fn begins(&self) -> Vec<(Place, i64)> {
        let of_part = |(part, of): (usize, &'_ Part)| {
            let begin = |nth: usize| Some((of.known[nth].0?, part, of.known[nth].1, of.half(nth)));
            (0..of.known.len()).filter_map(begin).collect::<Vec<_>>()
        };
        let mut begins: Vec<(Place, usize, i64, i64)> = self.parts.iter().enumerate().flat_map(of_part).collect();
        begins.sort_unstable();
        let mut halves: Vec<i64> = self.parts.iter().map(|part| part.half(0)).collect();
        let mut all: i64 = halves.iter().sum();
        let guess = |(place, part, before, half): (Place, usize, i64, i64)| {
            let guess = all - halves[part] + before;
            all += half - halves[part];
            halves[part] = half;
            (place, guess)
        };
        begins.into_iter().map(guess).collect()
    }

    /// A place between two, behind some share of the rows that lie there in the run that has most of them.
    fn between(&mut self, low: Option<Place>, high: Option<Place>, share: f64) -> Result<Edge> {
        let selection = self.selection;
        let (mut most, mut widest) = ((0, 0), None);
        for part in &mut self.parts {
            let below = low.map_or(Ok(0), |place| part.rank(selection, place))?;
            let above = high.map_or(Ok(part.rows), |place| part.rank(selection, place))?;
            if widest.is_none() || above - below > most.1 - most.0 {
                (most, widest) = ((below, above), Some(part));
            }
        }
        let Some(part) = widest else { return Ok(Edge { place: high, rank: self.total() }) };
        let (below, above) = most;
        let rank = (below + ((above - below) as f64 * share) as i64).clamp(below, (above - 1).max(below));
        let (known, before) = part.known[part.known.partition_point(|(_, before)| *before <= rank).saturating_sub(1)];
        let place =
            selection.places(part.run, known.map(just_before), false, (1, (rank - before).max(0)))?.first().copied();
        let Some(place) = place.or(high) else { return Ok(Edge { place: None, rank: self.total() }) };
        Ok(Edge { place: Some(place), rank: self.rank(place)? })
    }

    /// How many rows lie before a place.
    fn rank(&mut self, place: Place) -> Result<i64> {
        self.parts.iter_mut().map(|part| part.rank(self.selection, place)).sum()
    }
}

impl Part {
    fn new(selection: &Selection<'_>, run: i64, blocks: &[Block]) -> Result<Part> {
        let count = |from: &[i64], to: Option<&[i64]>| {
            selection.count(&selection.index.between(run, From::At(from), to), i64::MAX)
        };
        let low = selection.find.map_or((i64::MIN, i64::MIN, i64::MIN), |find| (find, i64::MIN, i64::MIN));
        let first = blocks.partition_point(|(from, _)| *from <= low).saturating_sub(1);
        let (mut end, mut passed, mut behind) = (blocks.len(), 0, 0);
        if let Some(find) = selection.find {
            // Of the first and last block only some rows may have the key.
            if let Some((from, _)) = blocks.get(first) {
                passed = -count(&selection.index.parts(*from), Some(&[find]))?;
            }
            if let Some(next) = find.checked_add(1) {
                end = blocks.partition_point(|(from, _)| *from < (next, i64::MIN, i64::MIN));
                let to = blocks.get(end).map(|(from, _)| selection.index.parts(*from));
                behind = count(&[next], to.as_deref())?;
            }
        }
        let mut known = vec![(None, 0)];
        for (from, rows) in blocks.get(first..end).unwrap_or_default() {
            if *from > low {
                known.push((Some((from.1, from.2)), passed));
            }
            passed += rows;
        }
        let pending = selection.pending_of(run);
        for (place, rows) in &mut known {
            *rows += place.map_or(0, |place| selection::before(pending, place)) as i64;
        }
        Ok(Part { run, known, rows: passed - behind + pending.len() as i64 })
    }

    /// Where the block begins and ends that has the row of this rank.
    fn block(&self, rank: i64) -> (Edge, Edge) {
        let next = self.known.partition_point(|(_, before)| *before <= rank).max(1);
        let edge = |&(place, rank): &(Option<Place>, i64)| Edge { place, rank };
        (edge(&self.known[next - 1]), self.known.get(next).map_or(Edge { place: None, rank: self.rows }, edge))
    }

    /// The rank of the middle of a block.
    fn half(&self, nth: usize) -> i64 {
        let end = self.known.get(nth + 1).map_or(self.rows, |(_, end)| *end);
        self.known[nth].1.midpoint(end)
    }

    /// How many rows of the part lie before a place: counted from the place known before it, or to the one behind it.
    fn rank(&mut self, selection: &Selection<'_>, place: Place) -> Result<i64> {
        let next = self.known.partition_point(|(known, _)| known.is_none_or(|known| known <= place)).max(1);
        let (before, rank) = self.known[next - 1];
        if before == Some(place) {
            return Ok(rank);
        }
        let rank = match (before, self.known.get(next)) {
            (Some(low), Some((Some(high), end))) if nearer(place, low, *high) => {
                end - selection.count_between(self.run, Some(place), *high)?
            }
            _ => rank + selection.count_between(self.run, before, place)?,
        };
        self.known.insert(next, (Some(place), rank));
        Ok(rank)
    }
}

/// What lies strictly behind this lies behind the place or at it.
fn just_before((key, id): Place) -> Place {
    (key, id.saturating_sub(1))
}

/// Whether a place is nearer to the higher one of two.
fn nearer(place: Place, low: Place, high: Place) -> bool {
    let number = |place: Place| if low.0 == high.0 { place.1 } else { place.0 };
    i128::from(number(high)) - i128::from(number(place)) < i128::from(number(place)) - i128::from(number(low))
}
