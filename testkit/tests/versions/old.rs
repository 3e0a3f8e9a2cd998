//! A diary as an older release declared it.
use kernel::{
    Aggregate, Collection, Context, Id, Name, Request, Settings, Shown, System, View, event, form, post, record, then,
};
use std::convert::Infallible;

#[event("diary")]
pub enum Event {
    NoteWritten { id: Id, text: String },
}

#[derive(Debug)]
pub enum Command {
    Write { id: Id, text: String },
}

#[record]
#[derive(Default)]
pub struct Note {
    pub text: String,
}

impl Aggregate for Note {
    const KIND: Name = "note";
    type Command = Command;
    type Event = Event;
    type Refusal = Infallible;

    fn decide(&self, command: Command) -> Result<Vec<Event>, Infallible> {
        match command {
            Command::Write { id, text } => Ok(vec![Event::NoteWritten { id, text }]),
        }
    }

    fn evolve(self, event: Event) -> Self {
        match event {
            Event::NoteWritten { text, .. } => Note { text },
        }
    }
}

#[form]
pub struct Write {
    pub text: String,
}

#[record]
pub struct Row {
    pub text: String,
}

#[record]
#[derive(Default)]
pub struct Page {
    pub text: Option<String>,
}

fn keep(_: Page, event: Published) -> Page {
    match event {
        Published::NoteWritten { text, .. } => Page { text: Some(text) },
    }
}

fn shown(_: Id, page: &Page) -> Shown<Row> {
    page.text.clone().map_or(Shown::Hidden, |text| Shown::Listed(Row { text }))
}

pub fn system(_: &Settings) -> System {
    let notes = Collection::new::<Row>("notes", "note").sort_by("length", |row| row.text.len() as i64);
    let pages = View::builder::<Page>(1).folds(keep).shows(Collection::new("pages", "page"), shown);
    let write = |request: &Request<Write>| -> Result<_, Infallible> {
        Ok(then::<Note>(request.id, Command::Write { id: request.id, text: request.body.text.clone() }))
    };
    let diary = Context::new("diary", 1)
        .keyed_by("noteId")
        .keeps::<Note>()
        .collection(notes.of_state(|_, note: &Note| Shown::Listed(Row { text: note.text.clone() })))
        .view(pages)
        .route(post("/notes").creates("notes").commanding(write));
    System::new("diary", "diary", "A diary.").context(diary)
}
