//! One suite for every way between contexts: what `runtime::port::peers` promises, tried from outside where nothing goes wrong.
use kernel::{CallKey, Id, IdRanges, Name};
use runtime::driver::{ContextHandle, Mailbox};
use runtime::limits::Limits;
use runtime::message::{CallRequest, PeerMessage};
use runtime::port::clock::{Clock, Now};
use runtime::port::peers::{Envelope, NotSent, PROTOCOL, Peers};
use std::sync::Arc;

/// A way between contexts.
pub struct Joined {
    pub peers: Arc<dyn Peers>,
    /// Lets everything that is under way arrive.
    pub arrive: Box<dyn Fn()>,
}

/// Joins the contexts of these handles.
pub type Join<'a> = &'a dyn Fn(Vec<Arc<ContextHandle>>) -> Joined;

/// Every test of the suite, against the ways that the given function makes: of those that say at once that a receiver is stopped, or,
/// after the word `waiting`, of those on which a message waits for a receiver that is stopped.
#[macro_export]
macro_rules! peers_conformance {
    (waiting $join:expr) => {
        $crate::peers_conformance! { all $join,
            a_message_to_a_context_that_is_stopped_waits_until_it_runs_again
        }
    };
    (all $join:expr, $($name:ident)*) => {
        $crate::peers_conformance! { $join,
            $($name)*
            a_message_arrives_once_in_the_mailbox_of_its_receiver
            messages_of_every_kind_arrive
            a_message_to_a_context_that_does_not_exist_is_not_sent
            a_context_that_runs_again_is_reached_again
            a_message_in_another_protocol_is_not_taken
            a_full_mailbox_takes_no_more
        }
    };
    ($join:expr) => {
        $crate::peers_conformance! { all $join,
            a_message_to_a_context_that_is_stopped_is_not_sent
        }
    };
    ($join:expr, $($name:ident)*) => {
        $(#[test]
        fn $name() {
            $crate::conformance::peers::$name(&$join);
        })*
    };
}

/// A clock that stands still.
struct Noon;

impl Clock for Noon {
    fn now(&self) -> Now {
        Now::default()
    }
}

fn handle(name: Name) -> Arc<ContextHandle> {
    let limits = Limits { messages_max: 4, ..Limits::default() };
    let mailbox = Mailbox::new(name, &limits, Arc::new(Noon), Box::new(|| {}));
    mailbox.open();
    Arc::new(ContextHandle::new(name, mailbox))
}

struct Contexts {
    catch: Arc<ContextHandle>,
    payment: Arc<ContextHandle>,
    joined: Joined,
}

impl Contexts {
    fn joined_by(join: Join<'_>) -> Contexts {
        let (catch, payment) = (handle("catch"), handle("payment"));
        let joined = join(vec![catch.clone(), payment.clone()]);
        Contexts { catch, payment, joined }
    }

    fn send(&self, to: Name, message: PeerMessage) -> Result<(), NotSent> {
        self.joined.peers.send(Envelope::new("catch", to, message))
    }

    /// How many messages wait in each mailbox.
    fn waiting(&self) -> (usize, usize) {
        (self.joined.arrive)();
        (self.catch.mailbox.len(), self.payment.mailbox.len())
    }
}

fn key() -> CallKey {
    CallKey { caller: "catch".into(), ticket: Id(7), step: 0 }
}

fn call() -> PeerMessage {
    let (call, body, meta) = ("hold the money".into(), "{}".into(), Default::default());
    PeerMessage::Call(CallRequest { key: key(), call, body, time_left_ms: 610, settled: Id(1), meta })
}

pub fn a_message_arrives_once_in_the_mailbox_of_its_receiver(join: Join<'_>) {
    let contexts = Contexts::joined_by(join);
    assert_eq!(contexts.send("payment", call()), Ok(()));
    assert_eq!(contexts.waiting(), (0, 1));
    assert_eq!(contexts.waiting(), (0, 1));
}

pub fn messages_of_every_kind_arrive(join: Join<'_>) {
    let undo = PeerMessage::Undo { key: key(), settled: Id(1) };
    let range = PeerMessage::VoidRange { caller: "catch".into(), from: Id(1), to: Id(9), kept: IdRanges::default() };
    let voided = PeerMessage::RangeVoided { by: "catch".into(), to: Id(9), highest: Id(7) };
    let reply = PeerMessage::Reply { key: key(), result: Ok("{}".into()) };
    for message in [call(), reply, undo, PeerMessage::Undone { key: key() }, range, voided] {
        let contexts = Contexts::joined_by(join);
        assert_eq!(contexts.send("payment", message), Ok(()));
        assert_eq!(contexts.waiting(), (0, 1));
    }
}

pub fn a_message_to_a_context_that_is_stopped_is_not_sent(join: Join<'_>) {
    let contexts = Contexts::joined_by(join);
    contexts.payment.mailbox.close();
    assert_eq!(contexts.send("payment", call()), Err(NotSent));
    contexts.payment.mailbox.open();
    assert_eq!(contexts.waiting(), (0, 0), "nothing of it arrives later");
}

pub fn a_message_to_a_context_that_is_stopped_waits_until_it_runs_again(join: Join<'_>) {
    let contexts = Contexts::joined_by(join);
    contexts.payment.mailbox.close();
    assert_eq!(contexts.send("payment", call()), Ok(()));
    contexts.payment.mailbox.open();
    assert_eq!(contexts.waiting(), (0, 1));
}

pub fn a_message_to_a_context_that_does_not_exist_is_not_sent(join: Join<'_>) {
    let contexts = Contexts::joined_by(join);
    assert_eq!(contexts.send("nobody", call()), Err(NotSent));
    assert_eq!(contexts.waiting(), (0, 0));
}

pub fn a_context_that_runs_again_is_reached_again(join: Join<'_>) {
    let contexts = Contexts::joined_by(join);
    contexts.payment.mailbox.close();
    contexts.payment.mailbox.open();
    assert_eq!(contexts.send("payment", call()), Ok(()));
    assert_eq!(contexts.waiting(), (0, 1));
}

/// Whether the sender learns it or not.
pub fn a_message_in_another_protocol_is_not_taken(join: Join<'_>) {
    let contexts = Contexts::joined_by(join);
    let newer = Envelope { protocol: PROTOCOL + 1, ..Envelope::new("catch", "payment", call()) };
    let _left_or_not = contexts.joined.peers.send(newer);
    assert_eq!(contexts.waiting(), (0, 0));
}

/// Whether the sender learns it or not.
pub fn a_full_mailbox_takes_no_more(join: Join<'_>) {
    let contexts = Contexts::joined_by(join);
    for _ in 0..6 {
        let _left_or_not = contexts.send("payment", call());
    }
    assert_eq!(contexts.waiting(), (0, 4));
}
