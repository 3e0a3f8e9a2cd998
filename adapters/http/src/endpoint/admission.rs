//! Which requests are admitted: those for a host name of this server, and changes only from pages that may make them.
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::settings::HttpSettings;
use crate::settings::host_name::HostNames;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderName, Method};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// A browser sends the simple POST of any page there is, without asking first. Only our own pages, and those a setting
/// names, may change anything. A client that is no browser names no origin.
pub(super) fn check_origin(request: &HttpRequest, settings: &HttpSettings) -> HttpResult<()> {
    let Some(origin) = request.header(&ORIGIN) else { return Ok(()) };
    let is_read = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&request.method);
    let is_ours = origin.split_once("://").is_some_and(|(_, host)| Some(host) == request.host());
    let is_ours = is_ours || settings.public_url.is_origin(origin);
    let is_named = settings.cors_origins.includes(origin);
    if is_read || is_ours || is_named { Ok(()) } else { Err(Problem::new(&reasons::FOREIGN_ORIGIN)) }
}

/// A browser sends its session with every request, whichever page asks. So nothing is changed by it but from our own pages.
pub(crate) fn check_own_origin(request: &HttpRequest, settings: &HttpSettings) -> HttpResult<()> {
    let is_read = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&request.method);
    let is_ours = match request.headers.get(ORIGIN).map(|origin| origin.to_str()) {
        Some(Ok(origin)) if settings.public_url.is_set() => settings.public_url.is_origin(origin),
        Some(Ok(origin)) => request.origin(settings).is_some_and(|ours| origin == ours),
        Some(Err(_)) => false,
        None => request.header(&SEC_FETCH_SITE) == Some("same-origin"),
    };
    if is_read || is_ours { Ok(()) } else { Err(Problem::new(&reasons::FOREIGN_ORIGIN)) }
}

/// A request has one host name, and it is one of ours. A proxy may read the first of two names and this server the last.
pub(super) fn check_host(request: &HttpRequest, settings: &HttpSettings) -> HttpResult<()> {
    let is_one = request.headers.get_all(&HOST).iter().count() == 1;
    let names = &settings.host_names;
    let is_public = |name: &str| {
        let public = settings.public_url.host().filter(|_| *names == HostNames::Own);
        public.is_some_and(|public| HostNames::Named(vec![public]).includes(name, settings.address))
    };
    let is_known = |name: &str| names.includes(name, settings.address) || is_public(name);
    // a proxy that tells its client's host name asks under one of its own
    let target = request.uri.authority().map(Authority::as_str).filter(|_| request.forwarded_host().is_none());
    let is_known = request.host().is_some_and(is_known) && target.is_none_or(is_known);
    if is_one && is_known { Ok(()) } else { Err(Problem::new(&reasons::UNKNOWN_HOST)) }
}
