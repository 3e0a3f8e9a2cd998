//! The port to other contexts: one-way messages, each delivered at most once, in any order.
use crate::message::PeerMessage;
use serde::{Deserialize, Serialize};

/// The version of the protocol between contexts that this release speaks.
pub const PROTOCOL: u16 = 1;

/// A message with its sender and its receiver.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// The version of the protocol; a receiver takes only a version that it speaks.
    pub protocol: u16,
    pub from: String,
    pub to: String,
    pub message: PeerMessage,
}

impl Envelope {
    pub fn new(from: impl Into<String>, to: impl Into<String>, message: PeerMessage) -> Envelope {
        Envelope { protocol: PROTOCOL, from: from.into(), to: to.into(), message }
    }
}

/// The message has not left: its receiver is unknown, down or full. Nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSent;

pub trait Peers: Send + Sync {
    /// `Ok` says that the message has left, not that it will arrive.
    fn send(&self, envelope: Envelope) -> Result<(), NotSent>;
}
