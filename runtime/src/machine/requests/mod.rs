//! Clients' requests: who is asked for what, repeats under an Idempotency-Key, and the response.
mod execute;
mod permission;
mod repeats;
mod respond;

pub use execute::{Executed, error_of, execute};
pub use repeats::Repeats;

use super::workspace::{Declared, Scope};
use crate::error::{Error, UnavailableReason};
use crate::limits::Limits;
use crate::port::clock::Moment;
use crate::port::store::Result;
use crate::request::{ClientRequest, RequestForm, Response};
use kernel::{Body, Erased, FormLimits, Route};

/// A client's request once its route is known.
pub struct AdmittedRequest {
    /// Given by the driver; the response carries it.
    pub token: u64,
    /// Index among the context's routes.
    pub route: usize,
    pub deadline: Moment,
    pub client: ClientRequest,
}

impl AdmittedRequest {
    pub fn declared<'a>(&self, context: &'a Declared) -> &'a Route {
        &context.routes[self.route]
    }

    /// What the client sent, as the route's form reads it.
    fn form(&self, route: &Route, limits: &Limits) -> std::result::Result<Erased, Error> {
        match &self.client.form {
            RequestForm::Read(form) => Ok(form.clone()),
            RequestForm::Unfit(refusal) => Err(Error::Refused(refusal.clone())),
            RequestForm::Json(json) => read_json(route, json)
                .ok_or_else(|| Error::unavailable(UnavailableReason::Fault, "this form", limits.retry_after_ms)),
        }
    }
}

/// The sender has read the form already, so that only a sender of another release can have sent what does not fit.
fn read_json(route: &Route, json: &str) -> Option<Erased> {
    let limits = FormLimits { text_chars_max: usize::MAX };
    (route.form.read)(&Body { fields: serde_json::from_str(json).ok()?, limits }).ok()
}

/// A request whose time was over before it was decided: nothing was done.
pub fn out_of_time(limits: &Limits) -> Error {
    Error::unavailable(UnavailableReason::Undecided, "time", limits.retry_after_ms)
}

/// The requests under way.
#[derive(Default)]
pub struct Requests {
    repeats: Repeats,
}

impl Requests {
    /// The request that is to be decided; `None` where the response is known, on its way, or can't be given.
    pub fn admit(
        &mut self,
        scope: &mut Scope<'_>,
        token: u64,
        client: ClientRequest,
        arrived: Moment,
    ) -> Result<Option<AdmittedRequest>> {
        let named = |route: &Route| route.method == client.route.method && route.path == client.route.path;
        let Some(route) = scope.work.context().routes.iter().position(named) else {
            let error = Error::unavailable(UnavailableReason::Fault, "this route", scope.work.limits.retry_after_ms);
            scope.work.outbox.respond(token, Err(error));
            return Ok(None);
        };
        let request = AdmittedRequest { token, route, deadline: arrived.plus_ms(client.time_left_ms), client };
        if request.deadline <= scope.work.now.mono {
            let error = out_of_time(&scope.work.limits);
            scope.work.outbox.respond(token, Err(error));
            return Ok(None);
        }
        Ok(if self.repeats.joins(scope, &request)? { None } else { Some(request) })
    }

    /// The response, for the client and for those who repeated the request meanwhile.
    pub fn finish(&mut self, scope: &mut Scope<'_>, request: &AdmittedRequest, response: Response) {
        for token in self.repeats.ended(request) {
            scope.work.outbox.respond(token, response.clone());
        }
        scope.work.outbox.respond(request.token, response);
    }
}
