//! What can happen to a context at work.
use crate::message::PeerMessage;
use crate::port::clock::Moment;
use crate::port::feed::Slice;
use crate::request::ClientRequest;
use kernel::{CallKey, Id, SubscriptionKey};

#[derive(Clone)]
pub enum Input {
    Request {
        /// Given by the driver; the response carries it.
        token: u64,
        request: ClientRequest,
        /// When the request arrived: its time began to run then.
        arrived: Moment,
    },
    PeerMessage {
        from: String,
        message: PeerMessage,
        arrived: Moment,
    },
    /// A call of this context has not left it.
    NotSent {
        key: CallKey,
    },
    /// A run of a source's log for one consumer.
    Events {
        subscription: SubscriptionKey,
        slice: Slice,
    },
    /// An operator has the events parked for a key tried again; with a reason in `skip`, their first one is skipped before.
    Resume {
        key: Id,
        skip: Option<String>,
        token: u64,
    },
    /// Time has passed.
    Tick,
}
