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
pub struct EventStream {
    events: Receiver<StreamEvent>,
    heartbeats: Receiver<()>,
}

impl EventStream {
    pub(crate) fn read(body: ureq::Body) -> EventStream {
        let (sender, events) = channel();
        let (beats, heartbeats) = channel();
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
                    // keeps the line open; whoever does not wait for it has no need of it. A comment with words says something else
                    "" if value.is_empty() => drop(beats.send(())),
                    _ => {}
                }
            }
        });
        EventStream { events, heartbeats }
    }

    /// The next event, waited for.
    #[track_caller]
    pub fn next(&self) -> StreamEvent {
        self.events.recv_timeout(WAIT_LIMIT).expect("the stream says something")
    }

    /// All that was sent up to the next heartbeat: a stream sends one when it has nothing to say.
    #[track_caller]
    pub fn up_to_heartbeat(&self) -> Vec<StreamEvent> {
        self.heartbeats.recv_timeout(WAIT_LIMIT).expect("the stream is alive");
        self.events.try_iter().collect()
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
