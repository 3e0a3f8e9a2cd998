//! `/sandbox/payment`: how the sandbox plays the payment provider.
use crate::endpoint::Handler;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::problem::invalid_input::{InputPart, InvalidInput};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::{HttpRequest, body};
use crate::response;
use crate::server::mount::Mount;
use axum::http::{Method, StatusCode};
use runtime::port::work::ProviderMode;
use serde_json::json;

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    let path = "/sandbox/payment";
    routes.put(path, PaymentMode(mount.clone())).get(path, PaymentMode(mount.clone()))
}

struct PaymentMode(Mount);

impl Handler for PaymentMode {
    fn reads_body(&self) -> bool {
        true
    }

    async fn handle(&self, request: HttpRequest) -> HttpResult {
        request.check_local()?;
        let hosted = &self.0.hosted;
        if request.method == Method::PUT {
            let name: String = body::field(&body::parse(&request.bytes, &self.0.server.settings)?, "mode")?;
            hosted.work.set_provider_mode(ProviderMode::named(&name).ok_or_else(unknown_mode)?);
        }
        let json = json!({ "mode": hosted.work.provider_mode().name() });
        Ok(response::with_body(StatusCode::OK, JSON, json.to_string()))
    }
}

fn unknown_mode() -> Box<Problem> {
    let choices = ProviderMode::ALL.map(ProviderMode::name).join(", ");
    let invalid = InvalidInput::none_of(InputPart::Field, "mode", &choices);
    Problem::with_invalid(&reasons::INVALID_FIELDS, vec![invalid])
}
