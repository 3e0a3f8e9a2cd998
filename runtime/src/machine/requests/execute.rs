//! What a request does: it reads, commands one thing, or starts a saga.
use super::AdmittedRequest;
use crate::error::{Error, NOT_YOURS, STALE, UnavailableReason};
use crate::limits::Limits;
use crate::machine::attempt::Attempt;
use crate::machine::current::{Changed, StateKey};
use crate::machine::decide::EventOrigin;
use crate::machine::effect::Effect;
use crate::machine::waiting::Waiter;
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use crate::request::Response;
use kernel::{
    AddressedCommand, Context, Denied, Erased, ErasedRequest, Id, LocalReader, RefusalReason, Route, RouteAction,
    RowSource, Success,
};

type RouteRule<T> = dyn Fn(&ErasedRequest<'_>) -> std::result::Result<T, &'static RefusalReason> + Send + Sync;

pub enum Executed {
    Done(Vec<Effect>),
    /// The request starts a saga with this data.
    StartsSaga(Box<AdmittedRequest>, Erased),
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

pub fn execute(scope: &mut Scope<'_>, mut request: AdmittedRequest) -> Result<Executed> {
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
    let hidden = match named(&declared, route, &request).map(|thing| scope.denied(&request, thing)).transpose()? {
        Some(Some(Denied::NotYours)) => return Executed::finished(request, Err(Error::refused(&NOT_YOURS))),
        Some(Some(Denied::Unseen)) => named(&declared, route, &request),
        Some(None) | None => None,
    };
    match &route.action {
        RouteAction::Reads(read) => {
            let found = scope.try_route((id, hidden), &form, read)?;
            let response = found.map(|body| scope.answer_read(id, body));
            Executed::finished(request, response)
        }
        RouteAction::Commands(command) => match scope.try_route((id, hidden), &form, command)? {
            Err(error) => Executed::finished(request, Err(error)),
            Ok(None) if hidden.is_some() => {
                let answer = scope.answer_of_nothing(route, id);
                Executed::finished(request, Ok(answer))
            }
            Ok(None) => {
                let answer = scope.answer_as_it_is(&request, id)?;
                Executed::finished(request, Ok(answer))
            }
            Ok(Some(command)) => match scope.enter(&mut request, &command)? {
                Some(denied) => Executed::finished(request, scope.deny(denied, route, command)),
                None => scope.command(request, command).map(Executed::Done),
            },
        },
        RouteAction::Starts { plan, data } => match scope.try_route((id, hidden), &form, data)? {
            Err(error) => Executed::finished(request, Err(error)),
            Ok(data) => match plan.command(&data) {
                // the saga has nothing to do, and its answer would be the thing's row
                None if hidden.is_some() => {
                    let answer = scope.answer_of_nothing(route, id);
                    Executed::finished(request, Ok(answer))
                }
                None => Ok(Executed::StartsSaga(Box::new(request), data)),
                Some(command) => match scope.enter(&mut request, &command)? {
                    Some(denied) => Executed::finished(request, scope.deny(denied, route, command)),
                    None => Ok(Executed::StartsSaga(Box::new(request), data)),
                },
            },
        },
    }
}

/// The thing that the request names by its path.
fn named(declared: &Context, route: &Route, request: &AdmittedRequest) -> Option<StateKey> {
    let collection = declared.collections.iter().find(|collection| collection.name == route.collection)?;
    match collection.of {
        RowSource::State(kind) => Some((kind, request.client.id?)),
        RowSource::Event(_) | RowSource::View => None,
    }
}

impl Scope<'_> {
    fn try_route<T>(
        &mut self,
        (id, hidden): (Id, Option<StateKey>),
        body: &Erased,
        route: &RouteRule<T>,
    ) -> Result<std::result::Result<T, Error>> {
        let at = self.work.now.wall;
        let rule = |local: &dyn LocalReader| Attempt::from_rule(route(&ErasedRequest { id, body, local, at }));
        let attempt = self.reading_without(hidden, &Changed::default(), rule)?;
        Ok(error_of(attempt, &self.work.limits))
    }

    fn command(&mut self, request: AdmittedRequest, command: AddressedCommand) -> Result<Vec<Effect>> {
        let thing = (command.kind, command.id);
        let mut draft = self.work.draft();
        let takes_part = request.declared(&self.work.declared()).takes_part;
        let caller = request.client.meta.who.clone();
        let partner = takes_part.then(|| caller.as_ref().map(|caller| caller.person));
        let origin = EventOrigin::of_request(&request.client.meta).with_partner(partner);
        let attempt = self.decide(&mut draft, command, &origin)?;
        match attempt {
            // what has happened already is answered like the first time, whatever the client's tag
            Attempt::Done(0) if takes_part && self.is_somebody_elses(caller.as_deref(), thing)? => {
                return Ok(Effect::finished(request, Err(Error::refused(&NOT_YOURS))));
            }
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
