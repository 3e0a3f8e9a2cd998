//! `/pages/assets/{file}`: scripts, styles and pictures. Their names change with their bytes, so that they are kept for ever.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::pages::file;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::server::Server;
use axum::http::HeaderValue;
use std::sync::Arc;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub(crate) struct Assets(pub Arc<Server>);

impl Handler for Assets {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let path = request.uri.path().trim_start_matches('/');
        let found = self.0.pages.as_ref().and_then(|files| files(path));
        let Some(found) = found else { return Err(Problem::new(&reasons::UNKNOWN_PATH)) };
        Ok(file::answer(&found, &request, FOR_EVER))
    }
}
