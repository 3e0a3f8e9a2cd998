//! What can be wrong with a system before it ever runs.
use crate::collection::{Collection, RowSource};
use crate::consumer::SubscriptionKey;
use crate::context::Context;
use crate::name::Name;
use crate::path::{PathTemplate, Segment};
use crate::route::{Method, Success};
use crate::system::System;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A declaration that doesn't fit the others.
#[derive(Clone, PartialEq, Eq)]
pub enum DeclarationFault {
    ContextTwice(Name),
    PortTwice(u16),
    /// Two routes or collections of a system answer the same method and path.
    RouteTwice(Method, String),
    /// A path has an empty part, or more than one parameter.
    NoPath(Method, String),
    /// A path begins as one of Nadul's own does.
    Reserved(Method, String),
    /// A saga asks what nobody answers.
    NobodyAnswers {
        saga: Name,
        call: Name,
        to: Name,
    },
    /// A policy, view, route or collection names a context, kind, collection or find that isn't there.
    Unknown {
        by: String,
        what: String,
    },
    /// Published, and no policy or view in the system subscribes to its source.
    NobodySubscribes {
        context: Name,
        event: Name,
    },
    EventTwice {
        event: Name,
    },
    /// Retired, and declared still.
    Retired {
        context: Name,
        event: Name,
    },
    /// One code with two meanings.
    ReasonTwice {
        code: Name,
    },
    /// Stated twice, or no context keeps a ledger. That each entry belongs to a stated rule is seen where systems live.
    Rule(Name),
    /// The correlation key has no name.
    NoKey(Name),
    /// Nobody has said who may use a route or read a collection.
    NobodyMay(String),
    /// One role that is described in two ways.
    RoleTwice(Name),
}

impl fmt::Display for DeclarationFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeclarationFault::ContextTwice(name) => write!(f, "two contexts are called {name}"),
            DeclarationFault::PortTwice(port) => write!(f, "two contexts have port {port}"),
            DeclarationFault::RouteTwice(method, path) => write!(f, "{method} {path} is declared twice"),
            DeclarationFault::NoPath(method, path) => {
                write!(f, "{method} \"{path}\" is no path: it has an empty part, or more than one parameter")
            }
            DeclarationFault::Reserved(method, path) => write!(
                f,
                "{method} {path} begins as a path of every system or every server does; none may begin with {}",
                RESERVED.join(", ")
            ),
            DeclarationFault::NobodyAnswers { saga, call, to } => {
                write!(f, "\"{saga}\" asks {to} to {call}, which it does not answer")
            }
            DeclarationFault::Unknown { by, what } => write!(f, "{by} names {what}, which is not there"),
            DeclarationFault::NobodySubscribes { context, event } => {
                write!(f, "{context} publishes {event}, and nobody subscribes to {context}")
            }
            DeclarationFault::Retired { context, event } => write!(f, "{context} retires {event}, which it declares"),
            DeclarationFault::EventTwice { event } => write!(f, "two contexts publish an event called {event}"),
            DeclarationFault::ReasonTwice { code } => write!(f, "the reason {code} has two meanings"),
            DeclarationFault::Rule(rule) => {
                write!(f, "the conservation rule {rule} is stated twice, or no context keeps a ledger")
            }
            DeclarationFault::NobodyMay(what) => {
                write!(f, "{what} does not say who may: by, by_owner, read_by or read_by_owner")
            }
            DeclarationFault::RoleTwice(role) => write!(f, "the role {role} is described in two ways"),
            DeclarationFault::NoKey(context) => write!(f, "{context} does not say what its correlation key is called"),
        }
    }
}

/// A test that compares faults prints what to mend.
impl fmt::Debug for DeclarationFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What paths of systems don't begin with, as every server answers there, or every system.
pub const RESERVED: &[&str] = &[
    "asyncapi.json",
    "board",
    "docs",
    "health",
    "internal",
    "live",
    "me",
    "metrics",
    "openapi.json",
    "operator",
    "pages",
    "problems",
    "sandbox",
    "sign-in",
    "sign-out",
    "style.css",
];

pub fn faults(system: &System) -> Vec<DeclarationFault> {
    let mut found = vec![];
    names(system, &mut found);
    routes(system, &mut found);
    calls(system, &mut found);
    subscriptions(system, &mut found);
    rules(system, &mut found);
    access(system, &mut found);
    found
}

fn access(system: &System, found: &mut Vec<DeclarationFault>) {
    for context in &system.contexts {
        let routes = context.routes.iter().map(|route| (&route.grants, format!("{} {}", route.method, route.path)));
        let read = context.readable().map(|collection| (&collection.grants, format!("/{}", collection.name)));
        let unsaid = routes.chain(read).filter(|(grants, _)| !grants.is_declared());
        found.extend(unsaid.map(|(_, what)| DeclarationFault::NobodyMay(what)));
    }
    let roles = system.roles();
    let twice = roles.windows(2).filter(|two| two[0].name == two[1].name);
    found.extend(twice.map(|two| DeclarationFault::RoleTwice(two[0].name)));
}

