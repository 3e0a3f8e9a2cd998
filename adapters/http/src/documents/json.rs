//! A JSON document whose text is made once.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::media_type::JSON;
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
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
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, _: PermittedRequest) -> HttpResult {
        Ok(response::with_body(StatusCode::OK, JSON, self.0.clone()))
    }
}
