//! Routes: `method path body → command`, as values from which the edge, the documents and the board are made.
use crate::access::{Grants, Reach, Role};
use crate::aggregate::{AddressedCommand, Aggregate, Then, then};
use crate::caller::Relation;
use crate::erased::{Erased, typed};
use crate::form::{Body, Form, InvalidField};
use crate::id::Id;
use crate::name::Name;
use crate::path::PathTemplate;
use crate::refusal::{RefusalReason, RefusalSet};
use crate::saga::{Saga, SagaPlan};
use crate::time::Timestamp;
use schemars::{Schema, SchemaGenerator};
use std::fmt;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        })
    }
}

/// The present rows of the context that decides: what a route, a saga or a policy may read before it decides.
pub trait LocalReader {
    fn state(&self, kind: Name, id: Id) -> Option<Erased>;
    /// What a view of this context has folded for a key.
    fn folded_value(&self, view: Name, id: Id) -> Option<Erased>;
}

/// A reader without rows, for examples and tests.
#[derive(Clone, Copy, Debug)]
pub struct EmptyReader;

impl LocalReader for EmptyReader {
    fn state(&self, _: Name, _: Id) -> Option<Erased> {
        None
    }
    fn folded_value(&self, _: Name, _: Id) -> Option<Erased> {
        None
    }
}

/// [`LocalReader`] with its types.
pub trait LocalReaderExt {
    fn get<A: Aggregate>(&self, id: Id) -> A;
    fn folded<P: Clone + 'static>(&self, view: Name, id: Id) -> Option<P>;
}

impl LocalReaderExt for dyn LocalReader + '_ {
    fn get<A: Aggregate>(&self, id: Id) -> A {
        self.state(A::KIND, id).map(|state| typed::<A>(&state, A::KIND).clone()).unwrap_or_default()
    }
    fn folded<P: Clone + 'static>(&self, view: Name, id: Id) -> Option<P> {
        self.folded_value(view, id).map(|value| typed::<P>(&value, view).clone())
    }
}

/// What a client asks. `id` is the path's, or the new one of what is to be created.
pub struct Request<'a, B> {
    pub id: Id,
    pub body: &'a B,
    pub local: &'a dyn LocalReader,
    pub at: Timestamp,
}

/// The id in the path, for sagas that need no more of a request.
pub fn path_id<R>(request: &Request<'_, crate::form::Nothing>) -> Result<Id, R> {
    Ok(request.id)
}

/// A request whose body's type is forgotten.
pub struct ErasedRequest<'a> {
    pub id: Id,
    pub body: &'a Erased,
    pub local: &'a dyn LocalReader,
    pub at: Timestamp,
}

impl<'a> ErasedRequest<'a> {
    fn typed<B: Form>(&self) -> Request<'a, B> {
        let body = typed::<B>(self.body, "a route");
        Request { id: self.id, body, local: self.local, at: self.at }
    }
}

type Refusable<T> = Box<dyn Fn(&ErasedRequest<'_>) -> Result<T, &'static RefusalReason> + Send + Sync>;

pub enum RouteAction {
    /// A saga: its data from the request, with the id it may create.
    Starts {
        plan: Box<dyn SagaPlan>,
        data: Refusable<Erased>,
    },
    Commands(Refusable<Option<AddressedCommand>>),
    /// Reads the context's own rows; answers JSON.
    Reads(Refusable<String>),
}

/// What a success is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// 201, `Location`, the row.
    Created,
    /// 200 and the row.
    Changed,
    /// 204.
    Removed,
    /// 200 and what the route read.
    Read,
}

type ReadForm = fn(&Body<'_>) -> Result<Erased, Vec<InvalidField>>;

/// A form whose type is forgotten.
#[derive(Clone, Copy)]
pub struct FormShape {
    pub read: ReadForm,
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// No field at all.
    pub empty: bool,
    /// The field that says who sends it, where there is one.
    pub person: Option<Name>,
}

impl FormShape {
    fn new<B: Form>() -> FormShape {
        FormShape {
            read: |body| B::read(body).map(|form| Arc::new(form) as Erased),
            schema: |generator| generator.subschema_for::<B>(),
            empty: std::any::TypeId::of::<B>() == std::any::TypeId::of::<crate::form::Nothing>(),
            person: B::PERSON,
        }
    }
}

pub struct Route {
    pub method: Method,
    /// As it is written in the contract: `/catches/{id}`, with at most one parameter.
    pub path: Name,
    /// The same, parsed.
    pub template: PathTemplate,
    pub success: Success,
    /// The collection whose row is the answer; empty where it answers something else.
    pub collection: Name,
    pub form: FormShape,
    pub action: RouteAction,
    pub reasons: &'static [&'static RefusalReason],
    /// Who may use it, where people sign in.
    pub grants: Grants,
    /// Whoever uses it takes part in the thing.
    pub takes_part: bool,
    /// One line for the documents.
    pub summary: Name,
}

