//! A source that nobody reads here, since its events come by another way: it is only asked where it ends.
use super::check::{end, known};
use super::source::Source;
use kernel::Head;
use std::time::Duration;

/// Between two questions.
const LOOK: Duration = Duration::from_millis(250);

impl Source {
    pub(super) fn rests(&self) -> bool {
        let read_at = self.state().read_at;
        self.opening.rests_after.is_some_and(|after| read_at.is_none_or(|at| at.elapsed() >= after))
    }

    pub(super) async fn look(&self) {
        // before it is asked: what comes meanwhile may be newer than the answer
        let read = self.state().fetched.furthest;
        if let Ok(head) = self.ask_head().await {
            self.looked(&head, read);
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = self.turned.notified() => {}
        }
    }

    fn looked(&self, head: &Head, read: u64) {
        let mut state = self.state();
        if !state.trusts(head.life, head.position, read) {
            return; // it is checked
        }
        let (was_late, before) = (state.late.take().is_some(), std::mem::replace(&mut state.end, end(head)));
        drop(state);
        self.tell(known(head));
        if was_late || before != end(head) {
            (self.opening.news)();
        }
    }
}
