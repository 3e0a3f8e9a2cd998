//! The page that every path of the pages begins with. Its script looks at the path and shows what belongs there.
use crate::documents::page;
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::media_type::{HTML, PROBLEM, preferred};
use crate::pages::file;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::permitted::PermittedRequest;
use crate::server::Server;
use axum::http::header::{CACHE_CONTROL, ETAG};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use kernel::Name;
use std::sync::Arc;

const SHELL: &str = "index.html";
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The pages run their own scripts and ask this server; nothing of another host is loaded, and nothing that stands within the page.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// `None`: this binary has no pages.
pub(crate) fn answer(server: &Server, request: &HttpRequest) -> Option<Response> {
    let found = server.pages.as_ref()?(SHELL)?;
    let mut response = file::answer(&found, request, ASK_AGAIN);
    page::allow(&mut response, POLICY);
    Some(response)
}

/// Where there is nothing, a browser gets the page that says so and shows the way; no cache keeps it for the path.
pub(crate) fn of_nowhere(server: &Server, request: &HttpRequest) -> HttpResult {
    let is_browser = request.method == Method::GET && preferred(&request.headers, &[PROBLEM, HTML]) == HTML;
    let Some(mut page) = is_browser.then(|| answer(server, request)).flatten() else {
        return Err(Problem::new(&reasons::UNKNOWN_PATH));
    };
    *page.status_mut() = StatusCode::NOT_FOUND;
    page.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page.headers_mut().remove(ETAG);
    Ok(page)
}

/// `/SYSTEM/pages/{role}`: what somebody in this role uses.
pub(crate) struct RolePage {
    pub server: Arc<Server>,
    pub roles: Vec<Name>,
    /// Which segment of the path is the role.
    pub role_at: usize,
}

impl Handler for RolePage {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        if !self.roles.contains(&request.segment(self.role_at)) {
            return of_nowhere(&self.server, &request);
        }
        answer(&self.server, &request).ok_or_else(|| Problem::new(&reasons::NO_PAGES))
    }
}
