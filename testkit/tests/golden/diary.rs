//! A diary whose view is folded as one wishes.
use kernel::{
    Aggregate, Collection, Context, Id, Name, Request, Shown, System, Then, View, event, form, post, record, then,
};
use std::convert::Infallible;

#[event("diary")]
pub enum Event {
    NoteWritten { id: Id, text: String, mood: Option<String> },
}

#[derive(Debug)]
pub enum Command {
    Write(Event),
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

    fn decide(&self, Command::Write(written): Command) -> Result<Vec<Event>, Infallible> {
        Ok(vec![written])
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
    pub mood: Option<String>,
}

fn write(request: &Request<Write>) -> Result<Then<Note>, Infallible> {
    let (id, Write { text, mood }) = (request.id, request.body.clone());
    Ok(then(id, Command::Write(Event::NoteWritten { id, text, mood })))
}

#[record]
#[derive(Default)]
pub struct Page {
    pub text: Option<String>,
}

fn shown(_: Id, page: &Page) -> Shown<Page> {
    Shown::Listed(page.clone())
}

fn note(_: Id, note: &Note) -> Shown<Note> {
    Shown::Listed(note.clone())
}

pub fn system(fold: fn(Page, Published) -> Page, version: u32) -> System {
    let pages = View::builder::<Page>(version).folds(fold).shows(Collection::new("pages", "page"), shown);
    let diary = Context::new("diary", 1)
        .keyed_by("noteId")
        .keeps::<Note>()
        .collection(Collection::new("notes", "note").of_state(note))
        .view(pages)
        .route(post("/notes").creates("notes").commanding(write));
    System::new("diary", "diary", "A diary.").context(diary)
}
