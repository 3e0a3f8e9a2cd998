//! Routes: `method path body → command`, as values from which the edge, the documents and the board are made.
use crate::{Aggregate, Body, Erased, Errand, Form, Id, Name, Plan, Reason, Saga, Then, Timestamp, Wrong};
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

/// The present rows of the context that is asked: what a route, a saga or a policy may read before it decides.
pub trait Home {
    fn state(&self, kind: Name, id: Id) -> Option<Erased>;
    /// What a view of this context has folded for a key.
    fn page(&self, view: Name, id: Id) -> Option<Erased>;
}

/// A home without rows, for examples and tests.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl Home for Nowhere {
    fn state(&self, _: Name, _: Id) -> Option<Erased> {
        None
    }
    fn page(&self, _: Name, _: Id) -> Option<Erased> {
        None
    }
}

/// [`Home`] with its types.
pub trait HomeExt {
    fn get<A: Aggregate>(&self, id: Id) -> A;
    fn folded<P: Clone + 'static>(&self, view: Name, id: Id) -> Option<P>;
}

impl HomeExt for dyn Home + '_ {
    fn get<A: Aggregate>(&self, id: Id) -> A {
        self.state(A::KIND, id).and_then(|state| state.downcast_ref::<A>().cloned()).unwrap_or_default()
    }
    fn folded<P: Clone + 'static>(&self, view: Name, id: Id) -> Option<P> {
        self.page(view, id)?.downcast_ref::<P>().cloned()
    }
}

/// What a client asks. `id` is the path's, or the new one of what is to be created.
pub struct Request<'a, B> {
    pub id: Id,
    pub body: &'a B,
    pub home: &'a dyn Home,
    pub at: Timestamp,
}

/// A request whose body's type is forgotten.
pub struct Requested<'a> {
    pub id: Id,
    pub body: &'a Erased,
    pub home: &'a dyn Home,
    pub at: Timestamp,
}

impl<'a> Requested<'a> {
    fn typed<B: Form>(&self) -> Request<'a, B> {
        let body = self.body.downcast_ref::<B>().expect("a route reads its own form");
        Request { id: self.id, body, home: self.home, at: self.at }
    }
}

type Refusable<T> = Box<dyn Fn(&Requested<'_>) -> Result<T, &'static Reason> + Send + Sync>;

pub enum Act {
    /// A saga: its form from the request, with the id it may create.
    Starts {
        plan: Box<dyn Plan>,
        form: Refusable<Erased>,
    },
    Commands(Refusable<Option<Errand>>),
    /// Answers from the context's own rows, as JSON.
    Answers(Refusable<String>),
}

/// What a success is told with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// 201, `Location`, the row.
    Created,
    /// 200 and the row.
    Changed,
    /// 204.
    Removed,
    /// 200 and what the route answers.
    Told,
}

type ReadForm = fn(&Body<'_>) -> Result<Erased, Vec<Wrong>>;

/// A form whose type is forgotten.
#[derive(Clone, Copy)]
pub struct FormShape {
    pub read: ReadForm,
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// No field at all.
    pub empty: bool,
}

impl FormShape {
    fn of<B: Form>() -> FormShape {
        FormShape {
            read: |body| B::read(body).map(|form| Arc::new(form) as Erased),
            schema: |generator| generator.subschema_for::<B>(),
            empty: std::any::TypeId::of::<B>() == std::any::TypeId::of::<crate::Nothing>(),
        }
    }
}

pub struct Route {
    pub method: Method,
    /// As it is written in the contract: `/catches/{id}`, with at most one parameter.
    pub path: Name,
    pub done: Done,
    /// The collection whose row is the answer; empty where it tells something else.
    pub collection: Name,
    pub form: FormShape,
    pub act: Act,
    pub reasons: &'static [&'static Reason],
    /// What it creates may be created again under another id, so that `{id}` is not in the path.
    pub summary: Name,
}

impl Route {
    /// The parameter's name in the path.
    pub fn parameter(&self) -> Option<&'static str> {
        let (_, rest) = self.path.split_once('{')?;
        rest.split_once('}').map(|(name, _)| name)
    }
}

/// A route whose act is still to be said.
#[derive(Clone, Copy, Debug)]
pub struct Routing {
    method: Method,
    path: Name,
    done: Done,
    collection: Name,
    summary: Name,
}

macro_rules! methods {
    ($($name:ident $method:ident $done:ident),*) => {$(
        pub fn $name(path: Name) -> Routing {
            Routing { method: Method::$method, path, done: Done::$done, collection: "", summary: "" }
        }
    )*};
}
methods!(get Get Told, post Post Created, put Put Changed, patch Patch Changed, delete Delete Removed);

impl Routing {
    /// 201 with the new row of this collection.
    pub fn creates(self, collection: Name) -> Self {
        Routing { done: Done::Created, collection, ..self }
    }

    /// 200 with the changed row.
    pub fn changes(self, collection: Name) -> Self {
        Routing { done: Done::Changed, collection, ..self }
    }

    /// 204.
    pub fn removes(self, collection: Name) -> Self {
        Routing { done: Done::Removed, collection, ..self }
    }

    /// One line for the documents.
    pub fn about(self, summary: Name) -> Self {
        Routing { summary, ..self }
    }

    pub fn starting<
        B: Form,
        F: Clone + Send + Sync + 'static,
        A: Aggregate,
        R: Into<&'static Reason> + crate::Refuses,
    >(
        self,
        saga: Saga<F, A>,
        form: impl Fn(&Request<'_, B>) -> Result<F, R> + Send + Sync + 'static,
    ) -> Route {
        let form = move |r: &Requested<'_>| form(&r.typed()).map(|f| Arc::new(f) as Erased).map_err(Into::into);
        self.route::<B>(Act::Starts { plan: Box::new(saga), form: Box::new(form) }, R::ALL)
    }

    pub fn commanding<B: Form, A: Aggregate, R: Into<&'static Reason> + crate::Refuses>(
        self,
        command: impl Fn(&Request<'_, B>) -> Result<Then<A>, R> + Send + Sync + 'static,
    ) -> Route {
        let command = move |r: &Requested<'_>| command(&r.typed()).map(Then::errand).map_err(Into::into);
        self.route::<B>(Act::Commands(Box::new(command)), R::ALL)
    }

    pub fn answering<B: Form, T: serde::Serialize, R: Into<&'static Reason> + crate::Refuses>(
        self,
        answer: impl Fn(&Request<'_, B>) -> Result<T, R> + Send + Sync + 'static,
    ) -> Route {
        let answer = move |r: &Requested<'_>| {
            let told = answer(&r.typed()).map_err(Into::into)?;
            Ok(serde_json::to_string(&told).expect("an answer is plain data"))
        };
        self.route::<B>(Act::Answers(Box::new(answer)), R::ALL)
    }

    fn route<B: Form>(self, act: Act, reasons: &'static [&'static Reason]) -> Route {
        let Routing { method, path, done, collection, summary } = self;
        Route { method, path, done, collection, form: FormShape::of::<B>(), act, reasons, summary }
    }
}
