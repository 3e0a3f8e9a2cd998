//! A stream of server-sent events, read one after the other.
use crate::server::WAIT_LIMIT;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::sync::mpsc::{Receiver, channel};

/// One event as it was sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamEvent {
    pub id: String,
    pub event: String,
    pub data: Value,
}

/// A stream that is read on a thread of its own, so that a silent one fails a test instead of holding it up.
pub struct EventStream(Receiver<StreamEvent>);

impl EventStream {
    pub(crate) fn read(body: ureq::Body) -> EventStream {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut sent = StreamEvent::default();
            for line in BufReader::new(body.into_reader()).lines().map_while(Result::ok) {
                let Some((field, value)) = line.split_once(':') else {
                    let whole = std::mem::take(&mut sent);
                    if whole.event.is_empty() || sender.send(whole).is_ok() { continue } else { return }
                };
                match field {
                    "id" => sent.id = value.trim_start().to_string(),
                    "event" => sent.event = value.trim_start().to_string(),
                    "data" => sent.data = serde_json::from_str(value).unwrap_or_default(),
                    _ => {} // a comment that keeps the line open
                }
            }
        });
        EventStream(receiver)
    }

    /// The next event, waited for.
    #[track_caller]
    pub fn next(&self) -> StreamEvent {
        self.0.recv_timeout(WAIT_LIMIT).expect("the stream says something")
    }

    /// Reads on up to an event whose data has this word.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> StreamEvent {
        loop {
            let sent = self.next();
            if sent.data.to_string().contains(words) {
                return sent;
            }
        }
    }
}
