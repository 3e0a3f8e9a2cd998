//! Health: live as long as this answers; ready when every system has recovered and does not drain.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::media_type::JSON;
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use crate::server::bounds::Lane;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(crate) struct Liveness;

impl Handler for Liveness {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    fn lane(&self) -> Lane {
        Lane::Health
    }

    async fn handle(&self, _: PermittedRequest) -> HttpResult {
        Ok(response::with_body(StatusCode::OK, JSON, json!({"status": "up"}).to_string()))
    }
}

pub(crate) struct Readiness(Arc<Server>);

impl Readiness {
    pub fn new(server: &Arc<Server>) -> Readiness {
        Readiness(server.clone())
    }
}

impl Handler for Readiness {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    fn lane(&self) -> Lane {
        Lane::Health
    }

    async fn handle(&self, _: PermittedRequest) -> HttpResult {
        let systems =
            self.0.systems.iter().map(|hosted| (hosted.name().to_string(), Value::from(hosted.work.is_ready())));
        let systems: Map<String, Value> = systems.collect();
        let is_ready = self.0.identity.is_ready()
            && !self.0.shutdown.is_cancelled()
            && systems.values().all(|ready| *ready == true);
        let (status, text) = match is_ready {
            true => (StatusCode::OK, "ready"),
            false => (StatusCode::SERVICE_UNAVAILABLE, "not ready"),
        };
        Ok(response::with_body(status, JSON, json!({"status": text, "systems": systems}).to_string()))
    }
}
