//! A JSON document whose text is made once.
use crate::endpoint::Handler;
use crate::negotiate::media_type::JSON;
use crate::problem::HttpResult;
use crate::request::HttpRequest;
use crate::response;
use axum::http::StatusCode;
use bytes::Bytes;

pub(crate) struct JsonDocument(Bytes);

impl JsonDocument {
    pub fn new(text: String) -> JsonDocument {
        JsonDocument(text.into())
    }
}

impl Handler for JsonDocument {
    async fn handle(&self, _: HttpRequest) -> HttpResult {
        Ok(response::with_body(StatusCode::OK, JSON, self.0.clone()))
    }
}
