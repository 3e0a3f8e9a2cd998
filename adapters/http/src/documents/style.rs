//! `/style.css`: how the pages for people look. It stands by itself, as the pages allow no style of their own.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response;
use axum::http::StatusCode;

pub(crate) struct StyleSheet;

impl Handler for StyleSheet {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, _: PermittedRequest) -> HttpResult {
        let text = include_str!("../../templates/style.css");
        Ok(response::with_body(StatusCode::OK, "text/css; charset=utf-8", text))
    }
}
