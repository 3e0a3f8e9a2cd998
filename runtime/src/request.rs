//! A client's request to a context, and the response it gets.
use crate::error::{Error, Refusal};
use kernel::{Erased, Id, Meta, Method, Permission, Success};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A client's command, waiting for its response.
#[derive(Clone)]
pub struct ClientRequest {
    pub route: RouteName,
    /// The id in the path.
    pub id: Option<Id>,
    pub form: RequestForm,
    pub idempotency: Option<Idempotency>,
    /// Versions one of which the row must have; `None`: any.
    pub if_match: Option<Vec<u64>>,
    /// Milliseconds until the client stops waiting.
    pub time_left_ms: u64,
    pub meta: Meta,
    pub permission: Permission,
}

/// A route by its method and its path as the contract writes it: `POST /catches/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteName {
    pub method: Method,
    pub path: Cow<'static, str>,
}

impl RouteName {
    pub fn of_route(route: &kernel::Route) -> RouteName {
        RouteName { method: route.method, path: Cow::Borrowed(route.path) }
    }
}

/// What the client sent.
#[derive(Clone)]
pub enum RequestForm {
    /// Read in this process already.
    Read(Erased),
    /// As JSON, from another process.
    Json(Arc<str>),
    /// A body that fits no form. Its Idempotency-Key may belong to another body all the same, and then the client is told that.
    Unfit(Refusal),
}

/// A repeatable request: its key, and a digest of the body as parsed JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    pub key: RepeatKey,
    pub digest: u64,
}

/// The key of a request, by who gave it. Keys of the two never meet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RepeatKey {
    /// The client: it may repeat the request for `idempotency_hours`.
    Client(Arc<str>),
    /// The edge of another process: it sends the request again where the connection broke, within minutes.
    Edge(Arc<str>),
}

/// A success as the client is told of it. Kept as JSON under its Idempotency-Key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    #[serde(with = "stored_success")]
    pub done: Success,
    pub id: Id,
    /// The row, or what the route reads, as JSON; `None` where there is nothing to show.
    pub body: Option<Arc<str>>,
    pub history: Option<Arc<str>>,
    /// The row's version.
    pub etag: u64,
    /// Of the newest event in this context's log.
    pub position: u64,
}

pub type Response = Result<Answer, Error>;

/// The kinds of success by the words that stores have always kept.
mod stored_success {
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
            other => Err(de::Error::custom(format!("no such success: {other}"))),
        }
    }
}
