//! `/operator/figures`: how the system was used lately, or live, the newest point.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::operate::value_stream;
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use crate::server::bounds::Lane;
use crate::server::figures::Figures;
use crate::server::mount::Mount;
use axum::http::StatusCode;
use serde_json::json;
use std::sync::Arc;

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    match mount.server.figures_of(mount.system().name) {
        Some(figures) => routes.get("/operator/figures", FigureList { server: mount.server.clone(), figures }),
        None => routes,
    }
}

struct FigureList {
    server: Arc<Server>,
    figures: Arc<Figures>,
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
        if request.wants_stream() {
            let figures = self.figures.clone();
            return value_stream::response(&self.server, request.is_watch, move || {
                json!(figures.newest()).to_string().into()
            });
        }
        let span_ms = self.server.settings.figures_span_ms;
        let json = json!({"spanMs": span_ms, "points": self.figures.points()});
        Ok(response::with_body(StatusCode::OK, JSON, json.to_string()))
    }
}
