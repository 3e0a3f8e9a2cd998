//! What one context sends to another: a call and its reply, an undo and its acknowledgement.
use crate::error::Refusal;
use kernel::{CallKey, Id, IdRanges, Meta};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Between two contexts of a system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PeerMessage {
    Call(CallRequest),
    Reply {
        key: CallKey,
        result: CallResult,
    },
    Undo {
        key: CallKey,
        settled: Id,
    },
    Undone {
        key: CallKey,
    },
    /// Void every call of the caller's tickets from `from` to below `to`, except those of `kept`.
    VoidRange {
        caller: String,
        from: Id,
        to: Id,
        kept: IdRanges,
    },
    /// `highest`: the highest ticket of the caller that the callee had heard of before; 0: of none. A caller that has never given it has
    /// lost what it wrote.
    RangeVoided {
        by: String,
        to: Id,
        #[serde(default)]
        highest: Id,
    },
}

/// A call as the context that answers it receives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRequest {
    pub key: CallKey,
    pub call: String,
    pub body: Arc<str>,
    /// Milliseconds until the caller stops waiting for the reply; a callee drops the call after that.
    pub time_left_ms: u64,
    /// The caller's durable mark: every ticket below is committed, or undone and acknowledged.
    pub settled: Id,
    pub meta: Meta,
}

/// The answer as JSON, or why there is none.
pub type CallResult = Result<Arc<str>, CallError>;

/// Why a call was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallError {
    Refused(Refusal),
    /// The other context can't be reached, or can't answer such a call.
    Unreachable,
}

/// The kind of a message and its ticket, without what it carries: customers' names do not belong in a log.
impl fmt::Display for PeerMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = |key: &CallKey| format!("ticket {}, step {}", key.ticket, key.step);
        match self {
            PeerMessage::Call(call) => write!(f, "call {} ({})", call.call, step(&call.key)),
            PeerMessage::Reply { key, result: Ok(_) } => write!(f, "reply: done ({})", step(key)),
            PeerMessage::Reply { key, result: Err(_) } => write!(f, "reply: not done ({})", step(key)),
            PeerMessage::Undo { key, .. } => write!(f, "undo ({})", step(key)),
            PeerMessage::Undone { key } => write!(f, "undone ({})", step(key)),
            PeerMessage::VoidRange { from, to, .. } => {
                write!(f, "void tickets {from} to below {to}, except those kept")
            }
            PeerMessage::RangeVoided { to, .. } => write!(f, "tickets below {to} are void"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::peers::Envelope;

    #[test]
    fn every_message_crosses_a_wire_and_comes_back_the_same() {
        let key = CallKey { caller: "catch".into(), ticket: Id(7), step: 1 };
        let call = CallRequest {
            key: key.clone(),
            call: "hold the money".into(),
            body: "{\"won\":1}".into(),
            time_left_ms: 610,
            settled: Id(3),
            meta: Meta::default(),
        };
        let refused = Err(CallError::Refused(Refusal { code: "declined".into() }));
        let messages = [
            PeerMessage::Call(call),
            PeerMessage::Reply { key: key.clone(), result: Ok("{}".into()) },
            PeerMessage::Reply { key: key.clone(), result: refused },
            PeerMessage::Reply { key: key.clone(), result: Err(CallError::Unreachable) },
            PeerMessage::Undo { key: key.clone(), settled: Id(2) },
            PeerMessage::Undone { key },
            PeerMessage::VoidRange {
                caller: "catch".into(),
                from: Id(1),
                to: Id(9),
                kept: [Id(4)].into_iter().collect(),
            },
            PeerMessage::RangeVoided { by: "payment".into(), to: Id(9), highest: Id(7) },
        ];
        for message in messages {
            let sent = Envelope::new("catch", "payment", message);
            let text = serde_json::to_string(&sent).expect("a message is plain data");
            let received: Envelope = serde_json::from_str(&text).expect("what was written is read");
            assert_eq!(received, sent);
        }
    }
}
