//! A system: contexts that together run one business.
use crate::access::{Grants, OPERATOR, Role};
use crate::check::DeclarationFault;
use crate::context::Context;
use crate::name::Name;
use crate::refusal::RefusalReason;
use crate::setting::Setting;

pub const PAYMENT_TIMEOUT_MS: Setting =
    Setting::whole("payment_timeout_ms", "610", 10, 60_000, "How long the call that holds the money may take.");
pub const HOLD_TIMEOUT_MS: Setting =
    Setting::whole("hold_timeout_ms", "610", 10, 60_000, "How long each other hold may take.");

/// Settings every system has; one with settings of its own lists these beside them.
pub const COMMON_SETTINGS: &[Setting] = &[PAYMENT_TIMEOUT_MS, HOLD_TIMEOUT_MS];

#[derive(Default)]
pub struct System {
    pub name: Name,
    /// One sentence for people.
    pub about: Name,
    /// The topic its published events are on.
    pub topic: Name,
    pub contexts: Vec<Context>,
    /// Conservation rules by name, each with the sentence that states it.
    pub conserved: Vec<(Name, Name)>,
    pub settings: &'static [Setting],
}

impl System {
    pub fn new(name: Name, topic: Name, about: Name) -> Self {
        System { name, topic, about, ..System::default() }
    }

    pub fn context(mut self, context: Context) -> Self {
        self.contexts.push(context);
        self
    }

    /// A rule that holds at rest: for each account, the entries of all contexts sum to zero.
    pub fn conserves(mut self, rule: Name, sentence: Name) -> Self {
        self.conserved.push((rule, sentence));
        self
    }

    /// The context's place in `contexts`.
    pub fn index(&self, context: &str) -> Option<usize> {
        self.contexts.iter().position(|c| c.name == context)
    }

    pub fn get(&self, context: &str) -> Option<&Context> {
        self.contexts.iter().find(|c| c.name == context)
    }

    /// The reason with this code, among those that the system's rules and routes give.
    pub fn reason(&self, code: &str) -> Option<&'static RefusalReason> {
        self.contexts.iter().flat_map(Context::reasons).find(|reason| reason.code == code)
    }

    pub fn reasons(&self) -> Vec<&'static RefusalReason> {
        let mut all: Vec<_> = self.contexts.iter().flat_map(Context::reasons).collect();
        all.sort_by_key(|reason| reason.code);
        all.dedup();
        all
    }

    /// What somebody may be in it: the operator, and every role that something is granted to.
    pub fn roles(&self) -> Vec<Role> {
        let granted = self.contexts.iter().flat_map(|context| {
            let routes = context.routes.iter().map(|route| &route.grants);
            routes.chain(context.tables().map(|collection| &collection.grants)).flat_map(Grants::all)
        });
        let mut all: Vec<Role> = granted.map(|grant| grant.role).chain([OPERATOR]).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What is declared wrongly; empty for a sound system.
    pub fn faults(&self) -> Vec<DeclarationFault> {
        crate::check::faults(self)
    }
}
