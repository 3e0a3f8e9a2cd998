//! A newer release opens an older one's store: events are lifted, states folded again, a changed view is rebuilt beside the one that answers.
mod new;
mod old;

use kernel::{
    CallKey, CallRecord, FormLimits, Group, Head, Id, Meta, RouteAction, Row, Settings, ShownRow, StoredAnswer,
    SubscriptionKey, System,
};
use memory::Disk;
use runtime::limits::Limits as Bounds;
use runtime::machine::{Input, Machine};
use runtime::port::clock::{Moment, Now};
use runtime::port::feed::Slice;
use runtime::port::store::{ParkedEvent, Reader, Result, Store, StoreError, Table};
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
        Diary::try_open(system, disk, Bounds::default(), usize::MAX).expect("the store can be written")
    }

    /// On a disk that takes only so many groups before it is full.
    fn try_open(system: System, disk: &Disk, limits: Bounds, groups: usize) -> Result<Diary> {
        let system = Arc::new(system);
        let store = Box::new(disk.open(&Table::all(&system.contexts[0])));
        let mut store: Box<dyn Store> = Box::new(FullAfter { groups, store });
        let (settings, now) = (Settings::default(), Now::default());
        let mut machine = Machine::open(system.clone(), "diary", limits, &settings, store.as_ref(), now, 7)?;
        machine.refold_old_states(store.as_mut())?;
        let mut diary = Diary { system, store, machine };
        diary.flush();
        Ok(diary)
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

    fn row(&self, table: &str, id: u64) -> Row {
        self.reader().row(table, Id(id)).expect("a table").expect("a row")
    }

    fn body(&self, table: &str, id: u64) -> Option<String> {
        self.reader().row(table, Id(id)).expect("a table").and_then(|row| row.body).map(|body| body.to_string())
    }

    fn answering(&self) -> u32 {
        self.reader().head().expect("a head").versions["pages"]
    }
}

/// A store that is full after so many groups.
struct FullAfter {
    groups: usize,
    store: Box<dyn Store>,
}

impl Store for FullAfter {
    fn apply(&mut self, group: &Group) -> Result<()> {
        self.groups = self.groups.checked_sub(1).ok_or_else(|| StoreError::Full("no room".into()))?;
        self.store.apply(group)
    }

    fn head(&self) -> Result<Head> {
        self.store.head()
    }

    fn state(&self, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
        self.store.state(kind, id)
    }

    fn row(&self, table: &str, id: Id) -> Result<Option<Row>> {
        self.store.row(table, id)
    }

    fn call(&self, key: &CallKey) -> Result<Option<CallRecord>> {
        self.store.call(key)
    }

    fn calls(&self, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
        self.store.calls(caller, from, to)
    }

    fn answer(&self, route: &str, key: &str) -> Result<Option<StoredAnswer>> {
        self.store.answer(route, key)
    }

    fn parked(&self) -> Result<Vec<ParkedEvent>> {
        self.store.parked()
    }

    fn reader(&self) -> Arc<dyn Reader> {
        self.store.reader()
    }
}

/// What the old release has written, so many notes.
fn many_notes(notes: u64) -> Disk {
    let disk = Disk::new();
    let mut diary = Diary::open(old::system(&Settings::default()), &disk);
    (1..=notes).for_each(|nth| diary.write(&vec!["word"; 1 + nth as usize % 7].join(" ")));
    disk
}

fn states(disk: &Disk) -> Vec<String> {
    let states = disk.open(&[]).reader().states("note", Id(0), 1000).expect("states");
    states.into_iter().map(|(_, body)| body.to_string()).collect()
}

/// Of the new release, however much it has in memory at once.
fn bounds(refold_states: usize) -> Bounds {
    Bounds { refold_states, cache_entries: 16, ..Bounds::default() }
}

#[test]
fn many_states_are_folded_again_in_portions() {
    let (in_one, in_many) = (many_notes(100), many_notes(100));
    drop(Diary::open(new::system(&Settings::default()), &in_one));
    let diary = Diary::try_open(new::system(&Settings::default()), &in_many, bounds(30), usize::MAX).expect("it opens");
    assert_eq!((states(&in_many).len(), states(&in_many)), (100, states(&in_one)));
    assert_eq!(
        diary.body("notes", 6).as_deref(),
        Some(r#"{"id":6,"text":"word word word word word word word","words":7}"#)
    );
    let head = diary.reader().head().expect("a head");
    assert_eq!((head.versions["note"], head.refolding.len()), (2, 0));
}

#[test]
fn a_crash_while_states_are_folded_again_goes_on_where_it_was() {
    let (disk, whole) = (many_notes(100), many_notes(100));
    drop(Diary::open(new::system(&Settings::default()), &whole));
    let new = || new::system(&Settings::default());
    let refolding = || disk.open(&[]).head().expect("a head").refolding.get("note").copied();
    // each try makes 16 states durable, then 14, as 30 are in memory at once
    for (groups, from) in [(0, None), (1, Some(Id(17))), (2, Some(Id(47))), (1, Some(Id(63)))] {
        let full = Diary::try_open(new(), &disk, bounds(30), groups).err().expect("no room");
        assert_eq!((full, refolding()), (StoreError::Full("no room".into()), from));
    }
    assert!(states(&disk)[61].contains("words") && !states(&disk)[62].contains("words"));
    drop(Diary::try_open(new(), &disk, bounds(30), usize::MAX).expect("it opens"));
    assert_eq!((states(&disk), refolding()), (states(&whole), None));
}

#[test]
fn an_older_release_that_comes_back_meanwhile_folds_them_as_it_knows_them() {
    let (disk, before) = (many_notes(100), states(&many_notes(100)));
    assert!(Diary::try_open(new::system(&Settings::default()), &disk, bounds(30), 2).is_err());
    assert_ne!(states(&disk), before);
    let mut diary = Diary::open(old::system(&Settings::default()), &disk);
    assert_eq!(states(&disk), before);
    diary.write("one more");
    assert_eq!(diary.reader().head().expect("a head").versions["note"], 1);
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

/// The new release, and one after it that sorts the same rows the other way round.
#[test]
fn rows_are_sorted_as_the_new_release_sorts_them_although_they_look_the_same() {
    let disk = written_by_the_old_release();
    let before = Diary::open(new::system(&Settings::default()), &disk).row("notes", 2);
    let mut sorts_otherwise = new::system(&Settings::default());
    let diary = &mut sorts_otherwise.contexts[0];
    diary.kinds[0].version = 3;
    let show = std::mem::replace(&mut diary.collections[0].show, Box::new(|_, _, _| None));
    let otherwise = |row: ShownRow| ShownRow { keys: row.keys.into_iter().map(i64::wrapping_neg).collect(), ..row };
    diary.collections[0].show = Box::new(move |id, key, state| show(id, key, state).map(otherwise));
    let after = Diary::open(sorts_otherwise, &disk).row("notes", 2);
    assert_eq!((before.keys.clone(), after.keys.clone()), (vec![3], vec![-3]));
    assert_eq!(after, Row { keys: vec![-3], ..before }, "readers see no change");
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
