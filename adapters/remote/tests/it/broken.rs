//! Connections that break at any byte: no message arrives twice.
use crate::peers::{peers, undo};
use crate::support::{Known, Process, Proxy, client, runtime, wait_until};
use kernel::Head;
use remote::{Inside, Taken};
use runtime::message::{CallRequest, PeerMessage};
use runtime::port::feed::{Slice, SourceLate};
use runtime::port::peers::{Envelope, Peers};
use runtime::port::replica::Ownership;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// Takes every message, and remembers it.
#[derive(Default)]
pub struct Counting(Mutex<Vec<Envelope>>);

impl Counting {
    /// How often each undo came, by its ticket.
    fn counts(&self) -> BTreeMap<u64, usize> {
        let mut counts = BTreeMap::new();
        for envelope in self.0.lock().expect("sound").iter() {
            if let PeerMessage::Undo { key, .. } = &envelope.message {
                *counts.entry(key.ticket.0).or_default() += 1;
            }
        }
        counts
    }

    pub fn count(&self) -> usize {
        self.0.lock().expect("sound").len()
    }

    pub fn only_call(&self) -> CallRequest {
        let taken = self.0.lock().expect("sound").clone();
        match taken.as_slice() {
            [Envelope { message: PeerMessage::Call(call), .. }] => call.clone(),
            other => panic!("one call, not {other:?}"),
        }
    }
}

impl Inside for Counting {
    fn take(&self, envelope: Envelope) -> Taken {
        self.0.lock().expect("sound").push(envelope);
        Taken::Taken
    }

    fn log(&self, context: &str, _after: u64, _at_most: usize) -> Result<Slice, SourceLate> {
        Err(SourceLate(format!("{context} has no log")))
    }

    fn news(&self, _context: &str) -> Option<watch::Receiver<u64>> {
        None
    }

    fn head(&self, _context: &str) -> Option<Head> {
        None
    }

    fn ownership(&self, _context: &str) -> Option<Ownership> {
        None
    }

    fn yours(&self, _context: &str) {}
}

/// Sends messages one after another through connections that are cut; says how often each arrived.
fn through_cuts(messages: u64, cut: impl FnMut() -> (usize, usize) + Send + 'static) -> BTreeMap<u64, usize> {
    let (runtime, counting) = (runtime(), Arc::new(Counting::default()));
    let owner = Process::start(&runtime, counting.clone(), &["payment"]);
    let proxy = Proxy::start(&runtime, owner.address, cut);
    let peers = peers(client(&runtime, "catch"), Arc::new(Known::new(&proxy.url)));
    for ticket in 0..messages {
        assert_eq!(peers.send(undo(ticket)), Ok(()));
        if ticket % 3 == 0 {
            wait_until("nothing waits", || peers.waiting() == 0);
        }
    }
    wait_until("nothing waits", || peers.waiting() == 0);
    counting.counts()
}

#[test]
fn given_connections_cut_while_a_request_goes_out_then_nothing_arrives_twice() {
    let mut bytes = 0;
    let counts = through_cuts(300, move || {
        bytes += 7;
        (bytes % 1_400, usize::MAX)
    });
    assert!(counts.values().all(|count| *count == 1), "{counts:?}");
    assert!(counts.len() < 300, "some connections must have been cut before a message was whole");
}

#[test]
fn given_connections_cut_while_the_answer_comes_then_nothing_arrives_twice() {
    let mut bytes = 0;
    let counts = through_cuts(300, move || {
        bytes += 3;
        (usize::MAX, bytes % 260)
    });
    assert!(counts.values().all(|count| *count == 1), "{counts:?}");
    assert!(counts.len() > 200, "what was whole has arrived: {}", counts.len());
}
