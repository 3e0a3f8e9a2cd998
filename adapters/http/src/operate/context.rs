//! The one context that an operator's path names: `/operator/contexts/{context}/…`.
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::server::mount::Mount;
use kernel::{Context, Name};
use runtime::error::UnavailableReason;
use runtime::port::store::Reader;
use std::sync::Arc;

pub(super) fn named<'a>(mount: &'a Mount, request: &HttpRequest) -> HttpResult<&'a Context> {
    let context = mount.hosted.context(request.segment(mount.depth() + 2));
    context.ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))
}

/// Unavailable while the context is stopped.
pub(super) fn reader(mount: &Mount, context: Name) -> HttpResult<Arc<dyn Reader>> {
    let retry_after_ms = mount.server.settings.retry_after_ms;
    mount.hosted.work.reader(context).ok_or_else(|| {
        Problem::retry_later(&reasons::UNAVAILABLE, UnavailableReason::ContextDown.code(), retry_after_ms)
    })
}
