//! What a page wants to watch, and from where on.
use crate::problem::invalid_input::InvalidInput;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::{HttpRequest, LAST_EVENT_ID};
use axum::http::uri::PathAndQuery;
use kernel::Invalid;

/// Most characters of a mark: a number and the mark of a life.
const MARK_CHARS_MAX: usize = 40;

/// Between the marks of an event's id.
pub(super) const BETWEEN_MARKS: char = ',';

#[derive(Debug)]
pub(super) struct Wanted {
    /// As somebody would read it, with its query.
    pub path: PathAndQuery,
    /// Behind what the client has seen; `None`: from the start.
    pub mark: Option<String>,
}

impl Wanted {
    /// `watch` names a path, `after` the mark of the watch in the same place. A browser that comes back sends all marks in one header,
    /// which are newer.
    pub fn read(request: &HttpRequest, watches_max: usize) -> HttpResult<Vec<Wanted>> {
        let query = request.uri.query().unwrap_or_default();
        let (mut paths, mut marks, mut invalid) = (vec![], vec![], vec![]);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match (&*name, path(&value)) {
                ("watch", Some(path)) => paths.push(path),
                ("watch", None) => invalid.push(InvalidInput::no_path("watch")),
                ("after", _) => marks.push(value.into_owned()),
                _ => invalid.push(InvalidInput::unknown(&name)),
            }
        }
        if paths.is_empty() && invalid.is_empty() {
            invalid.push(InvalidInput::parameter("watch", &Invalid::Missing));
        }
        if paths.len() > watches_max {
            invalid.push(InvalidInput::too_many("watch", watches_max));
        }
        if !invalid.is_empty() {
            return Err(Problem::with_invalid(&reasons::INVALID_QUERY, invalid));
        }
        if let Some(sent) = request.header(&LAST_EVENT_ID) {
            marks = sent.split(BETWEEN_MARKS).map(|mark| mark.trim().to_string()).collect();
        }
        let marks =
            marks.into_iter().map(|mark| Some(mark).filter(|mark| is_mark(mark))).chain(std::iter::repeat(None));
        Ok(paths.into_iter().zip(marks).map(|(path, mark)| Wanted { path, mark }).collect())
    }
}

/// Whether this may be one that this server has given: it stands in the ids of events.
fn is_mark(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
    !text.is_empty() && text.len() <= MARK_CHARS_MAX && text.bytes().all(is_plain)
}

/// A path of this server, and never a whole address.
fn path(text: &str) -> Option<PathAndQuery> {
    text.starts_with('/').then(|| text.parse().ok()).flatten()
}
