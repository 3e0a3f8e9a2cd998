//! `/style.css`: how the pages for people look. It stands by itself, as the pages allow no style of their own.
use crate::endpoint::Handler;
use crate::problem::HttpResult;
use crate::request::HttpRequest;
use crate::response;
use axum::http::StatusCode;

pub(crate) struct StyleSheet;

impl Handler for StyleSheet {
    async fn handle(&self, _: HttpRequest) -> HttpResult {
        let text = include_str!("../../templates/style.css");
        Ok(response::with_body(StatusCode::OK, "text/css; charset=utf-8", text))
    }
}
