//! The same diary as a newer release declares it: the event counts its words, the state keeps the count, the view shows it.
use kernel::serde_json::{Value, json};
use kernel::{Aggregate, Collection, Context, Id, Name, Settings, Shown, System, View, event, record};
use std::convert::Infallible;

#[event("diary", lift = lift)]
pub enum Event {
    #[version(2)]
    NoteWritten { id: Id, text: String, words: u64 },
}

/// Version 1 did not count.
fn lift(_: &str, _: u32, mut body: Value) -> Value {
    let words = body["text"].as_str().unwrap_or_default().split_whitespace().count();
    body["words"] = json!(words);
    body
}

#[derive(Debug)]
pub enum Command {}

#[record]
#[derive(Default)]
pub struct Note {
    pub text: String,
    pub words: u64,
}

impl Aggregate for Note {
    const KIND: Name = "note";
    const VERSION: u32 = 2;
    type Command = Command;
    type Event = Event;
    type Refusal = Infallible;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Infallible> {
        match command {}
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::NoteWritten { text, words, .. } => Note { text, words },
        }
    }
}

#[record]
pub struct Row {
    pub text: String,
    pub words: u64,
}

#[record]
#[derive(Default)]
pub struct Page {
    pub note: Option<(String, u64)>,
}

fn keep(_: Page, event: Published) -> Page {
    match event {
        Published::NoteWritten { text, words, .. } => Page { note: Some((text, words)) },
    }
}

fn shown(_: Id, page: &Page) -> Shown<Row> {
    page.note.clone().map_or(Shown::Hidden, |(text, words)| Shown::Listed(Row { text, words }))
}

pub fn system(_: &Settings) -> System {
    let notes = Collection::new::<Row>("notes", "note").sort_by("words", |row| row.words as i64);
    let pages = View::builder::<Page>(2).folds(keep).with_history().shows(Collection::new("pages", "page"), shown);
    let diary = Context::new("diary", 1)
        .keyed_by("noteId")
        .keeps::<Note>()
        .collection(notes.of_state(|_, note: &Note| Shown::Listed(Row { text: note.text.clone(), words: note.words })))
        .view(pages);
    System::new("diary", "diary", "A diary.").context(diary)
}
