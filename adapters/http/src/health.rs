//! Health: alive as long as this answers; ready when every system has recovered and is not draining.
use crate::accept::JSON;
use crate::answer;
use crate::call::Call;
use crate::door::Handle;
use crate::house::House;
use crate::problem::Outcome;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(crate) struct Live;

impl Handle for Live {
    async fn handle(&self, _: Call) -> Outcome<Response> {
        Ok(answer::of(StatusCode::OK, JSON, json!({"status": "up"}).to_string()))
    }
}

pub(crate) struct Ready(Arc<House>);

impl Ready {
    pub fn of(house: &Arc<House>) -> Ready {
        Ready(house.clone())
    }
}

impl Handle for Ready {
    async fn handle(&self, _: Call) -> Outcome<Response> {
        let sites = self.0.sites.iter().map(|site| (site.system().name.to_string(), Value::from(site.host.ready())));
        let systems: Map<String, Value> = sites.collect();
        let ready = !self.0.shutdown.is_cancelled() && systems.values().all(|ready| *ready == true);
        let (status, word) =
            if ready { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready") };
        Ok(answer::of(status, JSON, json!({"status": word, "systems": systems}).to_string()))
    }
}
