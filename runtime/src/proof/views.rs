//! Every row of a view is a fresh fold of all its sources' logs, one source after the other: their order must not matter.
use super::at_rest::{StoreAtRest, SystemAtRest};
use super::merge::merge;
use super::report::{Report, What};
use super::rows::{same_json, same_row};
use crate::machine::unfold;
use crate::port::store::{Result, StoreError};
use crate::portions::slice::ValueSlice;
use crate::portions::stream;
use kernel::{
    Context, Erased, Folded, HistoryEntry, Id, Owners, Recorded, SourceFold, SubscriptionKey, Timestamp, View,
};
use std::collections::{BTreeMap, BTreeSet};

/// The longest history that a setting allows: what a row may have kept.
const HISTORY_ROWS_MAX: usize = 10_000;

struct Page {
    value: Erased,
    /// By time, source and position; the last ones.
    history: BTreeMap<(Timestamp, String, u64), HistoryEntry>,
    /// How many events there were.
    events: u64,
    /// Whose request its first event belongs to.
    first: Option<Owners>,
}

type Fresh = ValueSlice<Id, Page>;

pub fn prove(at_rest: &SystemAtRest<'_>, store: &StoreAtRest<'_>, view: &View, report: &mut Report) -> Result<()> {
    let answering = store.head.versions.get(view.collection.name).copied();
    if answering.is_some_and(|answering| answering != view.version) {
        let text = format!("the rows of version {} are being built beside the present ones", view.version);
        report.note(What::Release, store.context.name, view.collection.name, text);
    }
    let parked = parked(store, &view.table())?;
    let mut next = Some(Fresh::first(at_rest.bounds.values_at_once));
    while let Some(mut fresh) = next {
        for source in view.sources() {
            fold(at_rest, store, view, (source, &parked), &mut fresh)?;
        }
        rows(store, view, &fresh, report)?;
        next = fresh.next();
    }
    Ok(())
}

/// Events that are parked are not in the rows yet; those an operator let go never will be.
fn parked(store: &StoreAtRest<'_>, consumer: &str) -> Result<BTreeSet<(String, u64)>> {
    let of_view =
        |((by, source, position), _): crate::port::store::ParkedEvent| (by == consumer).then_some((source, position));
    let skipped = store.head.skipped.iter().filter(|skipped| skipped.consumer == consumer);
    let skipped = skipped.map(|skipped| (skipped.source.clone(), skipped.position));
    Ok(store.reader.parked()?.into_iter().filter_map(of_view).chain(skipped).collect())
}

type Missing<'a> = (&'a str, &'a BTreeSet<(String, u64)>);

fn fold(
    at_rest: &SystemAtRest<'_>,
    store: &StoreAtRest<'_>,
    view: &View,
    (source, parked): Missing<'_>,
    fresh: &mut Fresh,
) -> Result<()> {
    let nothing =
        (view.decode)(None).map_err(|e| StoreError::Failed(format!("{} has no beginning: {e}", view.table())))?;
    let read = store
        .head
        .positions
        .get(&SubscriptionKey { consumer: view.consumer(), source: source.to_string().into() })
        .copied()
        .unwrap_or(0);
    let is_read = |event: &Recorded| is_readable(store.context, source, event);
    stream::log(at_rest.source(source)?.reader, read, |event| {
        if !is_read(event) || (!parked.is_empty() && parked.contains(&(source.to_string(), event.position))) {
            return;
        }
        for source_fold in view.folds.iter().filter(|source_fold| source_fold.source == source) {
            apply(view, source_fold, event, &nothing, fresh);
        }
    })
}

fn is_readable(context: &Context, source: &str, event: &Recorded) -> bool {
    event.published || source == context.name
}

/// An event that can't be read is parked by the run that meets it; a proof passes it over.
fn apply(view: &View, source_fold: &SourceFold, event: &Recorded, nothing: &Erased, fresh: &mut Fresh) {
    let Ok(Some(value)) = (source_fold.read)(event) else { return };
    let Some(id) = (source_fold.key)(&value, event) else { return };
    let new = || Page { value: nothing.clone(), history: BTreeMap::new(), events: 0, first: None };
    fresh.change(id, new, |page| {
        page.value = (source_fold.fold)(&page.value, &value, event);
        page.first.get_or_insert(Owners { owner: event.meta.owner, partner: None });
        let had = page.history.len();
        if view.history {
            remember(page, event, source_fold.source);
        }
        page.history.len() - had
    });
}

fn remember(page: &mut Page, event: &Recorded, source: &str) {
    let (event_id, timestamp, position) = (event.event_id, event.at, event.position);
    let entry =
        HistoryEntry { event_id, event_type: event.event_type.to_string(), timestamp, source: source.into(), position };
    page.history.insert((timestamp, source.to_string(), position), entry);
    page.events += 1;
    if page.history.len() > HISTORY_ROWS_MAX {
        page.history.pop_first();
    }
}

fn rows(store: &StoreAtRest<'_>, view: &View, fresh: &Fresh, report: &mut Report) -> Result<()> {
    let table = view.table();
    let stored = stream::rows(store.reader, &table, fresh.from.unwrap_or_default());
    merge(fresh.values(), stored, fresh.below, |id, page, stored| {
        let faults = match unfold(view, stored.as_ref()) {
            Ok(kept) if stored.is_some() => [folded(view, page, &kept), remembered(page, &kept)],
            Ok(kept) => [folded(view, page, &kept), None],
            Err(error) => [Some(format!("what is folded of it can't be read: {error}")), None],
        };
        for fault in faults.into_iter().flatten() {
            report.finding(What::Row, store.context.name, format!("{table}/{id}"), fault);
        }
        let shown = page.and_then(|page| Some(((view.collection.show)(id, id, &page.value)?, page.owners(view))));
        same_row(store, &table, id, shown, stored, report);
    })
}

impl Page {
    fn owners(&self, view: &View) -> [i64; 2] {
        let owners = view.owners.as_ref().map(|owners| owners(&self.value)).or(self.first);
        view.collection.owner_keys(&owners.unwrap_or_default())
    }
}

/// What the next event will be folded onto.
fn folded(view: &View, page: Option<&Page>, kept: &Folded) -> Option<String> {
    let kept = (view.encode)(&kept.value);
    let due = match page {
        Some(page) => (view.encode)(&page.value),
        None => (view.decode)(None).map_or(String::new(), |nothing| (view.encode)(&nothing)),
    };
    (!same_json(&due, &kept)).then(|| format!("its events fold to {due}, kept is {kept}"))
}

/// The last events are kept and all before them were cut, however many the run that folded them had to keep.
fn remembered(page: Option<&Page>, kept: &Folded) -> Option<String> {
    let (events, cut, rows) = (page.map_or(0, |page| page.events), kept.history_cut, kept.history.len());
    if rows as u64 + cut != events {
        return Some(format!("it has {events} events; its history keeps {rows} and has cut {cut}"));
    }
    let all = page.iter().flat_map(|page| page.history.values());
    let due: Vec<&HistoryEntry> = all.skip(page.map_or(0, |page| page.history.len().saturating_sub(rows))).collect();
    let same = due.iter().copied().eq(&kept.history);
    (!same).then(|| format!("its history should be {due:?}, kept is {:?}", kept.history))
}
