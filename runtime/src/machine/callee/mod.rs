//! Other contexts' calls: each is done once and remembered until its caller has settled it, and is undone on request, also before it came.
mod answer;
mod undo;
mod void_range;

pub use answer::answer_call;
pub use undo::{on_undo, undo_by_hand};
pub use void_range::void_range;

use super::workspace::Scope;
use crate::message::CallRequest;
use crate::port::clock::Moment;
use kernel::Id;

/// A call that has arrived, with its deadline by this context's own clock.
pub struct IncomingCall {
    pub request: CallRequest,
    pub deadline: Moment,
}

impl Scope<'_> {
    /// Calls of this caller below this ticket are not answered any more.
    fn fence(&self, caller: &str) -> Id {
        self.work.head.fences.get(caller).copied().unwrap_or_default()
    }

    fn raise_fence(&mut self, caller: &str, to: Id) {
        let fence = self.fence(caller).max(to);
        self.work.head.fences.insert(caller.to_string(), fence);
        self.work.dirty_head = true;
    }

    /// What the caller has settled need not be remembered; the fence turns late copies of it away.
    fn forget_settled(&mut self, caller: &str, settled: Id) {
        if settled.0 < self.fence(caller).0 + self.work.limits.forget_tickets {
            return;
        }
        let mut draft = self.work.draft();
        draft.commit.forget.push((caller.to_string(), settled));
        self.work.keep(draft);
        self.work.current.forget_calls(caller, settled);
        self.raise_fence(caller, settled);
    }
}
