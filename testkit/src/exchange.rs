//! One part of a system exchanged for a faulty one, so that the simulation can be shown to find it; everything else stays as it is.
//!
//! `system().with_rule::<Delivery>(|delivery, command| match (command, delivery) { …, (command, delivery) => delivery.decide(command) })`
use kernel::{AddressedCommand, Aggregate, Erased, EventContext, EventSet, Kind, Name, Policy, Rule, System, Then};
use std::sync::Arc;

pub trait Exchange {
    /// Things of one kind follow another rule.
    fn with_rule<A: Aggregate>(self, rule: Rule<A>) -> System;

    /// What one source says is heard otherwise; `rest` is what follows from it as declared.
    fn with_policy<E: EventSet, A: Aggregate>(
        self,
        policy: impl Fn(E, &dyn Fn(E) -> Then<A>) -> Then<A> + Send + Sync + 'static,
    ) -> System;

    /// A view passes over what one source says, where its page is so: the order of hearing counts.
    fn with_deaf_view<P: 'static>(self, view: Name, source: Name, so: fn(&P) -> bool) -> System;
}

impl Exchange for System {
    fn with_rule<A: Aggregate>(mut self, rule: Rule<A>) -> System {
        let kinds = self.contexts.iter_mut().flat_map(|context| &mut context.kinds);
        *only(kinds.filter(|kind| kind.name == A::KIND), A::KIND) = Kind::ruled_by::<A>(rule);
        self
    }

    fn with_policy<E: EventSet, A: Aggregate>(
        mut self,
        policy: impl Fn(E, &dyn Fn(E) -> Then<A>) -> Then<A> + Send + Sync + 'static,
    ) -> System {
        let policies = self.contexts.iter_mut().flat_map(|context| &mut context.policies);
        let heard = policies.filter(|p| p.source == E::SOURCE && p.commands == A::KIND && p.kinds == E::KINDS);
        let place = only(heard, A::KIND);
        let passes = Policy::new(|_: E, _: &EventContext<'_>| kernel::nothing::<A>());
        let declared = std::mem::replace(place, passes);
        *place = Policy::new(move |said: E, told: &EventContext<'_>| {
            policy(said, &|said| typed((declared.run)(&(Arc::new(said) as Erased), told)))
        });
        self
    }

    fn with_deaf_view<P: 'static>(mut self, view: Name, source: Name, so: fn(&P) -> bool) -> System {
        let views = self.contexts.iter_mut().flat_map(|context| &mut context.views);
        let found = only(views.filter(|found| found.collection.name == view), view);
        for source_fold in found.folds.iter_mut().filter(|source_fold| source_fold.source == source) {
            let declared = std::mem::replace(&mut source_fold.fold, Box::new(|page, _, _| page.clone()));
            source_fold.fold = Box::new(move |page, said, at| {
                if page.downcast_ref::<P>().is_some_and(so) { page.clone() } else { declared(page, said, at) }
            });
        }
        self
    }
}

fn only<T>(mut found: impl Iterator<Item = T>, what: &str) -> T {
    let first = found.next().unwrap_or_else(|| panic!("the system has no {what} to exchange"));
    assert!(found.next().is_none(), "the system has more than one {what}");
    first
}

fn typed<A: Aggregate>(addressed: Option<AddressedCommand>) -> Then<A> {
    Then(
        addressed
            .map(|addressed| (addressed.id, *addressed.command.downcast().expect("a policy commands its own kind"))),
    )
}
