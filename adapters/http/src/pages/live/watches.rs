//! Several streams as one: each event says which watch it is of, and its id is the marks of all of them, so that a client that comes back
//! goes on with each where it was.
use crate::pages::live::frames::{Frame, Frames};
use crate::pages::live::opened::Piece;
use crate::pages::live::wanted::BETWEEN_MARKS;
use bytes::Bytes;
use futures_util::stream::{BoxStream, SelectAll, Stream, StreamExt, select_all, unfold};
use std::collections::VecDeque;

pub(super) struct Watches {
    marks: Vec<String>,
    /// Each piece with the place of its watch.
    pieces: SelectAll<BoxStream<'static, (usize, Piece)>>,
    /// Of each watch.
    frames: Vec<Frames>,
    ready: VecDeque<Bytes>,
    has_ended: bool,
}

impl Watches {
    /// `marks` has one for each stream; an empty one: nothing was seen.
    pub fn new(marks: Vec<String>, streams: Vec<BoxStream<'static, Piece>>) -> Watches {
        let frames = streams.iter().map(|_| Frames::default()).collect();
        let of_watch =
            |(watch, stream): (usize, BoxStream<'static, Piece>)| stream.map(move |piece| (watch, piece)).boxed();
        let pieces = select_all(streams.into_iter().enumerate().map(of_watch));
        Watches { marks, pieces, frames, ready: VecDeque::new(), has_ended: false }
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
            match self.pieces.next().await? {
                (watch, Piece::Bytes(bytes)) => self.take(watch, &bytes),
                (watch, Piece::Refused { problem, retry_after_s }) => {
                    let when = retry_after_s.map(|seconds| format!(",\"retryAfterS\":{seconds}")).unwrap_or_default();
                    self.ready.push_back(event(watch, "problem", &[b"\"problem\":", &problem, when.as_bytes()]));
                }
                (_, Piece::End) => self.has_ended = true,
            }
        }
    }

    fn take(&mut self, watch: usize, bytes: &[u8]) {
        self.frames[watch].push(bytes);
        while let Some(frame) = self.frames[watch].next() {
            let told = self.told(watch, frame);
            self.ready.push_back(told);
        }
    }

    /// A frame of this watch, as the client of all of them is told it.
    fn told(&mut self, watch: usize, frame: Bytes) -> Bytes {
        match Frame::read(&frame) {
            Frame::Event { id, kind: "row", data } => {
                self.marked(watch, Some(id), "row", &[b"\"row\":", data.as_bytes()])
            }
            Frame::Event { id, kind, data } => self.marked(watch, Some(id), kind, &[fields(data).as_bytes()]),
            Frame::Current { id, is_whole } => {
                self.marked(watch, id, "current", &[format!("\"whole\":{is_whole}").as_bytes()])
            }
            Frame::Running(is_running) => event(watch, "running", &[format!("\"running\":{is_running}").as_bytes()]),
            // a page's script sees no comments, and wants to know that its connection lives
            Frame::SignOfLife => Bytes::from_static(b"event: alive\ndata: {}\n\n"),
            Frame::Other => frame,
        }
    }

    /// An event with how far all watches have come.
    fn marked(&mut self, watch: usize, mark: Option<&str>, kind: &str, fields: &[&[u8]]) -> Bytes {
        if let Some(mark) = mark {
            self.marks[watch] = mark.to_string();
        }
        let id = format!("id: {}\n", self.marks.join(&BETWEEN_MARKS.to_string()));
        [id.as_bytes(), &event(watch, kind, fields)].concat().into()
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
    use futures_util::stream::{iter, pending};

    fn of(pieces: &[&'static str]) -> BoxStream<'static, Piece> {
        let pieces: Vec<Piece> =
            pieces.iter().map(|piece| Piece::Bytes(Bytes::from_static(piece.as_bytes()))).collect();
        iter(pieces.into_iter().chain([Piece::End])).boxed()
    }

    async fn all(marks: &[&str], streams: Vec<BoxStream<'static, Piece>>) -> String {
        let marks = marks.iter().map(|mark| mark.to_string()).collect();
        let frames: Vec<Bytes> = Watches::new(marks, streams).into_stream().collect().await;
        frames.iter().map(|frame| std::str::from_utf8(frame).expect("a text")).collect()
    }

    #[tokio::test]
    async fn each_event_says_which_watch_it_is_of_and_how_far_all_have_come() {
        let one = of(&[
            "id: 3.a\nevent: row\nda",
            "ta: {\"id\":1}\n\n: current whole\n\n",
            "id: 4.a\nevent: deleted\ndata: {\"id\":1}\n\n",
        ]);
        let expected = [
            "id: 3.a,9.b\nevent: row\ndata: {\"watch\":0,\"row\":{\"id\":1}}\n\n",
            "id: 3.a,9.b\nevent: current\ndata: {\"watch\":0,\"whole\":true}\n\n",
            "id: 4.a,9.b\nevent: deleted\ndata: {\"watch\":0,\"id\":1}\n\n",
        ];
        assert_eq!(all(&["", "9.b"], vec![one, pending().boxed()]).await, expected.concat());
    }

    #[tokio::test]
    async fn what_is_refused_says_so_and_the_others_go_on() {
        let problem = Bytes::from_static(b"{\"status\":503}");
        let refused = || iter([Piece::Refused { problem: problem.clone(), retry_after_s: Some(2) }]).boxed();
        let told = "event: problem\ndata: {\"watch\":0,\"problem\":{\"status\":503},\"retryAfterS\":2}\n\n";
        assert_eq!(all(&[""], vec![refused()]).await, told);
        let both = all(&["", ""], vec![refused(), of(&[": current\n\n", ": running\n\n"])]).await;
        assert!(both.contains(told) && both.contains("\"watch\":1,\"running\":true"), "{both}");
    }

    #[tokio::test]
    async fn all_end_with_the_first_that_ends() {
        let told = all(&["", ""], vec![pending().boxed(), of(&["retry: 700\n\n"])]).await;
        assert_eq!(told, "retry: 700\n\n");
    }
}
