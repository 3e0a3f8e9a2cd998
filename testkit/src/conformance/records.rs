//! Records: what is kept comes back as it was.
use super::{Fresh, Sample, contents, row, sample_tables};
use crate::people::somebody;
use kernel::{CallKey, CallRecord, Commit, Id, Parked, RowChange, StateChange, StoredAnswer, Timestamp};
use runtime::port::store::Store;
use std::sync::Arc;

const TEXT: &str = "나들 «π» 🚕 \t\n\"\\\u{1}\u{7f}\u{2028} é≠e\u{301} ￿";

pub fn states_are_there_at_their_newest(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let state = |kind, id, body: &str| StateChange { kind, id: Id(id), body: body.into() };
    let commit = |states| Commit { states, ..Commit::default() };
    let first = vec![state("trip", 1, "a"), state("driver", 1, "b"), state("trip", 9, "c"), state("trip", 1, "d")];
    assert_eq!(store.apply(&sample.group(vec![commit(first)])), Ok(()));
    let second = commit(vec![state("trip", 9, "e")]);
    let third = commit(vec![state("trip", 2, "f"), state("trip", 9, "g")]);
    assert_eq!(store.apply(&sample.group(vec![second, third])), Ok(()));
    drop(store);
    let store = place.open(&sample_tables());
    assert_eq!(store.state("trip", Id(1)), Ok(Some("d".into())));
    assert_eq!(store.state("driver", Id(1)), Ok(Some("b".into())));
    assert_eq!(store.state("driver", Id(2)), Ok(None));
    assert_eq!(store.state("nothing", Id(1)), Ok(None));
    let states = |after, at_most| store.reader().states("trip", Id(after), at_most);
    assert_eq!(states(0, 2), Ok(vec![(Id(1), "d".into()), (Id(2), "f".into())]));
    assert_eq!(states(2, 2), Ok(vec![(Id(9), "g".into())]));
    assert_eq!(store.reader().states("nothing", Id(0), 9), Ok(vec![]));
}

/// Everything that takes a text gets this one.
fn everywhere(sample: &mut Sample, text: &str) -> Commit {
    let mut event = Arc::unwrap_or_clone(sample.event(5, text));
    event.event_type = text.to_string().into();
    event.kind = text.to_string().into();
    event.meta.correlation_id = text.into();
    event.meta.who = Some(somebody(text, &[text]));
    event.meta.traceparent = Some(text.into());
    let mut shown = Arc::unwrap_or_clone(row(sample.change(), true, &[1, 2, 3]));
    (shown.body, shown.fold, shown.history) = (Some(text.into()), Some(text.into()), Some(text.into()));
    let change = shown.change;
    let call = CallKey { caller: text.to_string().into(), ticket: Id(1), step: 0 };
    let parked = Parked {
        key: Id(5),
        order: 1,
        event_type: text.into(),
        reason: text.into(),
        attempts: 3,
        retry_at: Some(Timestamp(-1)),
        since: Timestamp(1_700_000_000_123_456),
        event: Arc::new(event.clone()),
    };
    Commit {
        events: vec![Arc::new(event)],
        states: vec![StateChange { kind: "trip", id: Id(5), body: text.into() }],
        rows: vec![RowChange { table: "trips".into(), id: Id(5), change, before: None, after: Some(Arc::new(shown)) }],
        calls: vec![(call, CallRecord::Done { call: text.to_string().into(), body: text.into(), answer: text.into() })],
        forget: vec![],
        answers: vec![answer(text, text, Timestamp(i64::MIN), u64::MAX, text)],
        parked: vec![((text.into(), text.into(), 3), Some(parked))],
    }
}

fn answer(route: &str, key: &str, at: Timestamp, digest: u64, answer: &str) -> StoredAnswer {
    StoredAnswer { route: route.into(), key: key.into(), digest, at, answer: answer.into() }
}

