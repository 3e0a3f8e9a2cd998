//! What a request does: it reads, commands one thing, or starts a saga.
use super::AdmittedRequest;
use crate::error::{Error, STALE, UnavailableReason};
use crate::limits::Limits;
use crate::machine::attempt::Attempt;
use crate::machine::current::Changed;
use crate::machine::decide::EventOrigin;
use crate::machine::effect::Effect;
use crate::machine::waiting::Waiter;
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use crate::request::Response;
use kernel::{AddressedCommand, Erased, ErasedRequest, Id, RefusalReason, RouteAction, Success};

type RouteRule<T> = dyn Fn(&ErasedRequest<'_>) -> std::result::Result<T, &'static RefusalReason> + Send + Sync;

pub enum Executed {
    Done(Vec<Effect>),
    /// The request starts a saga with this data.
    StartsSaga(AdmittedRequest, Erased),
}

impl Executed {
    fn finished(request: AdmittedRequest, response: Response) -> Result<Executed> {
        Ok(Executed::Done(Effect::finished(request, response)))
    }
}

/// Why an attempt gave no value, as a client is told of it.
pub fn error_of<T>(attempt: Attempt<T>, limits: &Limits) -> std::result::Result<T, Error> {
    match attempt {
        Attempt::Done(value) => Ok(value),
        Attempt::Refused(reason) => Err(Error::refused(reason)),
        Attempt::Fault(what) => {
            tracing::error!(what, "a rule broke");
            Err(Error::unavailable(UnavailableReason::Fault, "this request's rule", limits.retry_after_ms))
        }
    }
}

pub fn execute(scope: &mut Scope<'_>, request: AdmittedRequest) -> Result<Executed> {
    let declared = scope.work.declared();
    let route = request.declared(&declared);
    let form = match request.form(route, &scope.work.limits) {
        Ok(form) => form,
        Err(error) => return Executed::finished(request, Err(error)),
    };
    if scope.work.low_disk && route.success != Success::Read {
        return Executed::finished(request, Err(Error::unavailable(UnavailableReason::DiskFull, "disk space", 10_000)));
    }
    // a new thing has the id of the request's ticket, which is taken when the saga begins or the thing is made
    let id = request.client.id.unwrap_or(scope.work.tickets.next());
    match &route.action {
        RouteAction::Reads(read) => {
            let found = scope.try_route(id, &form, read)?;
            let response = found.map(|body| scope.answer_read(id, body));
            Executed::finished(request, response)
        }
        RouteAction::Commands(command) => match scope.try_route(id, &form, command)? {
            Err(error) => Executed::finished(request, Err(error)),
            Ok(None) => {
                let answer = scope.answer_as_it_is(&request, id)?;
                Executed::finished(request, Ok(answer))
            }
            Ok(Some(command)) => scope.command(request, command).map(Executed::Done),
        },
        RouteAction::Starts { data, .. } => match scope.try_route(id, &form, data)? {
            Err(error) => Executed::finished(request, Err(error)),
            Ok(data) => Ok(Executed::StartsSaga(request, data)),
        },
    }
}

impl Scope<'_> {
    fn try_route<T>(&mut self, id: Id, body: &Erased, route: &RouteRule<T>) -> Result<std::result::Result<T, Error>> {
        let at = self.work.now.wall;
        let attempt = self
            .reading(&Changed::default(), |local| Attempt::from_rule(route(&ErasedRequest { id, body, local, at })))?;
        Ok(error_of(attempt, &self.work.limits))
    }

    fn command(&mut self, request: AdmittedRequest, command: AddressedCommand) -> Result<Vec<Effect>> {
        let thing = (command.kind, command.id);
        let mut draft = self.work.draft();
        let attempt = self.decide(&mut draft, command, &EventOrigin::of_request(&request.client.meta))?;
        match attempt {
            // what has happened already is answered like the first time, whatever the client's tag
            Attempt::Done(0) => {}
            _ if self.is_stale(&request, thing.1)? => {
                return Ok(Effect::finished(request, Err(Error::refused(&STALE))));
            }
            Attempt::Refused(reason) if reason.waits => {
                return Ok(vec![Effect::Waits(thing, Waiter::Request(Box::new(request)))]);
            }
            _ => {}
        }
        let response = match error_of(attempt, &self.work.limits) {
            Err(error) => Err(error),
            Ok(0) => Ok(self.answer_as_it_is(&request, thing.1)?),
            Ok(_) => {
                if thing.1 == self.work.tickets.next() {
                    let ticket = self.work.tickets.take();
                    self.work.head.settled_ahead.insert(ticket);
                }
                Ok(self.keep_answered(draft, &request, thing.1)?)
            }
        };
        Ok(Effect::finished(request, response))
    }
}
