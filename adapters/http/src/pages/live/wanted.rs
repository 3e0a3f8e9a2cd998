//! What a page wants to watch, and from where on.
use crate::problem::invalid_input::InvalidInput;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use axum::http::{HeaderName, uri::PathAndQuery};
use kernel::Invalid;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

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
        let marks = marks.into_iter().map(Some).chain(std::iter::repeat(None));
        let mark = |mark: Option<String>| mark.filter(|mark| !mark.is_empty());
        Ok(paths.into_iter().zip(marks).map(|(path, sent)| Wanted { path, mark: mark(sent) }).collect())
    }
}

/// A path of this server, and never a whole address.
fn path(text: &str) -> Option<PathAndQuery> {
    text.starts_with('/').then(|| text.parse().ok()).flatten()
}
