//! The frames of one stream, cut out of the pieces in which they arrive: from another process they come in any.
use bytes::{Bytes, BytesMut};

/// Between two frames.
const END: &[u8] = b"\n\n";

#[derive(Default)]
pub(super) struct Frames(BytesMut);

/// What a frame says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame<'a> {
    /// Its id, the kind of event and the event's data, in one line.
    Event {
        id: &'a str,
        kind: &'a str,
        data: &'a str,
    },
    Current {
        /// Where a client goes on that has been sent nothing.
        id: Option<&'a str>,
        is_whole: bool,
    },
    /// Its context was stopped, or runs again.
    Running(bool),
    SignOfLife,
    /// When to come back.
    Other,
}

impl Frames {
    pub fn push(&mut self, piece: &[u8]) {
        self.0.extend_from_slice(piece);
    }

    /// The next whole frame, with its end.
    pub fn next(&mut self) -> Option<Bytes> {
        let at = self.0.windows(END.len()).position(|two| two == END)?;
        Some(self.0.split_to(at + END.len()).freeze())
    }
}

impl Frame<'_> {
    pub fn read(frame: &[u8]) -> Frame<'_> {
        let Ok(text) = std::str::from_utf8(frame) else { return Frame::Other };
        let (mut id, mut kind, mut data) = (None, None, None);
        for line in text.lines() {
            match line.split_once(": ") {
                Some(("id", value)) => id = Some(value),
                Some(("event", value)) => kind = Some(value),
                Some(("data", value)) => data = Some(value),
                Some(("", "current")) => return Frame::Current { id, is_whole: false },
                Some(("", "current whole")) => return Frame::Current { id, is_whole: true },
                Some(("", "stopped")) => return Frame::Running(false),
                Some(("", "running")) => return Frame::Running(true),
                None if line == ":" => return Frame::SignOfLife,
                _ => {}
            }
        }
        match (id, kind, data) {
            (Some(id), Some(kind), Some(data)) => Frame::Event { id, kind, data },
            _ => Frame::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::live::frame;

    #[test]
    fn frames_arrive_in_any_pieces() {
        let sent = b"retry: 1000\n\nid: 7.a\nevent: row\ndata: {\"id\":1}\n\n:\n\n: current whole\n\n";
        let whole = ["retry: 1000\n\n", "id: 7.a\nevent: row\ndata: {\"id\":1}\n\n", ":\n\n", ": current whole\n\n"];
        for size in 1..=sent.len() {
            let mut frames = Frames::default();
            let mut found = vec![];
            for piece in sent.chunks(size) {
                frames.push(piece);
                found.extend(std::iter::from_fn(|| frames.next()));
            }
            assert_eq!(found, whole, "in pieces of {size}");
        }
    }

    #[test]
    fn a_frame_says_what_it_is() {
        assert_eq!(
            Frame::read(b"id: 7.a\nevent: deleted\ndata: {\"id\":1}\n\n"),
            Frame::Event { id: "7.a", kind: "deleted", data: "{\"id\":1}" }
        );
        assert_eq!(Frame::read(&frame::CURRENT), Frame::Current { id: None, is_whole: false });
        assert_eq!(Frame::read(&frame::CURRENT_WHOLE), Frame::Current { id: None, is_whole: true });
        assert_eq!(Frame::read(&frame::current("7.a")), Frame::Current { id: Some("7.a"), is_whole: false });
        assert_eq!(Frame::read(&frame::STOPPED), Frame::Running(false));
        assert_eq!(Frame::read(&frame::RUNNING), Frame::Running(true));
        assert_eq!(Frame::read(&frame::HEARTBEAT), Frame::SignOfLife);
        for other in [b"retry: 1000\n\n".as_slice(), b"\xff\n\n"] {
            assert_eq!(Frame::read(other), Frame::Other);
        }
    }
}
