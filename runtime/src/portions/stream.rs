//! A store's logs, states and rows from end to end, a page at a time.
use crate::port::store::{Reader, Result};
use kernel::{Id, Recorded, Row};
use std::sync::Arc;

const PAGE: usize = 1_000;

/// The events from the first up to a position.
pub fn log(reader: &dyn Reader, up_to: u64, mut each: impl FnMut(&Recorded)) -> Result<()> {
    for event in events(reader) {
        let event = event?;
        if event.position > up_to {
            break;
        }
        each(&event);
    }
    Ok(())
}

pub fn events(reader: &dyn Reader) -> impl Iterator<Item = Result<Recorded>> {
    let fetch = move |after: Id| {
        let page = reader.log(after.0, PAGE)?;
        Ok(page.into_iter().map(|event| (Id(event.position), event)).collect())
    };
    pages(Id(0), fetch).map(|event| event.map(|(_, event)| event))
}

pub fn states<'a>(reader: &'a dyn Reader, kind: &'a str, from: Id) -> impl Iterator<Item = Result<(Id, Arc<str>)>> {
    pages(from, move |after| reader.states(kind, after, PAGE))
}

pub fn rows<'a>(reader: &'a dyn Reader, table: &'a str, from: Id) -> impl Iterator<Item = Result<(Id, Row)>> {
    pages(from, move |after| reader.rows(table, after, PAGE))
}

/// From an id on, in order of id, until a page comes empty.
fn pages<T>(from: Id, fetch: impl Fn(Id) -> Result<Vec<(Id, T)>>) -> impl Iterator<Item = Result<(Id, T)>> {
    let mut after = Id(from.0.saturating_sub(1));
    let (mut page, mut done) = (vec![].into_iter(), false);
    std::iter::from_fn(move || {
        loop {
            if let Some((id, value)) = page.next() {
                after = id;
                return Some(Ok((id, value)));
            }
            if done {
                return None;
            }
            match fetch(after) {
                Ok(next) => (done, page) = (next.is_empty(), next.into_iter()),
                Err(error) => {
                    done = true;
                    return Some(Err(error));
                }
            }
        }
    })
}
