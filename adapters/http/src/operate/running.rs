//! `/sandbox/contexts/{context}`: whether a context runs.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::pass_on::needs::{Needs, Resend};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::request::{HttpRequest, body};
use crate::response;
use crate::server::bounds::Lane;
use crate::server::mount::Mount;
use axum::http::{Method, StatusCode};
use kernel::Name;
use serde_json::json;

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    let path = "/sandbox/contexts/{context}";
    routes.put(path, Running(mount.clone())).get(path, Running(mount.clone()))
}

/// Another process would take it over at once.
const OF_SEVERAL: &str =
    "The context is worked for by processes of its own: stop it by ending them, and start them again by nadul serve.";

struct Running(Mount);

impl Running {
    /// The context that the path names.
    fn context(&self, request: &HttpRequest) -> Option<Name> {
        let name = request.uri.path().rsplit('/').next().unwrap_or_default();
        self.0.hosted.context(name).map(|context| context.name)
    }
}

impl Handler for Running {
    fn audience(&self) -> Audience<'_> {
        Audience::Operator
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    fn reads_body(&self) -> bool {
        true
    }

    /// Nobody stops or starts it for another process.
    fn needs<'a>(&'a self, request: &PermittedRequest) -> Option<Needs<'a>> {
        let context = self.context(request).filter(|_| request.method == Method::GET)?;
        Some(self.0.operator_needs(context, Resend::Freely))
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        request.check_local()?;
        let Mount { hosted, server, .. } = &self.0;
        let context = self.context(&request).ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))?;
        if request.method == Method::PUT {
            if server.passing.is_some() {
                return Err(Problem::with_note(&reasons::REFUSED_BY_OPERATION, OF_SEVERAL.to_string()));
            }
            let runs: bool = body::field(&body::parse(&request.bytes, &server.settings)?, "running")?;
            let hosted = hosted.clone();
            let switch = move || {
                if runs {
                    return hosted.work.start_context(context);
                }
                hosted.work.stop_context(context);
                Ok(())
            };
            server.operator_reads.run(switch).await?;
        }
        let json = json!({ "context": context, "running": hosted.work.is_running(context) });
        Ok(response::with_body(StatusCode::OK, JSON, json.to_string()))
    }
}
