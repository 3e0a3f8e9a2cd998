//! `/sign-in`, `/sign-in/back` and `/sign-out`: how a browser gets a session and loses it again.
mod page;

use crate::endpoint::admission::check_own_origin;
use crate::endpoint::audience::Audience;
use crate::endpoint::{Endpoint, Handler, Location, on_method};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::permitted::PermittedRequest;
use crate::response::without_body;
use crate::server::Server;
use axum::Router;
use axum::http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::MethodRouter;
use identity::{NextPage, PagesSignIn, SignInFault};
use kernel::Method;
use std::sync::Arc;

/// The paths of the mode's way to sign in; none where there is no way.
pub(crate) fn add(router: Router, server: &Arc<Server>) -> Router {
    let out = on(server, Method::Post, "/sign-out", SignOut(server.clone()));
    let begin = on(server, Method::Get, "/sign-in", SignIn(server.clone()));
    match server.identity.pages() {
        None => router,
        Some(PagesSignIn::Local) => {
            let choose = on(server, Method::Post, "/sign-in", Choose(server.clone()));
            router.route("/sign-in", begin.merge(choose)).route("/sign-out", out)
        }
        Some(PagesSignIn::AtProvider(_)) => {
            let back = on(server, Method::Get, "/sign-in/back", SignInBack(server.clone()));
            router.route("/sign-in", begin).route("/sign-in/back", back).route("/sign-out", out)
        }
    }
}

fn on<H: Handler>(server: &Arc<Server>, method: Method, route: &str, handler: H) -> MethodRouter {
    let location = Location { system: "", method: Some(method), route };
    on_method(method, Endpoint::new(server, location, handler))
}

/// `GET /sign-in`: out to the provider, or the form.
struct SignIn(Arc<Server>);

impl Handler for SignIn {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let identity = &self.0.identity;
        let return_to = first(request.uri.query().unwrap_or_default(), "return");
        match identity.pages() {
            Some(PagesSignIn::Local) => Ok(page::form(identity.roles(), &return_to, request.language)),
            _ => {
                let begun = identity.begin_sign_in(&return_to);
                begun.map(sent_on).map_err(|fault| not_signed_in(&self.0, &request, fault))
            }
        }
    }
}

/// `POST /sign-in`: the name and the roles that somebody chose in the form.
struct Choose(Arc<Server>);

impl Handler for Choose {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    fn reads_body(&self) -> bool {
        true
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let identity = &self.0.identity;
        check_own_origin(&request, &self.0.settings)?;
        let form = String::from_utf8_lossy(&request.bytes);
        let roles: Vec<String> = all(&form, "role").collect();
        let signed_in = identity.sign_in_as(&first(&form, "subject"), &roles, &first(&form, "return"));
        signed_in.map(sent_on).map_err(|fault| not_signed_in(&self.0, &request, fault))
    }
}

/// `GET /sign-in/back`: from the provider.
struct SignInBack(Arc<Server>);

impl Handler for SignInBack {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let query = request.uri.query().unwrap_or_default();
        let identity = &self.0.identity;
        let finished = identity.finish_sign_in(&request.headers, query).await;
        finished.map(sent_on).or_else(|fault| match fault {
            SignInFault::Failed => {
                let failed = not_signed_in(&self.0, &request, fault);
                let mut response = failed.response(request.language, request.uri.path());
                let forget = identity.forget_sign_in().and_then(|cookie| HeaderValue::try_from(cookie).ok());
                response.headers_mut().extend(forget.map(|cookie| (SET_COOKIE, cookie)));
                Ok(response)
            }
            // the way back is still open when the provider answers again
            SignInFault::Unavailable { .. } => Err(not_signed_in(&self.0, &request, fault)),
        })
    }
}

struct SignOut(Arc<Server>);

impl Handler for SignOut {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let identity = &self.0.identity;
        check_own_origin(&request, &self.0.settings)?;
        identity.sign_out().map(sent_on).ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))
    }
}

/// The values of a field of a form, or of a query.
fn all(text: &str, field: &str) -> impl Iterator<Item = String> {
    let pairs = form_urlencoded::parse(text.as_bytes());
    pairs.filter(move |(name, _)| name == field).map(|(_, value)| value.into_owned())
}

fn first(text: &str, field: &str) -> String {
    all(text, field).next().unwrap_or_default()
}

fn sent_on(NextPage { location, cookies }: NextPage) -> Response {
    let mut response = without_body(StatusCode::SEE_OTHER);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(HeaderValue::try_from(location).map(|location| (LOCATION, location)));
    for cookie in cookies {
        headers.extend(HeaderValue::try_from(cookie).map(|cookie| (SET_COOKIE, cookie)));
    }
    response
}

fn not_signed_in(server: &Server, request: &HttpRequest, fault: SignInFault) -> Box<Problem> {
    match fault {
        SignInFault::Failed => {
            let problem = server.unless_too_often(request, Problem::new(&reasons::SIGN_IN_FAILED));
            server.failed(request);
            problem
        }
        SignInFault::Unavailable { retry_after_ms } => {
            let retry_after_ms = Some(retry_after_ms);
            Box::new(Problem { retry_after_ms, ..*Problem::new(&reasons::SIGN_IN_UNAVAILABLE) })
        }
    }
}
