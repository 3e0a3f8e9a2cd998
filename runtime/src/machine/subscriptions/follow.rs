//! What the policies make of one event: the commands that follow from it, all in one draft.
use crate::machine::attempt::Attempt;
use crate::machine::decide::EventOrigin;
use crate::machine::draft::Draft;
use crate::machine::injected::InjectedFault;
use crate::machine::workspace::Scope;
use crate::port::store::Result;
use kernel::{AddressedCommand, Policy, Recorded};
use std::sync::Arc;

impl Scope<'_> {
    pub(super) fn follow(
        &mut self,
        draft: &mut Draft,
        source: &str,
        recorded: &Arc<Recorded>,
    ) -> Result<std::result::Result<(), String>> {
        let declared = self.work.declared();
        let sees = recorded.published || source == declared.name;
        for policy in declared.policies.iter().filter(|policy| policy.source == source && sees) {
            let command = match self.following(draft, policy, recorded)? {
                Ok(Some(command)) => command,
                Ok(None) => continue,
                Err(why) => return Ok(Err(why)),
            };
            let name = command.name();
            let mut origin = EventOrigin::event(recorded);
            if self.work.injected == InjectedFault::OwnerForgotten {
                origin.meta.owner = None;
            }
            match self.decide(draft, command, &origin)? {
                Attempt::Done(_) => {}
                Attempt::Refused(reason) => return Ok(Err(format!("{name} was refused: {}", reason.code))),
                Attempt::Fault(what) => return Ok(Err(format!("{name} broke: {what}"))),
            }
        }
        Ok(Ok(()))
    }

    /// The command that follows, if any; or why the event can't be read.
    fn following(
        &mut self,
        draft: &Draft,
        policy: &Policy,
        recorded: &Arc<Recorded>,
    ) -> Result<std::result::Result<Option<AddressedCommand>, String>> {
        let follow = |local: &dyn kernel::LocalReader| match policy.follow(recorded, local) {
            Ok(command) => Attempt::Done(command),
            Err(unreadable) => Attempt::Fault(format!("{} can't be read: {unreadable}", recorded.event_type)),
        };
        Ok(match self.reading(&draft.changed, follow)? {
            Attempt::Done(command) => Ok(command),
            Attempt::Refused(reason) => Err(reason.code.to_string()),
            Attempt::Fault(what) => Err(what),
        })
    }
}