fn comes_back(fresh: Fresh<'_>, text: &str) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let commit = everywhere(&mut sample, text);
    sample.head.fences.insert(text.into(), Id(3));
    let group = sample.group(vec![commit.clone()]);
    assert_eq!(store.apply(&group), Ok(()));
    let before = contents(&*store, &sample_tables());
    drop(store);
    let store = place.open(&sample_tables());
    assert!(contents(&*store, &sample_tables()) == before);
    is_back(&*store, &commit);
    assert_eq!(store.head(), Ok(group.head));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

fn is_back(store: &dyn Store, commit: &Commit) {
    let Commit { events, states, rows, calls, answers, parked, .. } = commit;
    let logged = store.reader().log(0, 9).expect("a log").remove(0);
    assert_eq!(store.reader().log_for_consumer(0, 9), store.reader().log(0, 9));
    assert!(logged.value.is_none());
    let without_value = kernel::Recorded { value: None, ..kernel::Recorded::clone(&events[0]) };
    assert!(format!("{logged:?}") == format!("{without_value:?}"));
    assert!(store.state("trip", Id(5)) == Ok(Some(states[0].body.clone())));
    assert!(store.row("trips", Id(5)) == Ok(rows[0].after.as_deref().cloned()));
    assert!(store.call(&calls[0].0) == Ok(Some(calls[0].1.clone())));
    assert!(store.answer(&answers[0].route, &answers[0].key) == Ok(Some(answers[0].clone())));
    let expected: Vec<_> = parked.iter().cloned().filter_map(|(place, parked)| Some((place, parked?))).collect();
    assert!(store.parked() == Ok(expected));
}

pub fn text_comes_back_byte_for_byte(fresh: Fresh<'_>) {
    comes_back(fresh, TEXT);
    comes_back(fresh, "");
    comes_back(fresh, "\0a\0\u{1}0");
}

pub fn large_values_come_back(fresh: Fresh<'_>) {
    comes_back(fresh, &TEXT.repeat(4000));
}

pub fn the_log_is_in_order_and_by_key(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    for round in 0..5 {
        let events = (0..4).map(|n| sample.event(1 + n % 2, &format!("{{\"round\":{round}}}"))).collect();
        assert_eq!(store.apply(&sample.group(vec![Commit { events, ..Commit::default() }])), Ok(()));
    }
    let reader = store.reader();
    let log = |after, at_most| positions(reader.log(after, at_most));
    assert_eq!(log(0, usize::MAX), (1..=20).collect::<Vec<_>>());
    assert_eq!(log(7, 3), [8, 9, 10]);
    assert_eq!(log(19, 3), [20]);
    assert_eq!(log(20, 3), [0; 0]);
    assert_eq!(log(u64::MAX, 3), [0; 0]);
    let of = |key, after, at_most| positions(reader.log_of(Id(key), after, at_most));
    assert_eq!(of(1, 0, 3), [1, 3, 5]);
    assert_eq!(of(2, 4, usize::MAX), [6, 8, 10, 12, 14, 16, 18, 20]);
    assert_eq!(of(3, 0, usize::MAX), [0; 0]);
}

fn positions(log: runtime::port::store::Result<Vec<kernel::Recorded>>) -> Vec<u64> {
    log.expect("a log").iter().map(|event| event.position).collect()
}

pub fn calls_are_kept_until_forgotten(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let key = |caller: &str, ticket, step| CallKey { caller: caller.to_string().into(), ticket: Id(ticket), step };
    let done = || CallRecord::Done { call: "hold".into(), body: "{}".into(), answer: "{}".into() };
    let asked = [("catch", 7, 0), ("catch", 7, 1), ("catch", 8, 0), ("catch", 9, 0), ("other", 1, 0)];
    let calls = asked.iter().map(|(caller, ticket, step)| (key(caller, *ticket, *step), done())).collect();
    assert_eq!(store.apply(&sample.group(vec![Commit { calls, ..Commit::default() }])), Ok(()));
    let void = Commit { calls: vec![(key("catch", 8, 0), CallRecord::Void)], ..Commit::default() };
    assert_eq!(store.apply(&sample.group(vec![void])), Ok(()));
    assert_eq!(store.call(&key("catch", 8, 0)), Ok(Some(CallRecord::Void)));
    assert_eq!(store.call(&key("catch", 7, 1)), Ok(Some(done())));
    assert_eq!(store.call(&key("catch", 7, 2)), Ok(None));
    let from_to = |from, to| store.calls("catch", Id(from), Id(to));
    assert_eq!(from_to(7, 8), Ok(vec![key("catch", 7, 0), key("catch", 7, 1)]));
    assert_eq!(from_to(8, u64::MAX), Ok(vec![key("catch", 8, 0), key("catch", 9, 0)]));
    assert_eq!(from_to(9, 9), Ok(vec![]));
    assert_eq!(from_to(9, 3), Ok(vec![]));
    let forget = Commit { forget: vec![("catch".into(), Id(9)), ("nobody".into(), Id(9))], ..Commit::default() };
    assert_eq!(store.apply(&sample.group(vec![forget])), Ok(()));
    let left = vec![(key("catch", 9, 0), done()), (key("other", 1, 0), done())];
    assert_eq!(store.reader().calls(), Ok(left));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

pub fn answers_are_kept_until_old(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let answers: Vec<_> = (0..10).map(|n| answer("POST /catches", &format!("k{n}"), Timestamp(n), 1, "{}")).collect();
    assert_eq!(store.apply(&sample.group(vec![Commit { answers, ..Commit::default() }])), Ok(()));
    let again = answer("POST /catches", "k2", Timestamp(50), 2, "[]");
    let answers = vec![again.clone(), answer("POST /other", "k1", Timestamp(51), 3, "{}")];
    assert_eq!(store.apply(&sample.group(vec![Commit { answers, ..Commit::default() }])), Ok(()));
    let mut group = sample.group(vec![]);
    group.answers_before = Some(Timestamp(8));
    assert_eq!(store.apply(&group), Ok(()));
    let kept = |key: &str| store.answer("POST /catches", key).expect("readable").map(|answer| answer.at);
    assert_eq!((0..10).filter_map(|n| kept(&format!("k{n}"))).collect::<Vec<_>>(), [50, 8, 9].map(Timestamp));
    assert_eq!(store.answer("POST /catches", "k2"), Ok(Some(again)));
    assert_eq!(store.answer("GET /catches", "k2"), Ok(None));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

pub fn what_is_parked_waits_in_order(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let place = |position| ("trips".to_string(), "catch".to_string(), position);
    let event = Sample::default().event(4, "{}");
    let parked = |order, attempts| Parked {
        key: Id(4),
        order,
        event_type: "TripTaken".into(),
        reason: "it can't be".into(),
        attempts,
        retry_at: None,
        since: Timestamp(0),
        event: event.clone(),
    };
    let set = vec![(place(9), Some(parked(1, 1))), (place(3), Some(parked(2, 0))), (place(30), Some(parked(3, 0)))];
    assert_eq!(store.apply(&sample.group(vec![Commit { parked: set, ..Commit::default() }])), Ok(()));
    let set = vec![(place(9), Some(parked(1, 2))), (place(3), None), (place(8), None)];
    assert_eq!(store.apply(&sample.group(vec![Commit { parked: set, ..Commit::default() }])), Ok(()));
    let waits = vec![(place(9), parked(1, 2)), (place(30), parked(3, 0))];
    assert_eq!(store.parked(), Ok(waits.clone()));
    assert_eq!(store.reader().parked(), Ok(waits));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}
