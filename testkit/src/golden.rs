//! A view's fold over a golden log: whoever changes what is folded without a new version is told so.
//!
//! **To renew:** give the view its new version, then run the test with `NADUL_GOLDEN=write` and look at the difference.
use kernel::{Context, Id, Recorded, Settings, System, Timestamp, serde_json};
use memory::Disk;
use runtime::limits::Limits;
use runtime::machine::Machine;
use runtime::message::Input;
use runtime::store::{Store, Table};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Events by source, in their order.
pub type Log = BTreeMap<String, Vec<Arc<Recorded>>>;

/// What differs between the rows each view folds from `log.json` in `folder` and the rows kept beside it; empty where nothing does.
pub fn differences(system: System, settings: &Settings, folder: &Path) -> Vec<String> {
    let system = Arc::new(system);
    let log: Log = read(&folder.join("log.json")).unwrap_or_default();
    let mut found = if log.is_empty() { vec![format!("{} holds no events", folder.display())] } else { vec![] };
    for (me, context) in system.contexts.iter().enumerate().filter(|(_, context)| !context.views.is_empty()) {
        let store = fold(&system, me, settings, &log);
        for view in &context.views {
            found.extend(difference(store.as_ref(), context, &view.table(), folder));
        }
    }
    found
}

fn read<T: serde::de::DeserializeOwned>(file: &Path) -> Option<T> {
    serde_json::from_str(&fs::read_to_string(file).ok()?).ok()
}

fn fold(system: &Arc<System>, me: usize, settings: &Settings, log: &Log) -> Box<dyn Store> {
    let mut store: Box<dyn Store> = Box::new(Disk::new().open(&Table::all(&system.contexts[me])));
    let machine = Machine::open(system.clone(), me, Limits::default(), settings, store.as_ref(), Timestamp(0), 1);
    let mut machine = machine.expect("an empty store can be opened");
    let wants: Vec<_> =
        machine.wants().map(|(consumer, source, _)| (consumer.to_string(), source.to_string())).collect();
    for (consumer, source) in wants.into_iter().filter(|(consumer, _)| consumer != "policies") {
        let events = log.get(&source).cloned().unwrap_or_default();
        machine
            .step(store.as_ref(), Timestamp(0), Input::Events { consumer, source, events })
            .expect("memory can be read");
    }
    machine.flush(store.as_mut()).expect("memory can be written");
    store
}

type Rows = BTreeMap<Id, (Option<Arc<str>>, Option<Arc<str>>, Option<Arc<str>>)>;

fn difference(store: &dyn Store, context: &Context, table: &str, folder: &Path) -> Option<String> {
    let rows = store.reader().rows(table, Id(0), usize::MAX).expect("memory can be read");
    let now: Rows = rows.into_iter().map(|(id, row)| (id, (row.body, row.fold, row.history))).collect();
    let file = folder.join(format!("{}.{table}.json", context.name));
    if std::env::var("NADUL_GOLDEN").as_deref() == Ok("write") {
        fs::write(&file, serde_json::to_string_pretty(&now).expect("rows are plain data"))
            .expect("the golden rows can be written");
    }
    let Some(kept) = read::<Rows>(&file) else {
        return Some(format!("{table} is new: write its golden rows with NADUL_GOLDEN=write"));
    };
    let id = now.keys().chain(kept.keys()).find(|id| now.get(id) != kept.get(id))?;
    let (now, kept) = (now.get(id), kept.get(id));
    Some(format!("{table}/{id} folds to {now:?}, kept is {kept:?}: a changed fold needs a new version of its view"))
}
