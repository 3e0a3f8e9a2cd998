//! Each row of a view is what a fresh fold of all logs gives, whatever the order of the sources; its history too.
use super::super::broken::{Lived, ensure};
use super::super::random::Random;
use super::super::service::index;
use super::super::world::World;
use super::states::{equal, reader, unreadable};
use kernel::{Folded, HistoryEntry, Id, Owners, Recorded, Row, View};
use runtime::machine::fold_up;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Interleavings tried, one a lifetime: source after source, the same backwards, and mixed.
const ORDERS: u64 = 3;

type SourceEvent = (&'static str, Arc<Recorded>);

pub fn check(world: &World<'_>) -> Lived {
    for at in 0..world.services.len() {
        let context = &world.of.system.contexts[at];
        for view in &context.views {
            let Some(reader) = reader(world, at) else { continue };
            let rows: BTreeMap<Id, Row> = reader.rows(&view.table(), Id(0), usize::MAX)?.into_iter().collect();
            let random = Random::from_seed(world.seed, 1 << 41);
            let events = interleaved(world, view.sources().collect(), world.seed % ORDERS, &random);
            compare(view, &rows, fold(view, context.name, events, world.history_rows())?)?;
        }
    }
    Ok(())
}

/// All events of these sources, each source's in its order.
pub fn interleaved(world: &World<'_>, mut sources: Vec<&'static str>, order: u64, random: &Random) -> Vec<SourceEvent> {
    if order == 1 {
        sources.reverse();
    }
    let log = |name: &&'static str| world.services[index(&world.of.system, name)].log.iter().cloned();
    let mut logs: Vec<_> = sources.iter().map(|name| (*name, log(name).peekable())).collect();
    let mut events = vec![];
    loop {
        let open: Vec<usize> = (0..logs.len()).filter(|i| logs[*i].1.clone().next().is_some()).collect();
        let next = if order < 2 { open.first() } else { random.one_of(&open) };
        let Some(next) = next.copied() else { return events };
        let (name, log) = &mut logs[next];
        events.extend(log.next().map(|event| (*name, event)));
    }
}

type Pages = BTreeMap<Id, (Folded, Owners)>;

fn fold(view: &View, own: &str, events: Vec<SourceEvent>, history_rows: usize) -> Lived<Pages> {
    let mut pages = Pages::new();
    for (source, event) in &events {
        let sees =
            |source_fold: &&kernel::SourceFold| source_fold.source == *source && (event.published || *source == own);
        for source_fold in view.folds.iter().filter(sees) {
            let Some(read) = (source_fold.read)(event).map_err(unreadable)? else { continue };
            let Some(id) = (source_fold.key)(&read, event) else { continue };
            let (before, first) = match pages.remove(&id) {
                Some(page) => page,
                None => {
                    let value = (view.decode)(None).map_err(unreadable)?;
                    let first = Owners { owner: event.meta.owner, partner: None };
                    (Folded { value, history: vec![], history_cut: 0 }, first)
                }
            };
            let (page, mut history) = ((source_fold.fold)(&before.value, &read, event), before.history);
            history.extend(view.history.then(|| entry(source, event)));
            let of = view.owners.as_ref().map_or(first, |owners| owners(&page));
            pages.insert(id, (Folded { value: page, history, history_cut: 0 }, of));
        }
    }
    for (folded, _) in pages.values_mut() {
        folded.history.sort_by(|a, b| (a.timestamp, &a.source, a.position).cmp(&(b.timestamp, &b.source, b.position)));
        let over = folded.history.len().saturating_sub(history_rows);
        folded.history.drain(..over);
        folded.history_cut = over as u64;
    }
    Ok(pages)
}

fn entry(source: &str, event: &Recorded) -> HistoryEntry {
    HistoryEntry {
        event_id: event.event_id,
        event_type: event.event_type.to_string(),
        timestamp: event.at,
        source: source.to_string(),
        position: event.position,
    }
}

fn compare(view: &View, rows: &BTreeMap<Id, Row>, pages: Pages) -> Lived {
    let name = view.collection.name;
    ensure(rows.len() == pages.len(), "views", || {
        format!("/{name} has {} rows, should have {}", rows.len(), pages.len())
    })?;
    for (id, (folded, of)) in pages {
        let Some(row) = rows.get(&id) else { return ensure(false, "views", || format!("/{name}/{id} is missing")) };
        let (fold, history) = fold_up(view, &folded);
        let same = row.fold.as_ref() == Some(&fold) && row.history == history;
        ensure(same, "views", || format!("/{name}/{id} is {row:?}, a fresh fold is {fold} {history:?}"))?;
        let shown = (view.collection.show)(id, id, &folded.value);
        let same = shown
            .as_ref()
            .map_or(row.body.is_none() && !row.listed, |shown| equal(row, shown, view.collection.owner_keys(&of)));
        ensure(same, "views", || format!("/{name}/{id} shows {row:?}, should show {shown:?}"))?;
    }
    Ok(())
}