impl Route {
    /// The parameter's name in the path.
    pub fn parameter(&self) -> Option<&str> {
        self.template.parameter().map(|(_, name)| name)
    }
}

/// A route whose action is not declared yet.
#[derive(Clone, Debug)]
pub struct RouteBuilder {
    method: Method,
    path: Name,
    success: Success,
    collection: Name,
    grants: Grants,
    takes_part: bool,
    summary: Name,
}

macro_rules! methods {
    ($($name:ident $method:ident $done:ident),*) => {$(
        pub fn $name(path: Name) -> RouteBuilder {
            let (method, success, grants) = (Method::$method, Success::$done, Grants::default());
            RouteBuilder { method, path, success, collection: "", grants, takes_part: false, summary: "" }
        }
    )*};
}
methods!(get Get Read, post Post Created, put Put Changed, patch Patch Changed, delete Delete Removed);

impl RouteBuilder {
    /// 201 with the new row of this collection.
    pub fn creates(self, collection: Name) -> Self {
        RouteBuilder { success: Success::Created, collection, ..self }
    }

    /// 200 with the changed row.
    pub fn changes(self, collection: Name) -> Self {
        RouteBuilder { success: Success::Changed, collection, ..self }
    }

    /// 204.
    pub fn removes(self, collection: Name) -> Self {
        RouteBuilder { success: Success::Removed, collection, ..self }
    }

    /// Whoever has this role may use it, on any row.
    pub fn by(self, role: Role) -> Self {
        RouteBuilder { grants: self.grants.and(role, Reach::All), ..self }
    }

    /// Whoever has this role may use it on things that they own.
    pub fn by_owner(self, role: Role) -> Self {
        RouteBuilder { grants: self.grants.and(role, Reach::Own(Relation::Owner)), ..self }
    }

    /// Whoever has this role may use it on things in which they take part.
    pub fn by_partner(self, role: Role) -> Self {
        RouteBuilder { grants: self.grants.and(role, Reach::Own(Relation::Partner)), ..self }
    }

    /// Whoever uses it takes part in the thing from then on.
    pub fn takes_part(self) -> Self {
        RouteBuilder { takes_part: true, ..self }
    }

    /// One line for the documents.
    pub fn about(self, summary: Name) -> Self {
        RouteBuilder { summary, ..self }
    }

    pub fn starting<
        B: Form,
        D: Clone + Send + Sync + 'static,
        A: Aggregate,
        R: Into<&'static RefusalReason> + RefusalSet,
    >(
        self,
        saga: Saga<D, A>,
        data: impl Fn(&Request<'_, B>) -> Result<D, R> + Send + Sync + 'static,
    ) -> Route {
        let data = move |r: &ErasedRequest<'_>| data(&r.typed()).map(|d| Arc::new(d) as Erased).map_err(Into::into);
        self.route::<B>(RouteAction::Starts { plan: Box::new(saga), data: Box::new(data) }, R::ALL)
    }

    pub fn commanding<B: Form, A: Aggregate, R: Into<&'static RefusalReason> + RefusalSet>(
        self,
        command: impl Fn(&Request<'_, B>) -> Result<Then<A>, R> + Send + Sync + 'static,
    ) -> Route {
        let command = move |r: &ErasedRequest<'_>| command(&r.typed()).map(Then::addressed).map_err(Into::into);
        self.route::<B>(RouteAction::Commands(Box::new(command)), R::ALL)
    }

    /// Without a body: the command goes to the thing whose id is in the path.
    pub fn sending<A: Aggregate>(self, command: fn(Id) -> A::Command) -> Route {
        self.commanding(move |r: &Request<'_, crate::form::Nothing>| {
            Ok::<Then<A>, A::Refusal>(then(r.id, command(r.id)))
        })
    }

    pub fn reading<B: Form, T: serde::Serialize, R: Into<&'static RefusalReason> + RefusalSet>(
        self,
        answer: impl Fn(&Request<'_, B>) -> Result<T, R> + Send + Sync + 'static,
    ) -> Route {
        let answer = move |r: &ErasedRequest<'_>| {
            let answer = answer(&r.typed()).map_err(Into::into)?;
            Ok(serde_json::to_string(&answer).expect("an answer is plain data"))
        };
        self.route::<B>(RouteAction::Reads(Box::new(answer)), R::ALL)
    }

    fn route<B: Form>(self, action: RouteAction, reasons: &'static [&'static RefusalReason]) -> Route {
        let RouteBuilder { method, path, success, collection, grants, takes_part, summary } = self;
        let template = PathTemplate::parse(path);
        let form = FormShape::new::<B>();
        Route { method, path, template, success, collection, form, action, reasons, grants, takes_part, summary }
    }
}
