//! Problems as clients read them: RFC 9457, in their language.
use crate::accept::PROBLEM;
use crate::cause;
use crate::field::{Flaw, Part};
use crate::language::Language;
use crate::status::status;
use axum::http::HeaderValue;
use axum::http::header::{ALLOW, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER};
use axum::response::Response;
use kernel::Reason;
use runtime::message::Failure;
use serde::Serialize;

/// Why a request is not answered with what it asked for.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub reason: &'static Reason,
    pub flaws: Vec<Flaw>,
    pub retry_after_ms: Option<u64>,
    pub allow: Option<HeaderValue>,
    /// What exactly, where the reason alone does not say it.
    pub note: Option<String>,
}

pub(crate) type Outcome<T = Response> = Result<T, Box<Problem>>;

#[derive(Serialize)]
struct Told<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'a str,
    status: u16,
    detail: String,
    instance: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ToldFlaw<'a>>,
}

#[derive(Serialize)]
struct ToldFlaw<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    code: &'a str,
    detail: &'a str,
}

impl Problem {
    pub fn of(reason: &'static Reason) -> Box<Problem> {
        Box::new(Problem { reason, flaws: vec![], retry_after_ms: None, allow: None, note: None })
    }

    pub fn flawed(reason: &'static Reason, flaws: Vec<Flaw>) -> Box<Problem> {
        Box::new(Problem { flaws, ..*Problem::of(reason) })
    }

    pub fn later(reason: &'static Reason, retry_after_ms: u64) -> Box<Problem> {
        Box::new(Problem { retry_after_ms: Some(retry_after_ms), ..*Problem::of(reason) })
    }

    pub fn noted(reason: &'static Reason, note: String) -> Box<Problem> {
        Box::new(Problem { note: Some(note), ..*Problem::of(reason) })
    }

    pub fn response(&self, language: Language, instance: &str) -> Response {
        let (status, words) = (status(self.reason), language.words(self.reason));
        let said = |flaw: &'_ Flaw| if language == Language::Ko { flaw.ko.clone() } else { flaw.en.clone() };
        let texts: Vec<String> = self.flaws.iter().map(said).collect();
        let errors = self.flaws.iter().zip(&texts).map(|(flaw, detail)| ToldFlaw {
            field: (flaw.part == Part::Field).then_some(&flaw.name),
            parameter: (flaw.part == Part::Parameter).then_some(&flaw.name),
            code: flaw.code,
            detail,
        });
        let told = Told {
            kind: format!("/problems/{}", self.reason.code),
            title: words.happened,
            status: status.as_u16(),
            detail: self.detail(words, &texts),
            instance,
            errors: errors.collect(),
        };
        let body = serde_json::to_vec(&told).unwrap_or_default();
        let mut response = Response::new(body.into());
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        if let Some(ms) = self.retry_after_ms {
            headers.insert(RETRY_AFTER, HeaderValue::from(ms.div_ceil(1000).max(1)));
        }
        if let Some(allow) = &self.allow {
            headers.insert(ALLOW, allow.clone());
        }
        response
    }

    fn detail(&self, words: kernel::Texts, texts: &[String]) -> String {
        if let Some(note) = &self.note {
            return format!("{} {note}", words.happened);
        }
        if texts.is_empty() {
            return format!("{} {}", words.happened, words.advice);
        }
        let each = self.flaws.iter().zip(texts).map(|(flaw, text)| format!("{}: {text}", flaw.name));
        format!("{} {}", words.happened, each.collect::<Vec<_>>().join("; "))
    }
}

impl From<Failure> for Box<Problem> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(reason) => Problem::of(reason),
            Failure::Unavailable { retry_after_ms, .. } => Problem::later(&cause::UNAVAILABLE, retry_after_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Invalid, InvalidField};

    #[test]
    fn every_wrong_field_is_named_in_the_clients_language() {
        let wrong = [
            InvalidField { field: "price", why: Invalid::Range(1..=9) },
            InvalidField { field: "customer", why: Invalid::Missing },
        ];
        let problem = Problem::flawed(&cause::INVALID_FIELDS, wrong.iter().map(Flaw::field).collect());
        let words = Language::Ko.words(problem.reason);
        let texts: Vec<String> = problem.flaws.iter().map(|flaw| flaw.ko.clone()).collect();
        assert_eq!(
            problem.detail(words, &texts),
            "빠졌거나 받을 수 없는 항목이 있습니다. price: 1 이상 9 이하여야 합니다; customer: 값이 필요합니다"
        );
    }

    #[test]
    fn the_time_to_come_back_is_told_in_whole_seconds() {
        let response = Problem::later(&cause::OVERLOADED, 1500).response(Language::En, "/catches");
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()[RETRY_AFTER], "2");
    }

    #[test]
    fn no_cause_is_declared_twice_and_every_status_is_an_error() {
        let codes: std::collections::BTreeSet<_> = cause::ALL.iter().map(|reason| reason.code).collect();
        assert_eq!(codes.len(), cause::ALL.len());
        assert!(cause::ALL.iter().all(|reason| status(reason).is_client_error() || status(reason).is_server_error()));
    }
}
