//! What goes in and out of a context at work: requests and their answers, questions to other contexts and theirs.
use kernel::{CallKey, Erased, Id, Meta, Reason, Recorded, Success, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A client's command, parsed and waiting for its answer.
#[derive(Clone)]
pub struct Ask {
    /// Given by the driver; the answer carries it.
    pub token: u64,
    /// Index among the context's routes.
    pub route: usize,
    /// The id in the path.
    pub id: Option<Id>,
    pub form: Erased,
    pub idempotency: Option<Idempotency>,
    /// Versions one of which the row must have; `None`: any.
    pub if_match: Option<Vec<u64>>,
    pub deadline: Timestamp,
    pub meta: Meta,
}

/// A repeatable request: the client's key, and a digest of the body as parsed JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    pub key: String,
    pub digest: u64,
}

/// A success: what is told of it. Kept as JSON under its Idempotency-Key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    #[serde(with = "done")]
    pub done: Success,
    pub id: Id,
    /// The row, or what the route tells, as JSON; `None` where there is nothing to show.
    pub body: Option<Arc<str>>,
    pub history: Option<Arc<str>>,
    /// The row's version.
    pub etag: u64,
    /// Of the newest event in this context's log.
    pub position: u64,
}

mod done {
    use kernel::Success;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(done: &Success, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match done {
            Success::Created => "created",
            Success::Changed => "changed",
            Success::Removed => "removed",
            Success::Read => "told",
        })
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Success, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "created" => Ok(Success::Created),
            "changed" => Ok(Success::Changed),
            "removed" => Ok(Success::Removed),
            "told" => Ok(Success::Read),
            other => Err(de::Error::custom(format!("no such answer: {other}"))),
        }
    }
}

/// A failure, in the kinds that cross a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A rule says no: never retried as it is.
    Refused(&'static Reason),
    /// Something needed is down, too slow or full: nothing was done; try again after this time.
    Unavailable { what: &'static str, retry_after_ms: u64 },
}

pub type Reply = Result<Answer, Failure>;

/// Between two contexts of a system.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    Asked(Question),
    Answered {
        key: CallKey,
        answer: Result<Arc<str>, Refused>,
    },
    Undo {
        key: CallKey,
        settled: Id,
    },
    Undone {
        key: CallKey,
    },
    /// Void every question of the caller's tickets from `from` to below `to`, except of those kept.
    VoidRange {
        caller: String,
        from: Id,
        to: Id,
        kept: Vec<Id>,
    },
    RangeVoided {
        by: String,
        to: Id,
    },
}

/// What it is, without what it carries: customers' names are nothing for a log.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |key: &CallKey| format!("ticket {}, step {}", key.ticket, key.step);
        match self {
            Message::Asked(question) => write!(f, "asks: {} ({})", question.call, of(&question.key)),
            Message::Answered { key, answer: Ok(_) } => write!(f, "answers yes ({})", of(key)),
            Message::Answered { key, answer: Err(_) } => write!(f, "answers no ({})", of(key)),
            Message::Undo { key, .. } => write!(f, "voids ({})", of(key)),
            Message::Undone { key } => write!(f, "has voided ({})", of(key)),
            Message::VoidRange { from, to, .. } => write!(f, "voids tickets {from} to below {to}, but for those kept"),
            Message::RangeVoided { to, .. } => write!(f, "has voided tickets to below {to}"),
        }
    }
}

/// A question as the context that answers it sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub key: CallKey,
    pub call: String,
    pub body: Arc<str>,
    /// Past it nobody waits for the answer: the question is let go.
    pub deadline: Timestamp,
    /// The caller's durable mark: every ticket below is committed, or undone and acknowledged.
    pub settled: Id,
    pub meta: Meta,
}

/// Why a question got no yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    By(&'static Reason),
    /// The other context can't be reached, or is too full to answer.
    Unreachable,
}

/// One thing that happens to a context at work.
#[derive(Clone)]
pub enum Input {
    Ask(Ask),
    From {
        context: String,
        message: Message,
    },
    /// Events of one source for one consumer, from behind its position.
    Events {
        consumer: String,
        source: String,
        events: Vec<Arc<Recorded>>,
    },
    /// An operator's word on what is set aside for a key: try it again (`None`), or let its first go, with a reason.
    Resume {
        key: Id,
        skip: Option<String>,
        token: u64,
    },
    /// Time has passed.
    Tick,
}

/// What a context says when its group is durable, or at once where nothing has to be durable first.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    Reply {
        token: u64,
        reply: Reply,
    },
    Send {
        to: String,
        message: Message,
    },
    /// How many were resumed, or why none was.
    Resumed {
        token: u64,
        done: Result<usize, String>,
    },
}
