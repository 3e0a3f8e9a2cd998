//! Which requests are admitted: those for a host name of this server, and changes only from pages that may make them.
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use axum::http::Method;
use axum::http::header::{HOST, ORIGIN};

/// A browser sends the simple POST of any page there is, without asking first. Only our own pages, and those a setting
/// names, may change anything. A client that is no browser names no origin.
pub(super) fn check_origin(request: &HttpRequest, cors_origins: &[String]) -> HttpResult<()> {
    let Some(origin) = request.header(&ORIGIN) else { return Ok(()) };
    let is_read = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&request.method);
    let is_ours = origin.split_once("://").is_some_and(|(_, host)| Some(host) == request.header(&HOST));
    let is_named = cors_origins.iter().any(|known| known == origin);
    if is_read || is_ours || is_named { Ok(()) } else { Err(Problem::new(&reasons::FOREIGN_ORIGIN)) }
}

/// A request has one host name, and it is one of `names`. A proxy may read the first of two names and this server the last.
pub(super) fn check_host(request: &HttpRequest, names: &[String]) -> HttpResult<()> {
    if request.headers.get_all(&HOST).iter().count() > 1 {
        return Err(Problem::new(&reasons::UNKNOWN_HOST));
    }
    let name = without_port(request.header(&HOST).unwrap_or_default());
    if names.is_empty() || names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Ok(());
    }
    Err(Problem::new(&reasons::UNKNOWN_HOST))
}

fn without_port(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(name, port)| if port.contains(']') { host } else { name })
}
