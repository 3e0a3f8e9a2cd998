//! A context: everything one part of the business keeps, decides, hears, answers and shows.
use crate::conservation::Books;
use crate::{
    Aggregate, Answering, Call, Collection, Entry, Erased, Errand, EventKind, Heard, Id, Kind, Name, Plan, Policy,
    Reason, Recorded, Route, Then, Told, View,
};

/// An outside party this context stands on, which a sandbox can play: what it answers when it declines.
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    pub name: Name,
    pub declined: &'static Reason,
}

/// Another context (or this one) whose events are heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub name: Name,
    /// `policies`, or a view with its version: `myPages@1`.
    pub consumer: String,
}

#[derive(Default)]
pub struct Context {
    pub name: Name,
    /// Its own port in an embedded run of its system alone.
    pub port: u16,
    /// The correlation key's name in its rows and events: `matchId`.
    pub key_name: Name,
    pub kinds: Vec<Kind>,
    pub collections: Vec<Collection>,
    pub policies: Vec<Policy>,
    pub views: Vec<View>,
    pub answers: Vec<Answering>,
    pub routes: Vec<Route>,
    pub books: Vec<Books>,
    pub provider: Option<Provider>,
}

impl Context {
    pub fn new(name: Name, port: u16) -> Self {
        Context { name, port, ..Context::default() }
    }

    /// The name of the correlation key, for messages on a broker and for readers of the log.
    pub fn keyed_by(mut self, key_name: Name) -> Self {
        self.key_name = key_name;
        self
    }

    /// Things with rules.
    pub fn keeps<A: Aggregate>(mut self) -> Self {
        self.kinds.push(Kind::of::<A>());
        self
    }

    /// Rows people read.
    pub fn collection(mut self, collection: Collection) -> Self {
        self.collections.push(collection);
        self
    }

    pub fn view(mut self, view: View) -> Self {
        self.views.push(view);
        self
    }

    /// Whenever one of `E` is heard, a command may follow.
    pub fn hears<E: Heard, A: Aggregate>(self, policy: fn(E) -> Then<A>) -> Self {
        self.hears_told(move |event: E, _: &Told<'_>| policy(event))
    }

    /// As `hears`, for policies that need the event's frame, rows of their own context, or a setting.
    pub fn hears_told<E: Heard, A: Aggregate>(
        mut self,
        policy: impl Fn(E, &Told<'_>) -> Then<A> + Send + Sync + 'static,
    ) -> Self {
        self.policies.push(Policy::of(policy));
        self
    }

    /// Answers a call: what it does, what undoes it, and the answer. Undoing is idempotent and may come first.
    pub fn answers<C: Call, A: Aggregate>(
        mut self,
        act: fn(C) -> Then<A>,
        undo: fn(C) -> Then<A>,
        answer: fn(&A) -> C::Answer,
    ) -> Self {
        self.answers.push(Answering::of(act, undo, answer));
        self
    }

    pub fn route(mut self, route: Route) -> Self {
        self.routes.push(route);
        self
    }

    /// What a thing's state adds to the accounts of the system's conservation rules.
    pub fn books<A: Aggregate>(mut self, entries: fn(Id, &A) -> Vec<Entry>) -> Self {
        self.books.push(Books::of(entries));
        self
    }

    /// Stands on an outside party, played by the sandbox: `declined` is what callers are told when it says no.
    pub fn stands_on(mut self, name: Name, declined: &'static Reason) -> Self {
        self.provider = Some(Provider { name, declined });
        self
    }

    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// Every collection with rows here, in the order a store keeps them: those of views too, even of views nobody reads.
    pub fn tables(&self) -> impl Iterator<Item = &Collection> {
        self.collections.iter().chain(self.views.iter().map(|view| &view.collection))
    }

    /// Every collection that can be read here, those of views included.
    pub fn readable(&self) -> impl Iterator<Item = &Collection> {
        let views = self.views.iter().filter(|view| !view.private);
        self.collections.iter().chain(views.map(|view| &view.collection))
    }

    pub fn plans(&self) -> impl Iterator<Item = &dyn Plan> {
        self.routes.iter().filter_map(|route| match &route.act {
            crate::Act::Starts { plan, .. } => Some(plan.as_ref()),
            _ => None,
        })
    }

    /// Every (consumer, source) whose position this context keeps.
    pub fn sources(&self) -> Vec<Source> {
        let policies = self.policies.iter().map(|policy| Source { name: policy.source, consumer: "policies".into() });
        let views = self.views.iter().flat_map(|view| {
            let consumer = view.table();
            view.sources().map(move |name| Source { name, consumer: consumer.clone() })
        });
        let mut all: Vec<Source> = policies.chain(views).collect();
        all.sort_by(|a, b| (a.name, &a.consumer).cmp(&(b.name, &b.consumer)));
        all.dedup();
        all
    }

    /// The entries of one state in the books.
    pub fn entries(&self, kind: &str, id: Id, state: &Erased) -> Vec<Entry> {
        self.books.iter().filter(|books| books.kind == kind).flat_map(|books| (books.entries)(id, state)).collect()
    }

    pub fn events(&self) -> impl Iterator<Item = &'static EventKind> {
        self.kinds.iter().flat_map(|kind| kind.events)
    }

    /// Every reason this context's rules and routes may give.
    pub fn reasons(&self) -> Vec<&'static Reason> {
        let kinds = self.kinds.iter().flat_map(|kind| kind.reasons);
        let mut all: Vec<_> = kinds.chain(self.routes.iter().flat_map(|route| route.reasons)).copied().collect();
        all.extend(self.provider.map(|provider| provider.declined));
        all.sort_by_key(|reason| reason.code);
        all.dedup();
        all
    }
}

impl View {
    /// The name of its rows and of its consumer: a changed view has others.
    pub fn table(&self) -> String {
        format!("{}@{}", self.collection.name, self.version)
    }
}

impl Policy {
    /// What follows from a recorded event.
    pub fn follow(&self, recorded: &Recorded, home: &dyn crate::Home) -> Result<Option<Errand>, serde_json::Error> {
        let Some(event) = (self.read)(recorded)? else { return Ok(None) };
        let (source, position) = (self.source, recorded.position);
        let told =
            Told { event_type: &recorded.event_type, source, position, key: recorded.key, at: recorded.at, home };
        Ok((self.run)(&event, &told))
    }
}
