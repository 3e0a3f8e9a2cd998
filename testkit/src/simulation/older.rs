//! Two releases beside each other: some processes are of one that does not know an event which the others publish, until they start again.
use super::world::World;
use super::{Simulation, random::Random};
use kernel::{Context, EventKind, Name, System};
use std::sync::Arc;

/// The release before.
pub(super) struct OlderRelease {
    pub system: Arc<System>,
    /// Whose event it does not know. Its own processes are of the newer release.
    pub source: Name,
}

impl Simulation {
    /// Processes of the other contexts may be of a release that does not know this event of `source`. `system` is the same system once more.
    pub fn beside_a_release_without(self, system: System, source: Name, event: Name) -> Simulation {
        Simulation { older: Some(OlderRelease { system: Arc::new(without(system, source, event)), source }), ..self }
    }
}

/// Nobody in it declares the event or does anything with it.
fn without(mut system: System, source: Name, event: Name) -> System {
    for context in &mut system.contexts {
        if context.name == source {
            forget_event(context, event);
        }
        for policy in context.policies.iter_mut().filter(|policy| policy.source == source) {
            let run = std::mem::replace(&mut policy.run, Box::new(|_, _| None));
            policy.run = Box::new(move |value, frame| if frame.event_type == event { None } else { run(value, frame) });
        }
        for fold in context.views.iter_mut().flat_map(|view| &mut view.folds).filter(|fold| fold.source == source) {
            let key = std::mem::replace(&mut fold.key, Box::new(|_, _| None));
            fold.key =
                Box::new(move |value, recorded| if recorded.event_type == event { None } else { key(value, recorded) });
        }
    }
    system
}

fn forget_event(context: &mut Context, event: Name) {
    for kind in &mut context.kinds {
        let others: Vec<EventKind> = kind.events.iter().filter(|kind| kind.name != event).copied().collect();
        kind.events = others.leak(); // once for a simulation
    }
}

impl World<'_> {
    /// Which processes are of the older release at first.
    pub(super) fn choose_releases(&mut self) {
        let Some(older) = &self.of.older else { return };
        for service in self.services.iter_mut().filter(|service| service.name != older.source) {
            service.replicas.iter_mut().for_each(|replica| replica.is_older = self.random.percent(60));
        }
    }

    /// Everybody is of the newer release from here on; those that work for the older one end.
    pub(super) fn update_all(&mut self) {
        for (at, replica) in self.replicas_that(|replica| replica.is_older) {
            self.services[at].replicas[replica].is_older = false;
            if self.services[at].replicas[replica].is_up() {
                self.crash(at, replica);
            }
        }
    }

    pub(super) fn release_of(&self, at: usize, replica: usize) -> Arc<System> {
        match &self.of.older {
            Some(older) if self.services[at].replicas[replica].is_older => older.system.clone(),
            _ => self.of.system.clone(),
        }
    }
}

/// A process that starts again may be of the newer release; none goes back.
pub(super) fn is_older_still(was_older: bool, random: &Random) -> bool {
    was_older && random.percent(70)
}
