//! Goes over the rows of a selection in order: from one run to the next, or through all runs at once.
use crate::page::rank::Start;
use crate::page::selection::{Place, Selection};
use rusqlite::Result;
use std::collections::VecDeque;

/// Places read at a time, at most.
const BATCH: usize = 1000;

pub(crate) struct Walk<'a> {
    selection: &'a Selection<'a>,
    descending: bool,
    batch: usize,
    cursors: VecDeque<Cursor>,
}

/// What is read of one run, and where to read on.
struct Cursor {
    run: i64,
    behind: Option<Place>,
    offset: i64,
    places: VecDeque<Place>,
    ended: bool,
}

impl<'a> Walk<'a> {
    /// `rows` are wanted, more or less.
    pub fn new(selection: &'a Selection<'a>, start: &Start, descending: bool, rows: usize) -> Result<Walk<'a>> {
        let mut runs: Vec<i64> = selection.runs.all().collect();
        if descending {
            runs.reverse();
        }
        if selection.by_id() {
            let before =
                |run: &i64| start.run.is_some_and(|first| if descending { *run > first } else { *run < first });
            runs.retain(|run| !before(run));
        }
        // A start that names its run passes over rows of that run only, as does one in an index of one run.
        let at_once = start.run.is_some() || runs.len() == 1;
        let cursor = |(nth, run)| Cursor {
            run,
            behind: start.behind.filter(|_| nth == 0 || !selection.by_id()),
            offset: if at_once && nth == 0 { start.offset } else { 0 },
            places: VecDeque::new(),
            ended: false,
        };
        let offset = if at_once { 0 } else { usize::try_from(start.offset).unwrap_or(usize::MAX) };
        let wanted = rows.saturating_add(offset);
        let share = if selection.by_id() { wanted } else { wanted.saturating_mul(2) / runs.len() + 4 };
        // What has to be sorted is sorted once a run.
        let batch = if selection.index.is_sorted { share.clamp(1, BATCH) } else { wanted.max(1) };
        let cursors = runs.into_iter().enumerate().map(cursor).collect();
        let mut walk = Walk { selection, descending, batch, cursors };
        for _ in 0..offset {
            walk.step()?;
        }
        Ok(walk)
    }

    fn step(&mut self) -> Result<Option<Place>> {
        let Walk { selection, descending, batch, cursors } = self;
        if selection.by_id() {
            while let Some(cursor) = cursors.front_mut() {
                if cursor.first(selection, *descending, *batch)?.is_some() {
                    return Ok(cursor.places.pop_front());
                }
                cursors.pop_front();
            }
            return Ok(None);
        }
        let mut best: Option<(Place, usize)> = None;
        for (nth, cursor) in cursors.iter_mut().enumerate() {
            let Some(place) = cursor.first(selection, *descending, *batch)? else { continue };
            if best.is_none_or(|(best, _)| if *descending { place > best } else { place < best }) {
                best = Some((place, nth));
            }
        }
        Ok(best.and_then(|(_, nth)| cursors[nth].places.pop_front()))
    }
}

impl Cursor {
    fn first(&mut self, selection: &Selection<'_>, descending: bool, batch: usize) -> Result<Option<Place>> {
        if self.places.is_empty() && !self.ended {
            self.places = selection.places(self.run, self.behind, descending, (batch, self.offset))?.into();
            self.ended = self.places.len() < batch;
            self.behind = self.places.back().copied().or(self.behind);
            self.offset = 0;
        }
        Ok(self.places.front().copied())
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<Place>;

    fn next(&mut self) -> Option<Result<Place>> {
        self.step().transpose()
    }
}
