//! Which requests are admitted: those for a host name of this server, and changes only from pages that may make them.
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::settings::host_name::HostNames;
use crate::settings::origin::CorsOrigins;
use axum::http::Method;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use std::net::IpAddr;

/// A browser sends the simple POST of any page there is, without asking first. Only our own pages, and those a setting
/// names, may change anything. A client that is no browser names no origin.
pub(super) fn check_origin(request: &HttpRequest, cors_origins: &CorsOrigins) -> HttpResult<()> {
    let Some(origin) = request.header(&ORIGIN) else { return Ok(()) };
    let is_read = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&request.method);
    let is_ours = origin.split_once("://").is_some_and(|(_, host)| Some(host) == request.header(&HOST));
    let is_named = cors_origins.includes(origin);
    if is_read || is_ours || is_named { Ok(()) } else { Err(Problem::new(&reasons::FOREIGN_ORIGIN)) }
}

/// A request has one host name, and it is one of `names`. A proxy may read the first of two names and this server the last.
pub(super) fn check_host(request: &HttpRequest, names: &HostNames, listened: IpAddr) -> HttpResult<()> {
    let is_one = request.headers.get_all(&HOST).iter().count() == 1;
    let target = request.uri.authority().map(Authority::as_str);
    let is_known = |name: &str| names.includes(name, listened);
    let is_known = request.header(&HOST).is_some_and(is_known) && target.is_none_or(is_known);
    if is_one && is_known { Ok(()) } else { Err(Problem::new(&reasons::UNKNOWN_HOST)) }
}
