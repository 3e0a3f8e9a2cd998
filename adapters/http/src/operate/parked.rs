//! `/operator/contexts/{context}/parked`: the events a context can't apply, and an operator's word on them: replay or skip.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::operate::context;
use crate::pass_on::needs::{Needs, Resend};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::request::{HttpRequest, body};
use crate::response;
use crate::server::bounds::Lane;
use crate::server::mount::Mount;
use axum::http::StatusCode;
use serde_json::{Value, json};

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    routes
        .get("/operator/contexts/{context}/parked", ParkedList(mount.clone()))
        .post("/operator/contexts/{context}/parked/{id}/replay", Resume(mount.clone()))
        .post("/operator/contexts/{context}/parked/{id}/skip", Resume(mount.clone()))
}

struct ParkedList(Mount);

impl Handler for ParkedList {
    fn audience(&self) -> Audience<'_> {
        Audience::Operator
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    fn needs<'a>(&'a self, request: &PermittedRequest) -> Option<Needs<'a>> {
        let context = context::named(&self.0, request).ok()?.name;
        Some(self.0.operator_needs(context, Resend::Freely))
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        request.check_local()?;
        let Mount { server, .. } = &self.0;
        let reader = context::reader(&self.0, context::named(&self.0, &request)?.name)?;
        let parked = server.operator_reads.run(move || reader.parked()).await?;
        let parked = parked.iter().map(|((consumer, source, position), parked)| {
            json!({"consumer": consumer, "source": source, "position": position, "parked": parked})
        });
        let json = json!({"parked": parked.collect::<Vec<Value>>()});
        Ok(response::with_body(StatusCode::OK, JSON, json.to_string()))
    }
}

struct Resume(Mount);

impl Handler for Resume {
    fn audience(&self) -> Audience<'_> {
        Audience::Operator
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    fn reads_body(&self) -> bool {
        true
    }

    fn needs<'a>(&'a self, request: &PermittedRequest) -> Option<Needs<'a>> {
        let context = context::named(&self.0, request).ok()?.name;
        Some(self.0.operator_needs(context, Resend::Never)) // a second skip would skip another event
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        request.check_local()?;
        let Mount { hosted, server, .. } = &self.0;
        let (context, key) = (context::named(&self.0, &request)?.name, request.id(self.0.depth() + 4)?);
        let skips = request.uri.path().ends_with("/skip");
        let reason = if skips { Some(self.reason(&request)?) } else { None };
        let hosted = hosted.clone();
        let resumed = server.operator_reads.run(move || Ok(hosted.work.resume(context, key, reason))).await?;
        match resumed {
            Ok(count) => Ok(response::with_body(StatusCode::OK, JSON, json!({ "resumed": count }).to_string())),
            Err(why) => Err(Problem::with_note(&reasons::REFUSED_BY_OPERATION, why)),
        }
    }
}

impl Resume {
    /// An operator who skips an event says why.
    fn reason(&self, request: &HttpRequest) -> HttpResult<String> {
        body::field(&body::parse(&request.bytes, &self.0.server.settings)?, "reason")
    }
}
