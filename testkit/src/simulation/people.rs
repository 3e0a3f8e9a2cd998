//! People: who sends a request, with which roles, as an edge has let them in.
use super::client::ClientInput;
use super::random::Random;
use super::world::World;
use crate::people::somebody;
use kernel::{Caller, Id, Name, OPERATOR, Permission, Rights, Route};
use std::sync::Arc;

const NAMES: [&str; 4] = ["kim", "lee", "han", "jun"];

impl World<'_> {
    /// Mostly somebody who may do it: with a role that it is granted to, and whoever has made what it changes.
    pub(super) fn caller(&self, service: usize, route: &Route, input: &ClientInput) -> Arc<Caller> {
        let random = &self.random;
        let granted = route.grants.roles();
        let all: Vec<Name> = self.of.system.roles().iter().map(|role| role.name).collect();
        let mut roles: Vec<Name> =
            random.one_of(if random.percent(85) { &granted } else { &all }).copied().into_iter().collect();
        if random.percent(15) {
            roles.extend(random.one_of(&all).copied());
        }
        if random.percent(5) {
            roles.push(OPERATOR.name);
        }
        let maker = input.id.filter(|_| random.percent(70)).and_then(|id| self.maker(service, id));
        let name = maker.unwrap_or_else(|| random.one_of(&NAMES).copied().unwrap_or_default().into());
        somebody(&name, &roles)
    }

    /// Anybody, with a role or two.
    pub(super) fn somebody(&self, random: &Random) -> Arc<Caller> {
        let mut all: Vec<Name> = self.of.system.roles().iter().map(|role| role.name).collect();
        all.push(OPERATOR.name);
        let second = random.one_of(&all).filter(|_| random.percent(25));
        let roles: Vec<Name> = random.one_of(&all).into_iter().chain(second).copied().collect();
        somebody(random.one_of(&NAMES).copied().unwrap_or_default(), &roles)
    }

    /// Who was last answered with this id.
    fn maker(&self, service: usize, id: Id) -> Option<Arc<str>> {
        let mut sent = self.requests.iter().rev().filter(|sent| sent.service == service);
        let maker = sent
            .find(|sent| sent.response.as_ref().is_some_and(|said| said.as_ref().is_ok_and(|answer| answer.id == id)));
        Some(maker?.asked.meta.who.as_ref()?.subject.clone())
    }

    /// What an edge finds that somebody may; `None`: it turns them away.
    pub(super) fn permission(&self, service: usize, route: &Route, caller: &Caller) -> Option<Permission> {
        let may = route.grants.to_use(caller)?;
        let mut shown =
            self.of.system.contexts[service].readable().filter(|collection| collection.name == route.collection);
        let sees = shown.next().map_or(Some(Rights::All), |collection| collection.grants.to_read(caller));
        Some(Permission { may, sees: sees.unwrap_or(Rights::Of(vec![])) })
    }
}
