//! `/sandbox/contexts/{context}`: whether a context runs.
use crate::endpoint::Handler;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::pass_on::needs::{Needs, Resend};
use crate::problem::{HttpResult, Problem, reasons};
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

struct Running(Mount);

impl Running {
    /// The context that the path names.
    fn context(&self, request: &HttpRequest) -> Option<Name> {
        let name = request.uri.path().rsplit('/').next().unwrap_or_default();
        self.0.hosted.context(name).map(|context| context.name)
    }
}

impl Handler for Running {
    fn lane(&self) -> Lane {
        Lane::Operator
    }

    fn reads_body(&self) -> bool {
        true
    }

    fn needs<'a>(&'a self, request: &HttpRequest) -> Option<Needs<'a>> {
        Some(self.0.operator_needs(self.context(request)?, Resend::Freely))
    }

    async fn handle(&self, request: HttpRequest) -> HttpResult {
        request.check_local()?;
        let Mount { hosted, server, .. } = &self.0;
        let context = self.context(&request).ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))?;
        if request.method == Method::PUT {
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
