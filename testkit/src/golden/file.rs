//! Golden files: an event a line, a row a line, so that a difference can be read.
use super::GoldenLog;
use kernel::serde_json::{self, Value, json};
use kernel::{Id, Recorded, Row};
use runtime::port::store::Store;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// What is shown, folded and remembered of each id.
pub type Rows = BTreeMap<Id, Value>;

pub fn log(file: &Path) -> GoldenLog {
    let Ok(text) = fs::read_to_string(file) else { return GoldenLog::new() };
    let read: BTreeMap<String, Vec<Value>> = serde_json::from_str(&text).expect("a golden log can be read");
    read.into_iter().map(|(source, events)| (source, events.into_iter().map(event).collect())).collect()
}

/// The body is kept as the object it is, not as a text in a text.
fn event(mut kept: Value) -> Arc<Recorded> {
    kept["body"] = Value::String(kept["body"].to_string());
    Arc::new(serde_json::from_value(kept).expect("a golden event can be read"))
}

pub fn write_log(file: &Path, log: &GoldenLog) {
    let line = |event: &Arc<Recorded>| {
        let mut kept = serde_json::to_value(&**event).expect("an event is plain data");
        kept["body"] = parsed(Some(&event.body));
        format!("    {kept}")
    };
    let source = |(source, events): (&String, &Vec<Arc<Recorded>>)| {
        format!("  \"{source}\": [\n{}\n  ]", events.iter().map(line).collect::<Vec<_>>().join(",\n"))
    };
    write(file, &log.iter().map(source).collect::<Vec<_>>());
}

pub fn rows(file: &Path) -> Option<Rows> {
    serde_json::from_str(&fs::read_to_string(file).ok()?).ok()
}

pub fn write_rows(file: &Path, rows: &Rows) {
    write(file, &rows.iter().map(|(id, row)| format!("  \"{id}\": {row}")).collect::<Vec<_>>());
}

fn write(file: &Path, lines: &[String]) {
    fs::create_dir_all(file.parent().unwrap_or(Path::new("."))).expect("the golden folder can be made");
    fs::write(file, format!("{{\n{}\n}}\n", lines.join(",\n"))).expect("a golden file can be written");
}

pub fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.map(|file| file.file_name().to_string_lossy().into_owned()).collect()
}

pub fn remove(file: &Path) {
    fs::remove_file(file).expect("a golden file can be taken away");
}

pub fn folded(store: &dyn Store, table: &str) -> Rows {
    let rows = store.reader().rows(table, Id(0), usize::MAX).expect("memory can be read");
    let row = |row: Row| {
        let listed = row.listed;
        json!({"listed": listed, "shown": parsed(row.body.as_deref()), "fold": parsed(row.fold.as_deref()), "history": parsed(row.history.as_deref())})
    };
    rows.into_iter().map(|(id, found)| (id, row(found))).collect()
}

fn parsed(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| serde_json::from_str(text).expect("what is stored is JSON"))
}

pub fn same(one: &str, other: &str) -> bool {
    parsed(Some(one)) == parsed(Some(other))
}
