//! What a client answered, whatever its status.
use serde_json::Value;
use ureq::http::HeaderMap;

#[derive(Clone, Debug)]
pub struct HttpAnswer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl HttpAnswer {
    /// The body, or null where it is no JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// Empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The row's id.
    pub fn id(&self) -> u64 {
        self.json()["id"].as_u64().unwrap_or_else(|| panic!("no id in {self:?}"))
    }

    /// The problem's stable type, its last word: `/problems/declined` is `declined`.
    pub fn problem(&self) -> String {
        let json = self.json();
        let last = json["type"].as_str().and_then(|path| path.strip_prefix("/problems/"));
        last.unwrap_or_else(|| panic!("no problem in {self:?}")).to_string()
    }

    /// The rows of a collection, by the one name it has there.
    #[track_caller]
    pub fn rows(&self) -> Vec<Value> {
        let json = self.json();
        let rows = json["_embedded"].as_object().and_then(|embedded| embedded.values().next()?.as_array().cloned());
        rows.unwrap_or_else(|| panic!("no rows in {self:?}"))
    }

    /// The row, if it was answered with this status.
    #[track_caller]
    pub fn expect_status(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }

    /// Done: with the row, or without a body.
    #[track_caller]
    pub fn expect_success(&self) {
        assert!([200, 201, 204].contains(&self.status), "{self:?}");
    }

    /// The id of what was created.
    #[track_caller]
    pub fn created_id(&self) -> u64 {
        self.expect_status(201);
        self.id()
    }

    #[track_caller]
    pub fn expect_problem(&self, status: u16, problem: &str) {
        assert_eq!((self.status, self.problem().as_str()), (status, problem), "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
    }
}
