//! The sandbox: how the payment provider behaves, and which contexts run. For whoever sits at this machine.
use crate::accept::JSON;
use crate::call::Call;
use crate::cause;
use crate::door::{Handle, door};
use crate::field::{Flaw, Part};
use crate::house::Place;
use crate::problem::{Outcome, Problem};
use crate::{answer, body};
use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Body, FieldSchema, Method, Name};
use runtime::host::Sandbox;
use serde_json::json;

pub(crate) fn hang(router: Router, place: &Place) -> Router {
    let (house, name, prefix) = (&place.house, place.system().name, &place.prefix);
    let (payment, context) = ("/sandbox/payment", "/sandbox/contexts/{context}");
    router
        .route(&format!("{prefix}{payment}"), door(house, name, Method::Put, payment, Provider(place.clone())))
        .route(&format!("{prefix}{payment}"), door(house, name, Method::Get, payment, Provider(place.clone())))
        .route(&format!("{prefix}{context}"), door(house, name, Method::Put, context, Running(place.clone())))
        .route(&format!("{prefix}{context}"), door(house, name, Method::Get, context, Running(place.clone())))
}

fn field<F: kernel::Field>(body: &Body<'_>, name: Name) -> Outcome<F> {
    let mut wrong = vec![];
    let value = body.field(&FieldSchema { name, min: None, alias: None }, &mut wrong);
    value.ok_or_else(|| Problem::flawed(&cause::INVALID_FIELDS, wrong.iter().map(Flaw::field).collect()))
}

struct Provider(Place);

impl Handle for Provider {
    fn reads_body(&self) -> bool {
        true
    }

    async fn handle(&self, call: Call) -> Outcome<Response> {
        call.local()?;
        let host = &self.0.site.host;
        if call.method == axum::http::Method::PUT {
            let mode: String = field(&body::object(&call.bytes, &self.0.house.bounds)?, "mode")?;
            let words = || Sandbox::ALL.map(|(name, _)| name).join(", ");
            let none = || Problem::flawed(&cause::INVALID_FIELDS, vec![Flaw::choice(Part::Field, "mode", &words())]);
            host.set_sandbox(Sandbox::named(&mode).ok_or_else(none)?);
        }
        Ok(answer::of(StatusCode::OK, JSON, json!({ "mode": host.sandbox().name() }).to_string()))
    }
}

struct Running(Place);

impl Handle for Running {
    fn reads_body(&self) -> bool {
        true
    }

    async fn handle(&self, call: Call) -> Outcome<Response> {
        call.local()?;
        let Place { site, house, .. } = &self.0;
        let name = call.uri.path().rsplit('/').next().unwrap_or_default();
        let context = site.system().contexts.iter().position(|context| context.name == name);
        let context = context.ok_or_else(|| Problem::of(&cause::UNKNOWN_PATH))?;
        if call.method == axum::http::Method::PUT {
            let running: bool = field(&body::object(&call.bytes, &house.bounds)?, "running")?;
            let host = site.host.clone();
            house
                .reads
                .run(move || {
                    if running {
                        return host.start_context(context);
                    }
                    host.stop_context(context);
                    Ok(())
                })
                .await?;
        }
        let running = site.host.running(context);
        let told = json!({ "context": site.context(context).name, "running": running });
        Ok(answer::of(StatusCode::OK, JSON, told.to_string()))
    }
}
