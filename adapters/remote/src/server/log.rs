//! A source's log, read by the contexts of other processes: at once where there is something to read, else as soon as there is.
use super::{Port, asked};
use crate::problem::Problem;
use crate::tokens::Audience;
use crate::wire::{EVENTS_MAX, LogPage, LogQuery, PAGE_BYTES_MAX, WAIT_MS_MAX};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::{Extension, Json};
use kernel::Recorded;
use runtime::port::feed::{Slice, SourceLate};
use runtime::stretch::event_bytes;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

pub async fn page(
    State(port): State<Port>,
    Extension(audience): Extension<Audience>,
    query: Result<Query<LogQuery>, QueryRejection>,
) -> Result<Json<LogPage>, Problem> {
    let query = asked(query, &audience, |query| &query.context)?;
    wait_for(&port, &query).await.map(Json)
}

/// A page with something in it, or the page that is there when the time is over.
async fn wait_for(port: &Port, query: &LogQuery) -> Result<LogPage, Problem> {
    let context = query.context.as_str();
    let mut news = port.inside.news(context).ok_or_else(|| Problem::no_such_context(context))?;
    let until = Instant::now() + Duration::from_millis(query.wait_ms.min(WAIT_MS_MAX));
    loop {
        news.borrow_and_update();
        let page = read(port, query).await?;
        // A head behind the reader is no news that one waits for, but the reader must know.
        let says_something = page.up_to > query.after || page.head < query.after;
        if says_something || Instant::now() >= until {
            return Ok(page);
        }
        match timeout_at(until, news.changed()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Err(Problem::not_now(&format!("{context} is stopped"))),
            Err(_) => return Ok(page),
        }
    }
}

async fn read(port: &Port, query: &LogQuery) -> Result<LogPage, Problem> {
    let LogQuery { context, after, at_most, .. } = query;
    let (context, after, at_most) = (context.clone(), *after, (*at_most).clamp(1, EVENTS_MAX));
    let read = port.read(move |inside| {
        let slice = inside.log(&context, after, at_most).map_err(|SourceLate(reason)| Problem::not_now(&reason))?;
        // Read after the slice: a head is never behind the events that go with it.
        let head =
            inside.head(&context).ok_or_else(|| Problem::not_now(&format!("the head of {context} can't be read")))?;
        let Slice { after, events, up_to, more } = shortened(slice);
        Ok(LogPage { life: head.life, group: head.group, head: head.position, after, up_to, more, events })
    });
    read.await?
}

/// As many events of the slice as fit into a page, and one at least.
fn shortened(mut slice: Slice) -> Slice {
    let mut bytes = 0;
    let fits = |event: &&Arc<Recorded>| {
        bytes += event_bytes(event);
        bytes <= PAGE_BYTES_MAX
    };
    let fitting = slice.events.iter().take_while(fits).count().max(1);
    if fitting < slice.events.len() {
        slice.events.truncate(fitting);
        slice.up_to = slice.events.last().map_or(slice.after, |event| event.position);
        slice.more = true;
    }
    slice
}
