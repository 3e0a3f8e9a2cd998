//! Problems as clients read them: RFC 9457, in their language.
pub(crate) mod cause;
pub(crate) mod invalid_input;
mod json;
pub(crate) mod reasons;
pub(crate) mod status;

use crate::negotiate::language::Language;
use crate::negotiate::media_type::PROBLEM;
use crate::problem::invalid_input::InvalidInput;
use crate::problem::json::ProblemJson;
use crate::problem::status::status;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::Response;
use kernel::{InvalidField, Name, RefusalReason, System};
use runtime::error::{Error, UnavailableReason};
use std::time::Duration;

/// When to come back with a request that only a newer release can answer.
const NEWER_RELEASE_MS: u64 = 1000;

/// Why a request does not get what it asks for.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub reason: &'static RefusalReason,
    pub invalid: Vec<InvalidInput>,
    pub retry_after_ms: Option<u64>,
    /// What is down, too slow or full, by its stable code.
    pub cause: Option<&'static str>,
    /// The particulars, where the reason alone does not say them.
    pub note: Option<String>,
    /// Those with whom it could be done.
    pub roles: Vec<Name>,
    /// What to do about it in particular, in both languages, where the reason alone does not say it.
    pub advice: Option<&'static Advice>,
}

/// What somebody is told to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    pub en: &'static str,
    pub ko: &'static str,
}

pub(crate) type HttpResult<T = Response> = Result<T, Box<Problem>>;

impl Problem {
    pub fn new(reason: &'static RefusalReason) -> Box<Problem> {
        let (invalid, roles) = (vec![], vec![]);
        Box::new(Problem { reason, invalid, retry_after_ms: None, cause: None, note: None, advice: None, roles })
    }

    pub fn with_invalid(reason: &'static RefusalReason, invalid: Vec<InvalidInput>) -> Box<Problem> {
        Box::new(Problem { invalid, ..*Problem::new(reason) })
    }

    pub fn invalid_fields(fields: &[InvalidField]) -> Box<Problem> {
        Problem::with_invalid(&reasons::INVALID_FIELDS, fields.iter().map(InvalidInput::field).collect())
    }

    pub fn role_missing(roles: Vec<Name>) -> Box<Problem> {
        Box::new(Problem { roles, ..*Problem::new(&reasons::ROLE_MISSING) })
    }

    /// `cause` is the stable code of what is down, too slow or full.
    pub fn retry_later(reason: &'static RefusalReason, cause: &'static str, retry_after_ms: u64) -> Box<Problem> {
        let (cause, retry_after_ms) = (Some(cause), Some(retry_after_ms));
        Box::new(Problem { cause, retry_after_ms, ..*Problem::new(reason) })
    }

    /// Its caller has nothing left for now.
    pub fn too_many_requests(wait: Duration) -> Box<Problem> {
        let retry_after_ms = Some(u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX));
        Box::new(Problem { retry_after_ms, ..*Problem::new(&reasons::TOO_MANY_REQUESTS) })
    }

    /// It was decided, and nobody knows yet whether it is kept.
    pub fn outcome_unknown(retry_after_ms: u64) -> Box<Problem> {
        Box::new(Problem { retry_after_ms: Some(retry_after_ms), ..*Problem::new(&reasons::OUTCOME_UNKNOWN) })
    }

    pub fn with_note(reason: &'static RefusalReason, note: String) -> Box<Problem> {
        Box::new(Problem { note: Some(note), ..*Problem::new(reason) })
    }

    /// The problem of an error of a context at work. A code that no table knows belongs to a newer release, so the request can't be
    /// answered here.
    pub fn of_error(system: &System, error: Error) -> Box<Problem> {
        match error {
            Error::Refused(refusal) => {
                let own = || reasons::ALL.iter().copied().find(|reason| reason.code == refusal.code);
                let reason = runtime::error::reason(system, &refusal).or_else(own);
                reason.map_or_else(
                    || Problem::retry_later(&reasons::UNAVAILABLE, UnavailableReason::Fault.code(), NEWER_RELEASE_MS),
                    Problem::new,
                )
            }
            Error::Unavailable { reason, retry_after_ms, .. } => {
                Problem::retry_later(&reasons::UNAVAILABLE, reason.code(), retry_after_ms)
            }
            Error::Unknown { retry_after_ms } => Problem::outcome_unknown(retry_after_ms),
        }
    }

    /// `instance` is the path of the request.
    pub fn response(&self, language: Language, instance: &str) -> Response {
        let json = ProblemJson::new(self, language, instance);
        let mut response = Response::new(json.bytes().into());
        *response.status_mut() = status(self.reason);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        if self.reason.code == reasons::ENCODED_BODY.code {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        }
        if let Some(challenge) = challenge(self.reason) {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(ms) = self.retry_after_ms {
            headers.insert(RETRY_AFTER, HeaderValue::from(ms.div_ceil(1000).max(1)));
        }
        response
    }
}

/// How a client proves who it is, told with a 401 (RFC 6750).
fn challenge(reason: &RefusalReason) -> Option<HeaderValue> {
    let said = match reason.code {
        code if code == reasons::SIGN_IN_NEEDED.code => r#"Bearer realm="nadul""#,
        code if code == reasons::INVALID_TOKEN.code => r#"Bearer realm="nadul", error="invalid_token""#,
        _ => return None,
    };
    Some(HeaderValue::from_static(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_to_come_back_is_in_whole_seconds() {
        let response =
            Problem::retry_later(&reasons::OVERLOADED, cause::REQUESTS_FULL, 1500).response(Language::En, "/catches");
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()[RETRY_AFTER], "2");
    }

    #[test]
    fn no_reason_is_declared_twice_and_every_status_is_an_error() {
        let codes: std::collections::BTreeSet<_> = reasons::ALL.iter().map(|reason| reason.code).collect();
        assert_eq!(codes.len(), reasons::ALL.len());
        assert!(reasons::ALL.iter().all(|reason| status(reason).is_client_error() || status(reason).is_server_error()));
    }
}
