//! Several streams as one: each event says which watch it is of, and its id is the marks of all of them, so that a client that comes back
//! goes on with each where it was.
use crate::pages::live::frames::{Frame, Frames};
use crate::pages::live::opened::Opened;
use crate::pages::live::wanted::BETWEEN_MARKS;
use bytes::Bytes;
use futures_util::stream::{BoxStream, SelectAll, Stream, StreamExt, select_all, unfold};
use std::collections::VecDeque;
use tokio::sync::OwnedSemaphorePermit;

/// A piece of the watch in this place; `None`: it has ended.
type Piece = (usize, Option<Bytes>);

pub(super) struct Watches {
    marks: Vec<String>,
    streams: SelectAll<BoxStream<'static, Piece>>,
    /// Of each watch.
    frames: Vec<Frames>,
    ready: VecDeque<Bytes>,
    has_ended: bool,
    /// As long as the connection is open.
    _permit: Option<OwnedSemaphorePermit>,
}

impl Watches {
    /// `marks` has one for each that was opened; an empty one: nothing was seen.
    pub fn new(marks: Vec<String>, opened: Vec<Opened>, permit: Option<OwnedSemaphorePermit>) -> Watches {
        let (mut streams, mut ready) = (vec![], VecDeque::new());
        let frames = opened.iter().map(|_| Frames::default()).collect();
        for (watch, opened) in opened.into_iter().enumerate() {
            match opened {
                Opened::Stream(pieces) => {
                    // a stream that fails has ended like any other: its client comes back
                    let pieces = pieces.map(move |piece| (watch, piece.ok()));
                    streams.push(pieces.chain(futures_util::stream::once(async move { (watch, None) })).boxed());
                }
                Opened::Refused(problem) => {
                    ready.push_back(event(watch, "problem", &["\"problem\":".as_bytes(), &problem]))
                }
            }
        }
        Watches { marks, streams: select_all(streams), frames, ready, has_ended: false, _permit: permit }
    }

    pub fn into_stream(self) -> impl Stream<Item = Bytes> + Send {
        unfold(self, |mut watches| async move {
            let frame = watches.next().await?;
            Some((frame, watches))
        })
    }

    /// `None` at the end: with the first of the streams that ends, as its client has to come back anyway.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                return Some(frame);
            }
            if self.has_ended {
                return None;
            }
            let (watch, piece) = self.streams.next().await?;
            let Some(piece) = piece else {
                self.has_ended = true;
                continue;
            };
            self.frames[watch].push(&piece);
            while let Some(frame) = self.frames[watch].next() {
                let told = self.told(watch, frame);
                self.ready.push_back(told);
            }
        }
    }

    /// A frame of this watch, as the client of all of them is told it.
    fn told(&mut self, watch: usize, frame: Bytes) -> Bytes {
        match Frame::read(&frame) {
            Frame::Event { id, kind, data } => {
                self.marks[watch] = id.to_string();
                let data = match kind {
                    "row" => event(watch, kind, &[b"\"row\":", data.as_bytes()]),
                    _ => event(watch, kind, &[fields(data).as_bytes()]),
                };
                [format!("id: {}\n", self.marks.join(&BETWEEN_MARKS.to_string())).as_bytes(), &data].concat().into()
            }
            Frame::Current { is_whole } => event(watch, "current", &[format!("\"whole\":{is_whole}").as_bytes()]),
            Frame::Running(is_running) => event(watch, "running", &[format!("\"running\":{is_running}").as_bytes()]),
            // a page's script sees no comments, and wants to know that its connection lives
            Frame::SignOfLife => Bytes::from_static(b"event: alive\ndata: {}\n\n"),
            Frame::Other => frame,
        }
    }
}

/// Those of a JSON object.
fn fields(object: &str) -> &str {
    object.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default()
}

/// `fields` are those of a JSON object behind the watch's place.
fn event(watch: usize, kind: &str, fields: &[&[u8]]) -> Bytes {
    let begin = format!("event: {kind}\ndata: {{\"watch\":{watch},");
    [&[begin.as_bytes()], fields, &[b"}\n\n"]].concat().concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use futures_util::stream::iter;
    use std::convert::Infallible;

    fn of(pieces: &[&'static str]) -> Opened {
        let pieces: Vec<Result<_, Infallible>> = pieces.iter().map(|piece| Ok(*piece)).collect();
        Opened::Stream(Body::from_stream(iter(pieces)).into_data_stream())
    }

    async fn all(watches: Watches) -> String {
        let frames: Vec<Bytes> = watches.into_stream().collect().await;
        frames.iter().map(|frame| std::str::from_utf8(frame).expect("a text")).collect()
    }

    #[tokio::test]
    async fn each_event_says_which_watch_it_is_of_and_how_far_all_have_come() {
        let one = of(&[
            "id: 3.a\nevent: row\nda",
            "ta: {\"id\":1}\n\n: current whole\n\n",
            "id: 4.a\nevent: deleted\ndata: {\"id\":1}\n\n",
        ]);
        let marks = vec![String::new(), "9.b".to_string()];
        let told =
            all(Watches::new(marks, vec![one, Opened::Refused(Bytes::from_static(b"{\"status\":404}"))], None)).await;
        let expected = [
            "event: problem\ndata: {\"watch\":1,\"problem\":{\"status\":404}}\n\n",
            "id: 3.a,9.b\nevent: row\ndata: {\"watch\":0,\"row\":{\"id\":1}}\n\n",
            "event: current\ndata: {\"watch\":0,\"whole\":true}\n\n",
            "id: 4.a,9.b\nevent: deleted\ndata: {\"watch\":0,\"id\":1}\n\n",
        ];
        assert_eq!(told, expected.concat());
    }

    #[tokio::test]
    async fn all_end_with_the_first_that_ends() {
        let open = Opened::Stream(
            Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>()).into_data_stream(),
        );
        let told = all(Watches::new(vec![String::new(); 2], vec![open, of(&["retry: 700\n\n"])], None)).await;
        assert_eq!(told, "retry: 700\n\n");
    }
}
