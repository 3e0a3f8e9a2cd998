//! `/operator/figures`: how the system was used over the last quarter of an hour.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::bounds::Lane;
use crate::server::figures::Figures;
use crate::server::mount::Mount;
use axum::http::StatusCode;
use serde_json::json;
use std::sync::Arc;

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    match mount.server.figures_of(mount.system().name) {
        Some(figures) => {
            routes.get("/operator/figures", FigureList { figures, span_ms: mount.server.settings.figures_span_ms })
        }
        None => routes,
    }
}

struct FigureList {
    figures: Arc<Figures>,
    span_ms: u64,
}

impl Handler for FigureList {
    fn audience(&self) -> Audience<'_> {
        Audience::Operator
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        request.check_local()?;
        let json = json!({"spanMs": self.span_ms, "points": self.figures.points()});
        Ok(response::with_body(StatusCode::OK, JSON, json.to_string()))
    }
}
