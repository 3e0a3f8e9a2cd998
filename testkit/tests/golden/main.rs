//! A golden log finds what changed without a new version: a fold, an event's shape; and says how the change is accepted.
mod diary;

use diary::{Page, Published};
use kernel::{EventKind, Settings, System};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use testkit::golden;
use testkit::simulation::{Line, Simulation};

const SCENE: &[Line] =
    &[Line::new("POST /notes", r#"{"text":"비가 온다","mood":"good"}"#), Line::new("POST /notes", r#"{"text":"x"}"#)];

fn kept(_: Page, event: Published) -> Page {
    match event {
        Published::NoteWritten { text, .. } => Page { text: Some(text) },
    }
}

fn shouted(_: Page, event: Published) -> Page {
    match event {
        Published::NoteWritten { text, .. } => Page { text: Some(text.to_uppercase()) },
    }
}

/// A folder of its own with the golden log of the diary as it was first.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.is_dir() {
        std::fs::remove_dir_all(&folder).expect("what an earlier run left goes");
    }
    write(diary::system(kept, 1), SCENE, &folder);
    folder
}

fn write(system: System, scene: &[Line], folder: &Path) {
    let simulation = Simulation::new(system, Settings::default());
    let made = simulation.scene(scene).expect("a calm scene");
    golden::write(simulation.system(), simulation.settings(), &made, folder);
}

fn differences(system: System, folder: &Path) -> Vec<String> {
    golden::differences(&Arc::new(system), &Settings::default(), folder)
}

#[track_caller]
fn only(found: &[String], words: &[&str]) {
    let [found] = found else { panic!("{found:#?}") };
    words.iter().for_each(|word| assert!(found.contains(word), "{word} is not in: {found}"));
}

#[test]
fn what_is_as_it_was_has_no_differences() {
    assert_eq!(differences(diary::system(kept, 1), &folder("unchanged")), [""; 0]);
}

#[test]
fn a_changed_fold_is_found_and_its_way_out_said() {
    let found = differences(diary::system(shouted, 1), &folder("changed-fold"));
    only(&found, &["pages@1", "\"X\"", "\"x\"", "a changed fold needs a new version of its view", "NADUL_ACCEPT=1"]);
}

#[test]
fn a_fold_with_a_new_version_is_accepted_by_writing_its_rows() {
    let folder = folder("new-version");
    let found = differences(diary::system(shouted, 2), &folder);
    assert_eq!(found.len(), 2, "{found:#?}");
    only(&found[..1], &["pages@2.json is not there", "NADUL_ACCEPT=1"]);
    only(&found[1..], &["pages@1.json", "nobody folds these rows any more"]);
    write(diary::system(shouted, 2), SCENE, &folder);
    assert_eq!(differences(diary::system(shouted, 2), &folder), [""; 0]);
}

/// As a release that calls a field otherwise would write the event.
fn reworded() -> System {
    let mut diary = diary::system(kept, 1);
    diary.contexts[0].kinds[0].rewrite_event = |_, _, body| Ok(Some(body.replace("\"text\"", "\"words\"")));
    diary
}

#[test]
fn an_event_that_is_written_otherwise_is_found() {
    only(&differences(reworded(), &folder("reworded")), &["NoteWritten", "words", "#[version(2)]"]);
}

#[test]
fn an_event_with_a_new_version_has_to_be_in_the_log_too() {
    let mut newer = reworded();
    newer.contexts[0].kinds[0].events = &[EventKind { name: "NoteWritten", published: true, version: 2 }];
    only(&differences(newer, &folder("newer")), &["NoteWritten (version 2) is not in the log"]);
}

#[test]
fn a_log_without_each_side_of_an_option_is_incomplete() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one-sided");
    write(diary::system(kept, 1), &SCENE[1..], &folder);
    only(&differences(diary::system(kept, 1), &folder), &["diary's NoteWritten is never with mood"]);
}
