//! A newer release opens an older one's store: events are lifted, states folded again, a changed view is rebuilt beside the one that answers.
mod new;
mod old;

use kernel::{FormLimits, Id, Meta, RouteAction, Settings, SubscriptionKey, System};
use memory::Disk;
use runtime::limits::Limits as Bounds;
use runtime::machine::{Input, Machine};
use runtime::port::clock::{Moment, Now};
use runtime::port::feed::Slice;
use runtime::port::store::{Reader, Store, Table};
use runtime::request::{ClientRequest, RequestForm, RouteName};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The diary's only context at work on a disk, driven by hand.
struct Diary {
    system: Arc<System>,
    store: Box<dyn Store>,
    machine: Machine,
}

impl Diary {
    fn open(system: System, disk: &Disk) -> Diary {
        let system = Arc::new(system);
        let store: Box<dyn Store> = Box::new(disk.open(&Table::all(&system.contexts[0])));
        let settings = Settings::default();
        let (limits, now) = (Bounds::default(), Now::default());
        let machine = Machine::open(system.clone(), "diary", limits, &settings, store.as_ref(), now, 7);
        let mut diary = Diary { system, store, machine: machine.expect("the store can be read") };
        diary.flush();
        diary
    }

    fn step(&mut self, input: Input) {
        self.machine.step(self.store.as_ref(), Now::default(), input).expect("the store can be read");
    }

    fn flush(&mut self) {
        self.machine.flush(self.store.as_mut()).expect("the store can be written");
    }

    fn write(&mut self, text: &str) {
        let body = format!("{{\"text\":{text:?}}}");
        let fields: BTreeMap<_, _> = kernel::serde_json::from_str(&body).expect("a JSON object");
        let body = kernel::Body { fields, limits: FormLimits { text_chars_max: 1000 } };
        let route = &self.system.contexts[0].routes[0];
        assert!(matches!(route.action, RouteAction::Commands(_)));
        let form = (route.form.read)(&body).expect("a form");
        let request = ClientRequest {
            route: RouteName::of_route(route),
            id: None,
            form: RequestForm::Read(form),
            idempotency: None,
            if_match: None,
            time_left_ms: 1000,
            meta: Meta::default(),
            permission: Default::default(),
        };
        self.step(Input::Request { token: 1, request, arrived: Moment::default() });
        self.flush();
    }

    /// Lets the view read up to `most` events more.
    fn read(&mut self, most: usize) {
        let wants: Vec<(SubscriptionKey, u64)> =
            self.machine.wants().map(|(subscription, after)| (subscription.clone(), after)).collect();
        for (subscription, after) in wants {
            let events: Vec<_> = self.reader().log(after, most).expect("a log").into_iter().map(Arc::new).collect();
            let up_to = events.last().map_or(after, |event| event.position);
            self.step(Input::Events { subscription, slice: Slice { after, events, up_to, more: false } });
        }
        self.flush();
    }

    fn reader(&self) -> Arc<dyn Reader> {
        self.store.reader()
    }

    fn body(&self, table: &str, id: u64) -> Option<String> {
        self.reader().row(table, Id(id)).expect("a table").and_then(|row| row.body).map(|body| body.to_string())
    }

    fn answering(&self) -> u32 {
        self.reader().head().expect("a head").versions["pages"]
    }
}

fn written_by_the_old_release() -> Disk {
    let disk = Disk::new();
    let mut diary = Diary::open(old::system(&Settings::default()), &disk);
    ["비가 온다", "one two three", "x"].iter().for_each(|text| diary.write(text));
    diary.read(100);
    assert_eq!(diary.body("pages@1", 2).as_deref(), Some(r#"{"id":2,"text":"one two three"}"#));
    disk
}

#[test]
fn older_events_are_lifted_and_states_folded_again() {
    let diary = Diary::open(new::system(&Settings::default()), &written_by_the_old_release());
    let states = diary.reader().states("note", Id(0), 10).expect("states");
    let bodies: Vec<_> = states.iter().map(|(_, body)| body.to_string()).collect();
    assert_eq!(
        bodies,
        [r#"{"text":"비가 온다","words":2}"#, r#"{"text":"one two three","words":3}"#, r#"{"text":"x","words":1}"#]
    );
}

#[test]
fn rows_made_of_states_follow_the_new_shape() {
    let diary = Diary::open(new::system(&Settings::default()), &written_by_the_old_release());
    assert_eq!(diary.body("notes", 2).as_deref(), Some(r#"{"id":2,"text":"one two three","words":3}"#));
}

#[test]
fn the_old_view_answers_until_the_new_one_has_caught_up() {
    let mut diary = Diary::open(new::system(&Settings::default()), &written_by_the_old_release());
    assert_eq!(diary.answering(), 1);
    diary.read(2);
    assert_eq!(diary.answering(), 1, "it is still behind");
    assert_eq!(diary.body("pages@1", 3).as_deref(), Some(r#"{"id":3,"text":"x"}"#));
    diary.read(2);
    assert_eq!(diary.answering(), 2);
    assert_eq!(diary.body("pages@2", 3).as_deref(), Some(r#"{"id":3,"text":"x","words":1}"#));
    assert!(diary.reader().row("pages@1", Id(3)).ok().flatten().is_none(), "the old rows are gone");
}

#[test]
fn a_crash_while_rebuilding_goes_on_where_it_was() {
    let disk = written_by_the_old_release();
    let mut diary = Diary::open(new::system(&Settings::default()), &disk);
    diary.read(2);
    drop(diary);
    let mut diary = Diary::open(new::system(&Settings::default()), &disk);
    assert_eq!(
        (diary.answering(), diary.machine.wants().map(|(_, position)| position).collect::<Vec<_>>()),
        (1, vec![2])
    );
    diary.read(2);
    assert_eq!(diary.answering(), 2);
}
