//! Requests counted and timed by route: the handles are looked up once, not for each request.
use axum::http::StatusCode;
use metrics::{Counter, Histogram, Label, counter, histogram};
use std::sync::OnceLock;
use std::time::Duration;

const STATUSES: [u16; 21] =
    [200, 201, 204, 304, 400, 401, 402, 403, 404, 405, 406, 408, 409, 412, 413, 415, 422, 429, 500, 502, 503];

pub(crate) struct Meter {
    labels: Vec<Label>,
    counts: [OnceLock<Counter>; STATUSES.len()],
    seconds: Histogram,
}

impl Meter {
    /// `route` as it is declared, so that ids make no labels.
    pub fn new(system: &str, method: &str, route: &str) -> Meter {
        let label = |name: &'static str, value: &str| Label::new(name, value.to_string());
        let labels = vec![label("system", system), label("method", method), label("route", route)];
        let seconds = histogram!("nadul_http_request_seconds", labels.clone());
        Meter { labels, counts: Default::default(), seconds }
    }

    pub fn record(&self, status: StatusCode, took: Duration) {
        self.seconds.record(took.as_secs_f64());
        match STATUSES.iter().position(|known| *known == status.as_u16()) {
            Some(at) => self.counts[at].get_or_init(|| self.counter(status)).increment(1),
            None => self.counter(status).increment(1),
        }
    }

    fn counter(&self, status: StatusCode) -> Counter {
        let mut labels = self.labels.clone();
        labels.push(Label::new("status", status.as_str().to_string()));
        counter!("nadul_http_requests_total", labels)
    }
}
