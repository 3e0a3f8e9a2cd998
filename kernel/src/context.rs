//! A context: everything one part of the business keeps, decides, subscribes to, answers and shows.
use crate::aggregate::{AddressedCommand, Aggregate, Kind, Then};
use crate::call::{CallBody, Callee};
use crate::collection::Collection;
use crate::conservation::{Entry, Ledger};
use crate::consumer::{Consumer, SubscriptionKey};
use crate::erased::Erased;
use crate::event::{EventKind, EventSet, Recorded};
use crate::id::Id;
use crate::name::Name;
use crate::policy::{EventContext, Policy};
use crate::refusal::RefusalReason;
use crate::route::{LocalReader, Route, RouteAction};
use crate::saga::SagaPlan;
use crate::table_name::TableName;
use crate::view::View;

/// An outside party this context depends on, which a sandbox can play: the refusal callers are given when it declines.
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    pub name: Name,
    pub refusal: &'static RefusalReason,
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
    pub callees: Vec<Callee>,
    pub routes: Vec<Route>,
    pub ledger: Vec<Ledger>,
    /// Events that it does not publish any more, and that mean nothing to whoever still finds them in its log.
    pub retired: Vec<Name>,
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
        self.kinds.push(Kind::new::<A>());
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

    /// Whenever one of `E` happens, a command may follow.
    pub fn policy<E: EventSet, A: Aggregate>(self, policy: fn(E) -> Then<A>) -> Self {
        self.policy_with(move |event: E, _: &EventContext<'_>| policy(event))
    }

    /// As `policy`, for policies that need the event's frame, rows of their own context, or a setting.
    pub fn policy_with<E: EventSet, A: Aggregate>(
        mut self,
        policy: impl Fn(E, &EventContext<'_>) -> Then<A> + Send + Sync + 'static,
    ) -> Self {
        self.policies.push(Policy::new(policy));
        self
    }

    /// Answers a call: what it does, what undoes it, and the answer. Undoing is idempotent and may come first.
    pub fn answers_call<C: CallBody, A: Aggregate>(
        mut self,
        act: fn(C) -> Then<A>,
        undo: fn(C) -> Then<A>,
        answer: fn(&A) -> C::Answer,
    ) -> Self {
        self.callees.push(Callee::new(act, undo, answer));
        self
    }

    pub fn route(mut self, route: Route) -> Self {
        self.routes.push(route);
        self
    }

    /// What a thing's state adds to the accounts of the system's conservation rules.
    pub fn ledger<A: Aggregate>(mut self, entries: fn(Id, &A) -> Vec<Entry>) -> Self {
        self.ledger.push(Ledger::new(entries));
        self
    }

    /// Depends on an outside party, which the sandbox plays: callers are given `refusal` when it declines.
    pub fn provider(mut self, name: Name, refusal: &'static RefusalReason) -> Self {
        self.provider = Some(Provider { name, refusal });
        self
    }

    /// An event that releases before this one have published. A reader that meets a kind that is neither declared nor retired stops there:
    /// a newer release has published it, and only a newer release knows what follows from it.
    pub fn retired(mut self, event: Name) -> Self {
        self.retired.push(event);
        self
    }

    /// Whether this release knows what a recorded event of this context means, be it nothing.
    pub fn knows(&self, recorded: &Recorded) -> bool {
        let is_it = |kind: &EventKind| kind.name == recorded.event_type && kind.version >= recorded.version;
        self.events().any(is_it) || self.retired.iter().any(|name| *name == recorded.event_type)
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

    pub fn plans(&self) -> impl Iterator<Item = &dyn SagaPlan> {
        self.routes.iter().filter_map(|route| match &route.action {
            RouteAction::Starts { plan, .. } => Some(plan.as_ref()),
            _ => None,
        })
    }

    /// The contexts whose events its policies and views read, each once.
    pub fn sources(&self) -> Vec<Name> {
        let read = self.views.iter().flat_map(View::sources).chain(self.policies.iter().map(|policy| policy.source));
        let mut all: Vec<Name> = read.collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Every subscription whose position this context keeps.
    pub fn subscriptions(&self) -> Vec<SubscriptionKey> {
        let policies = self
            .policies
            .iter()
            .map(|policy| SubscriptionKey { consumer: Consumer::Policies, source: policy.source.into() });
        let views = self.views.iter().flat_map(|view| {
            let subscription = |source: Name| SubscriptionKey { consumer: view.consumer(), source: source.into() };
            view.sources().map(subscription)
        });
        let mut all: Vec<SubscriptionKey> = policies.chain(views).collect();
        all.sort_by(|a, b| (&a.source, &a.consumer).cmp(&(&b.source, &b.consumer)));
        all.dedup();
        all
    }

    /// The entries of one state in the ledger.
    pub fn entries(&self, kind: &str, id: Id, state: &Erased) -> Vec<Entry> {
        self.ledger.iter().filter(|ledger| ledger.kind == kind).flat_map(|ledger| (ledger.entries)(id, state)).collect()
    }

    pub fn events(&self) -> impl Iterator<Item = &'static EventKind> {
        self.kinds.iter().flat_map(|kind| kind.events)
    }

    /// Every reason this context's rules and routes may give.
    pub fn reasons(&self) -> Vec<&'static RefusalReason> {
        let kinds = self.kinds.iter().flat_map(|kind| kind.reasons);
        let mut all: Vec<_> = kinds.chain(self.routes.iter().flat_map(|route| route.reasons)).copied().collect();
        all.extend(self.provider.map(|provider| provider.refusal));
        all.sort_by_key(|reason| reason.code);
        all.dedup();
        all
    }
}

impl View {
    /// Where its rows are kept: a changed view has another table.
    pub fn table(&self) -> TableName {
        TableName::of_view(self.collection.name, self.version)
    }

    /// The consumer that folds it.
    pub fn consumer(&self) -> Consumer {
        Consumer::View { collection: self.collection.name.into(), version: self.version }
    }
}

impl Policy {
    /// What follows from a recorded event.
    pub fn follow(
        &self,
        recorded: &Recorded,
        local: &dyn LocalReader,
    ) -> Result<Option<AddressedCommand>, serde_json::Error> {
        let Some(event) = (self.read)(recorded)? else { return Ok(None) };
        let (source, position) = (self.source, recorded.position);
        let context = EventContext {
            event_type: &recorded.event_type,
            source,
            position,
            key: recorded.key,
            at: recorded.at,
            local,
        };
        Ok((self.run)(&event, &context))
    }
}
