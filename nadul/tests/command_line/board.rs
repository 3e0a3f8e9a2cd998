//! The board of taxi is a snapshot: a difference is a decision. Written anew with `NADUL_ACCEPT=1`, on purpose only.
use process::Nadul;

fn is_as_decided(format: &str, file: &str) {
    let said = Nadul::new().run(&["board", "taxi", "--format", format]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let path = format!("{}/tests/command_line/board/{file}", env!("CARGO_MANIFEST_DIR"));
    if crate::accept::is_wanted() {
        std::fs::write(&path, &said.out).expect("the snapshot can be written");
    }
    let decided = std::fs::read_to_string(&path).expect("the snapshot is there");
    assert_eq!(said.out, decided, "taxi's board has changed; if that is meant, write {file} anew");
}

#[test]
fn as_text() {
    is_as_decided("text", "taxi.txt");
}

#[test]
fn as_mermaid() {
    is_as_decided("mermaid", "taxi.mmd");
}

#[test]
fn as_json() {
    is_as_decided("json", "taxi.json");
}
