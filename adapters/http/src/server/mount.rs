//! A system under one spelling of its paths: with its name before them, or without.
use crate::pass_on::needs::{Needs, Resend};
use crate::server::Server;
use crate::server::hosted_system::HostedSystem;
use kernel::{Collection, Name, PathTemplate, System};
use runtime::port::work::Access;
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Mount {
    pub server: Arc<Server>,
    pub hosted: Arc<HostedSystem>,
    /// Empty, or the system's name: `/taxi`.
    pub prefix: Arc<str>,
}

impl Mount {
    pub fn system(&self) -> &System {
        self.hosted.system()
    }

    /// Which segment of a request's path, counted from 1, is the first one of the system's own: 1 without a prefix.
    pub fn depth(&self) -> usize {
        self.prefix.split('/').count()
    }

    /// Which segment of a request's path, counted from 1, is the parameter of this template.
    pub fn parameter_at(&self, template: &PathTemplate) -> Option<usize> {
        template.parameter().map(|(at, _)| self.depth() + at)
    }

    /// An operator asks the context itself.
    pub fn operator_needs(&self, context: Name, resend: Resend) -> Needs<'_> {
        Needs { hosted: &self.hosted, context, access: Access::Decide, resend }
    }

    /// A collection by its name, in the context that shows it.
    pub fn collection(&self, context: &str, name: Name) -> Option<&Collection> {
        self.hosted.context(context)?.readable().find(|collection| collection.name == name)
    }
}
