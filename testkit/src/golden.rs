//! A golden log: events as a release once wrote them, and the rows that each view folds of them. Whoever changes either without a new version is told so.
//!
//! **To make one:** in a test, `golden::keeps(&simulation, SCENE, Path::new("tests/golden"), &[])`, then run it once with `NADUL_ACCEPT=1`.
//! **To accept a changed view:** give it its new version (`View::builder::<Page>(2)`), then run the test with `NADUL_ACCEPT=1` and look at the difference.
//! **To accept a changed event:** give it its new version (`#[version(2)]`) and a `lift`; the log keeps the old one, and gets a new one beside it with `NADUL_ACCEPT=1`.
mod covered;
mod file;

use crate::simulation::{Line, Simulation};
use kernel::{Consumer, Context, Id, Recorded, Settings, SubscriptionKey, System};
use memory::Disk;
use runtime::limits::Limits;
use runtime::machine::{Input, Machine};
use runtime::port::clock::Now;
use runtime::port::feed::Slice;
use runtime::port::store::{Store, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Events by source, in their order.
pub type GoldenLog = BTreeMap<String, Vec<Arc<Recorded>>>;

const LOG: &str = "log.json";

/// The golden log of a system in `folder` is as it was kept; `NADUL_ACCEPT=1` makes it of the scene, and keeps it again.
/// `never` are the sentences on what the log can't have, because it never happens.
#[track_caller]
pub fn keeps(of: &Simulation, scene: &[Line], folder: &Path, never: &[&str]) {
    if std::env::var("NADUL_ACCEPT").as_deref() == Ok("1") {
        let made = of.scene(scene).unwrap_or_else(|broken| panic!("{broken}"));
        write(of.system(), of.settings(), &made, folder);
    }
    let found = differences(of.system(), of.settings(), folder);
    for gap in never {
        assert!(found.iter().any(|found| found == gap), "not true any more: {gap}");
    }
    let found: Vec<String> = found.into_iter().filter(|found| !never.contains(&found.as_str())).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What differs between the events and rows kept in `folder` and what this release makes of them; empty where nothing does.
pub fn differences(system: &Arc<System>, settings: &Settings, folder: &Path) -> Vec<String> {
    let log: GoldenLog = file::log(&folder.join(LOG));
    let mut found = covered::missing(system, &log);
    found.extend(reshaped(system, &log));
    let mut rows = BTreeSet::from([LOG.to_string()]);
    each_view(system, settings, &log, |name, now| {
        found.extend(difference(&name, now, &file::rows(&folder.join(&name))));
        rows.insert(name);
    });
    let stale = file::names(folder).into_iter().filter(|name| !rows.contains(name));
    found.extend(stale.map(|name| format!("{name}: nobody folds these rows any more; NADUL_ACCEPT=1 takes them away")));
    found
}

/// Keeps the rows as they are folded now, and of `made` what the log does not have yet: events of a new kind or a new version.
pub fn write(system: &Arc<System>, settings: &Settings, made: &GoldenLog, folder: &Path) {
    let mut log: GoldenLog = file::log(&folder.join(LOG));
    covered::add(&mut log, made);
    file::write_log(&folder.join(LOG), &log);
    for name in file::names(folder).into_iter().filter(|name| name != LOG) {
        file::remove(&folder.join(name));
    }
    each_view(system, settings, &log, |name, now| file::write_rows(&folder.join(name), &now));
}

/// Events of today's version that today's release would write otherwise.
fn reshaped(system: &System, log: &GoldenLog) -> Vec<String> {
    let mut found = BTreeMap::new();
    for (context, event) in log.iter().flat_map(|(source, events)| events.iter().map(move |event| (source, event))) {
        let Some(kind) = system.get(context).and_then(|context| context.kind(&event.kind)) else { continue };
        let name = &event.event_type;
        let Some(declared) = kind.events.iter().find(|kind| kind.name == *name) else { continue };
        let now = (kind.rewrite_event)(name, event.version, &event.body);
        let same = match &now {
            Ok(Some(now)) => event.version < declared.version || file::same(now, &event.body),
            Ok(None) | Err(_) => false,
        };
        if !same {
            found.entry(name).or_insert_with(|| {
                let version = event.version + 1;
                format!(
                    "{context}'s {name} was written {}, and reads now {now:?}: a changed event needs #[version({version})] and a lift",
                    event.body
                )
            });
        }
    }
    found.into_values().collect()
}

fn each_view(system: &Arc<System>, settings: &Settings, log: &GoldenLog, mut look: impl FnMut(String, file::Rows)) {
    for context in system.contexts.iter().filter(|context| !context.views.is_empty()) {
        let store = fold(system, context, settings, log);
        for view in &context.views {
            look(file_of(context, &view.table()), file::folded(store.as_ref(), &view.table()));
        }
    }
}

fn file_of(context: &Context, table: &str) -> String {
    format!("{}.{table}.json", context.name)
}

fn fold(system: &Arc<System>, context: &Context, settings: &Settings, log: &GoldenLog) -> Box<dyn Store> {
    let (mut store, now): (Box<dyn Store>, _) = (Box::new(Disk::new().open(&Table::all(context))), Now::default());
    let machine = Machine::open(system.clone(), context.name, Limits::default(), settings, store.as_ref(), now, 1);
    let mut machine = machine.expect("an empty store can be opened");
    let subscriptions: Vec<SubscriptionKey> = machine.wants().map(|(subscription, _)| subscription.clone()).collect();
    for subscription in subscriptions.into_iter().filter(|subscription| subscription.consumer != Consumer::Policies) {
        let slice = whole(log, &subscription, context);
        machine.step(store.as_ref(), now, Input::Events { subscription, slice }).expect("memory can be read");
    }
    machine.flush(store.as_mut()).expect("memory can be written");
    store
}

/// All that the log has for a subscription.
fn whole(log: &GoldenLog, subscription: &SubscriptionKey, context: &Context) -> Slice {
    let events = log.get(&*subscription.source).cloned().unwrap_or_default();
    let up_to = events.last().map_or(0, |event| event.position);
    let sees = |event: &Arc<Recorded>| event.published || subscription.source == context.name;
    Slice { after: 0, events: events.into_iter().filter(sees).collect(), up_to, more: false }
}

fn difference(name: &str, now: file::Rows, kept: &Option<file::Rows>) -> Option<String> {
    let Some(kept) = kept else {
        return Some(format!("{name} is not there: write its golden rows with NADUL_ACCEPT=1"));
    };
    let ids: BTreeSet<Id> = now.keys().chain(kept.keys()).copied().collect();
    let id = ids.into_iter().find(|id| now.get(id) != kept.get(id))?;
    let row = |rows: &file::Rows| rows.get(&id).map_or("nothing".to_string(), |row| row.to_string());
    Some(format!(
        "{name}: {id} folds to {}\n  kept is {}\n  a changed fold needs a new version of its view; with it, NADUL_ACCEPT=1 accepts the rows",
        row(&now),
        row(kept),
    ))
}
