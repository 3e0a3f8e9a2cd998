//! A context that publishes has a relay as long as it works: begun at its mark, told of what is durable, and ended before the context.
use crate::town::Town;
use kernel::{Life, Name};
use runtime::port::broker::{Broker, Relay, RelayedLog};
use runtime::port::work::SystemAtWork;
use std::sync::{Arc, Mutex, PoisonError};

/// Takes over whatever there is at each news, and says what was done with it.
#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Notes {
    fn note(&self, what: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    fn of(&self, context: &str) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().filter_map(|note| note.strip_prefix(context)?.strip_prefix(": ").map(String::from)).collect()
    }
}

struct Noting(Arc<Notes>);

struct NotingRelay {
    notes: Arc<Notes>,
    log: Arc<dyn RelayedLog>,
    context: Name,
    life: Life,
    /// Where it stands.
    mark: Mutex<u64>,
}

impl Broker for Noting {
    fn begin(&self, log: Arc<dyn RelayedLog>) -> Arc<dyn Relay> {
        let (notes, context, mark) = (self.0.clone(), log.context(), log.relayed());
        notes.note(format!("{context}: begins at {mark}"));
        Arc::new(NotingRelay { notes, context, life: log.life(), mark: Mutex::new(mark), log })
    }
}

impl Relay for NotingRelay {
    fn news(&self) {
        let mut mark = self.mark.lock().unwrap_or_else(PoisonError::into_inner);
        let slice = self.log.published(*mark, 1000).expect("the context works");
        assert!(slice.events.iter().all(|event| event.published));
        if let Some(last) = slice.events.last() {
            *mark = last.position;
            self.log.tell_relayed(last.position);
        }
    }

    fn ask_to_end(&self) {}

    fn end(&self) {
        assert_eq!(self.log.life(), self.life);
        assert!(self.log.published(0, 1).is_ok(), "{} works still", self.context);
        let mark = *self.mark.lock().unwrap_or_else(PoisonError::into_inner);
        self.notes.note(format!("{}: ends at {mark}", self.context));
    }
}

#[test]
fn a_context_that_publishes_has_a_relay_as_long_as_it_works() {
    let notes = Arc::<Notes>::default();
    let town = Town::on(Arc::new(Noting(notes.clone())));
    assert_eq!(notes.of("catch"), ["begins at 0"]);
    assert!(notes.of("mypage").is_empty() && notes.of("message").is_empty(), "they publish nothing");
    assert_eq!(town.hail(), "done");
    town.wait_for("a mark", |town| town.host.status("catch").head.relayed == Some(1));
    town.host.start_context("catch").expect("it works already");
    assert_eq!(notes.of("catch"), ["begins at 0"], "a context that works keeps its relay");
    town.host.stop_context("catch");
    assert_eq!(notes.of("catch"), ["begins at 0", "ends at 1"]);
    town.host.start_context("catch").expect("it starts");
    assert_eq!(notes.of("catch"), ["begins at 0", "ends at 1", "begins at 1"]);
    assert!(town.host.drain());
    assert_eq!(notes.of("catch").last().map(String::as_str), Some("ends at 1"));
}
