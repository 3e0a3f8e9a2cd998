//! `/sandbox/payment`: how the sandbox plays the payment provider.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::pass_on::needs::{Needs, Resend};
use crate::problem::invalid_input::{InputPart, InvalidInput};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::body;
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::bounds::Lane;
use crate::server::mount::Mount;
use axum::http::{Method, StatusCode};
use kernel::Body;
use runtime::port::work::ProviderMode;
use serde_json::json;

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    let path = "/sandbox/payment";
    routes.put(path, PaymentMode(mount.clone())).get(path, PaymentMode(mount.clone()))
}

struct PaymentMode(Mount);

impl Handler for PaymentMode {
    fn audience(&self) -> Audience<'_> {
        Audience::Operator
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    fn reads_body(&self) -> bool {
        true
    }

    fn needs<'a>(&'a self, _: &PermittedRequest) -> Option<Needs<'a>> {
        let provider = self.0.system().contexts.iter().find(|context| context.provider.is_some())?;
        Some(self.0.operator_needs(provider.name, Resend::Freely))
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        request.check_local()?;
        let hosted = &self.0.hosted;
        if request.method == Method::PUT {
            let body = body::parse(&request.bytes, &self.0.server.settings)?;
            let name: String = body::field(&body, "mode")?;
            let mode = ProviderMode::named(&name).ok_or_else(unknown_mode)?;
            hosted.work.set_provider_mode(with_time(mode, &body)?);
        }
        let mode = hosted.work.provider_mode();
        let json = match mode {
            ProviderMode::Slow { ms: Some(ms) } => json!({ "mode": mode.name(), "ms": ms }),
            _ => json!({ "mode": mode.name() }),
        };
        Ok(response::with_body(StatusCode::OK, JSON, json.to_string()))
    }
}

/// The longest that a provider may be told to take.
const SLOW_MS_MAX: u64 = 600_000;

/// A slow provider takes as long as `ms` says, where that is given.
fn with_time(mode: ProviderMode, fields: &Body<'_>) -> HttpResult<ProviderMode> {
    if !matches!(mode, ProviderMode::Slow { .. }) || !fields.fields.contains_key("ms") {
        return Ok(mode);
    }
    let ms: u64 = body::field(fields, "ms")?;
    if !(1..=SLOW_MS_MAX).contains(&ms) {
        let invalid = InvalidInput::none_of(InputPart::Field, "ms", &format!("1 to {SLOW_MS_MAX}"));
        return Err(Problem::with_invalid(&reasons::INVALID_FIELDS, vec![invalid]));
    }
    Ok(ProviderMode::Slow { ms: Some(ms) })
}

fn unknown_mode() -> Box<Problem> {
    let choices = ProviderMode::ALL.map(ProviderMode::name).join(", ");
    let invalid = InvalidInput::none_of(InputPart::Field, "mode", &choices);
    Problem::with_invalid(&reasons::INVALID_FIELDS, vec![invalid])
}