fn names(system: &System, found: &mut Vec<DeclarationFault>) {
    if RESERVED.contains(&system.name) {
        found.push(DeclarationFault::Reserved(Method::Get, format!("/{}", system.name)));
    }
    let (mut names, mut ports) = (BTreeSet::new(), BTreeSet::new());
    for context in &system.contexts {
        if !names.insert(context.name) {
            found.push(DeclarationFault::ContextTwice(context.name));
        }
        if !ports.insert(context.port) {
            found.push(DeclarationFault::PortTwice(context.port));
        }
        if context.key_name.is_empty() {
            found.push(DeclarationFault::NoKey(context.name));
        }
    }
    let mut reasons = BTreeMap::new();
    for reason in system.reasons() {
        if reasons.insert(reason.code, reason).is_some() {
            found.push(DeclarationFault::ReasonTwice { code: reason.code });
        }
    }
}

fn routes(system: &System, found: &mut Vec<DeclarationFault>) {
    let mut seen = BTreeSet::new();
    let mut once = |method, path: &PathTemplate, found: &mut Vec<DeclarationFault>| {
        if !path.is_sound() {
            found.push(DeclarationFault::NoPath(method, path.to_string()));
        }
        if let Some(Segment::Fixed(first)) = path.segments().first()
            && RESERVED.contains(&first.as_str())
        {
            found.push(DeclarationFault::Reserved(method, path.to_string()));
        }
        if !seen.insert((method, path.shape().to_string())) {
            found.push(DeclarationFault::RouteTwice(method, path.to_string()));
        }
    };
    for context in &system.contexts {
        for collection in context.readable() {
            once(Method::Get, &PathTemplate::collection(collection.name), found);
            once(Method::Get, &PathTemplate::row(collection.name), found);
        }
        for route in &context.routes {
            once(route.method, &route.template, found);
            let known = context.readable().any(|c| c.name == route.collection);
            if !known && route.success != Success::Read {
                found.push(DeclarationFault::Unknown {
                    by: format!("{} {}", route.method, route.path),
                    what: format!("/{}", route.collection),
                });
            }
        }
        for collection in context.readable() {
            pairs(collection, found);
        }
        for collection in &context.collections {
            let (RowSource::State(kind) | RowSource::Event(kind)) = collection.of else { continue };
            if context.kind(kind).is_none() {
                found.push(DeclarationFault::Unknown { by: format!("/{}", collection.name), what: kind.to_string() });
            }
        }
    }
}

fn pairs(collection: &Collection, found: &mut Vec<DeclarationFault>) {
    let names = collection.pairs.iter().flat_map(|(one, other)| [one, other]);
    for name in names.filter(|name| collection.find(name).is_none()) {
        found.push(DeclarationFault::Unknown { by: format!("/{}", collection.name), what: name.to_string() });
    }
}

fn calls(system: &System, found: &mut Vec<DeclarationFault>) {
    let kind_here = |context: &Context, kind: Name, by: String, found: &mut Vec<DeclarationFault>| {
        if context.kind(kind).is_none() {
            found.push(DeclarationFault::Unknown { by, what: kind.to_string() });
        }
    };
    for context in &system.contexts {
        for plan in context.plans() {
            kind_here(context, plan.kind(), plan.name().to_string(), found);
            for step in plan.steps() {
                let answered = system.get(step.to).is_some_and(|to| to.callees.iter().any(|a| a.call == step.call));
                if !answered {
                    found.push(DeclarationFault::NobodyAnswers { saga: plan.name(), call: step.call, to: step.to });
                }
            }
        }
        for callee in &context.callees {
            kind_here(context, callee.kind, callee.call.to_string(), found);
        }
        for policy in &context.policies {
            kind_here(context, policy.commands, format!("a policy of {}", context.name), found);
        }
        for ledger in &context.ledger {
            kind_here(context, ledger.kind, format!("the ledger of {}", context.name), found);
        }
    }
}

fn subscriptions(system: &System, found: &mut Vec<DeclarationFault>) {
    let subscriptions = system.contexts.iter().flat_map(Context::subscriptions);
    let sources: BTreeSet<_> = subscriptions.map(|subscription| subscription.source).collect();
    let mut events = BTreeSet::new();
    for context in &system.contexts {
        for event in context.events().filter(|event| event.published) {
            if !events.insert(event.name) {
                found.push(DeclarationFault::EventTwice { event: event.name });
            }
            if !sources.contains(context.name) {
                found.push(DeclarationFault::NobodySubscribes { context: context.name, event: event.name });
            }
        }
        for event in context.retired.iter().filter(|event| context.events().any(|kind| kind.name == **event)) {
            found.push(DeclarationFault::Retired { context: context.name, event });
        }
        for SubscriptionKey { consumer, source } in context.subscriptions() {
            if system.get(&source).is_none() {
                found.push(DeclarationFault::Unknown {
                    by: format!("{consumer} of {}", context.name),
                    what: source.into_owned(),
                });
            }
        }
    }
}

fn rules(system: &System, found: &mut Vec<DeclarationFault>) {
    let booked: usize = system.contexts.iter().map(|context| context.ledger.len()).sum();
    let mut stated = BTreeSet::new();
    for (rule, _) in &system.conserved {
        if booked == 0 || !stated.insert(*rule) {
            found.push(DeclarationFault::Rule(rule));
        }
    }
}
