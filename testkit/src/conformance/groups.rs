//! Groups: whole or not at all, once and for good.
use super::{Fresh, Sample, contents, row, sample_tables};
use kernel::{Commit, Group, Id, RowChange};
use runtime::port::store::{Query, ReadLimit};
use std::sync::Arc;

pub fn a_new_store_is_empty(fresh: Fresh<'_>) {
    let place = fresh();
    let store = place.open(&sample_tables());
    assert_eq!(store.head(), Ok(kernel::Head::default()));
    assert_eq!(store.reader().head(), Ok(kernel::Head::default()));
    assert_eq!(store.state("trip", Id(1)), Ok(None));
    assert_eq!(store.row("trips", Id(1)), Ok(None));
    assert_eq!(store.reader().page("trips", &all()), Ok(runtime::port::store::RowPage::default()));
    assert!(store.reader().log(0, 10).is_ok_and(|log| log.is_empty()));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

pub fn a_group_is_there_as_it_was_given(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let commits: Vec<Commit> = (1..=5).map(|key| sample.commit(key)).collect();
    let group = sample.group(commits);
    assert_eq!(store.apply(&group), Ok(()));
    assert_eq!(store.head(), Ok(group.head.clone()));
    let reader = store.reader();
    assert_eq!(reader.head(), Ok(group.head.clone()));
    for commit in &group.commits {
        let (state, change) = (&commit.states[0], &commit.rows[0]);
        assert_eq!(store.state(state.kind, state.id), Ok(Some(state.body.clone())));
        assert_eq!(store.row("trips", change.id), Ok(change.after.as_deref().cloned()));
        assert_eq!(reader.row("trips", change.id), Ok(change.after.as_deref().cloned()));
    }
    assert_eq!(reader.verify(), Ok(vec![]));
}

/// Each good but for one thing, and that one last.
fn wrong(sample: &Sample) -> Vec<(&'static str, Group)> {
    let wrong = |what, break_it: fn(&mut Sample, &mut Commit)| {
        let mut sample = sample.clone();
        let good = sample.commit(77);
        let mut last = sample.commit(78);
        break_it(&mut sample, &mut last);
        (what, sample.group(vec![good, last]))
    };
    vec![
        wrong("a position left out", |sample, commit| {
            sample.head.position += 1;
            let event = sample.event(1, "{}");
            commit.events.push(event);
        }),
        wrong("a position given twice", |_, commit| commit.events.push(commit.events[0].clone())),
        wrong("a head behind the log", |sample, _| sample.head.position -= 1),
        wrong("an unknown table", |_, commit| commit.rows[0].table = "elsewhere".into()),
        wrong("too few keys", |_, commit| commit.rows[0].after = Some(row(9, true, &[1]))),
        wrong("a row that was not there", |_, commit| commit.rows[0].before = commit.rows[0].after.clone()),
        wrong("a row that is there already", |_, commit| commit.rows[0].id = Id(1001)),
        wrong("a row that goes and was not there", |_, commit| {
            commit.rows[0].before = commit.rows[0].after.take();
        }),
    ]
}

pub fn a_group_that_fails_leaves_nothing(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let good = vec![sample.commit(1), sample.commit(2)];
    assert_eq!(store.apply(&sample.group(good)), Ok(()));
    let before = contents(&*store, &sample_tables());
    for (what, group) in wrong(&sample) {
        assert!(store.apply(&group).is_err(), "{what} was taken");
        assert_eq!(contents(&*store, &sample_tables()), before, "{what} left something");
    }
    drop(store);
    assert_eq!(contents(&*place.open(&sample_tables()), &sample_tables()), before);
}

pub fn after_a_failed_group_the_next_one_goes(fresh: Fresh<'_>) {
    let (clean, tried) = (fresh(), fresh());
    let (mut clean, mut tried) = (clean.open(&sample_tables()), tried.open(&sample_tables()));
    let mut sample = Sample::default();
    for round in 0..4 {
        let commits = vec![sample.commit(round), sample.commit(round + 1)];
        let group = sample.group(commits);
        assert_eq!(clean.apply(&group), Ok(()));
        assert_eq!(tried.apply(&group), Ok(()));
        for (what, wrong) in wrong(&sample) {
            assert!(tried.apply(&wrong).is_err(), "{what} was taken");
        }
    }
    assert_eq!(contents(&*tried, &sample_tables()), contents(&*clean, &sample_tables()));
}

pub fn an_empty_group_moves_the_head_only(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    sample.head.settled = Id(40);
    sample.head.settled_ahead = [41, 43].map(Id).into_iter().collect();
    let group = sample.group(vec![]);
    assert_eq!(store.apply(&group), Ok(()));
    assert_eq!(store.head(), Ok(group.head));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

pub fn a_crash_between_groups_loses_nothing(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    for round in 0..12 {
        let mut store = place.open(&sample_tables());
        assert_eq!(store.head().map(|head| head.position), Ok(round * 2));
        let commits = vec![sample.commit(round), sample.commit(round)];
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
        let before = contents(&*store, &sample_tables());
        drop(store);
        assert_eq!(contents(&*place.open(&sample_tables()), &sample_tables()), before);
    }
}

pub fn readers_see_whole_groups(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let reader = store.reader();
    std::thread::scope(|scope| {
        let looking = scope.spawn(move || {
            loop {
                let page = reader.page("trips", &all()).expect("readable while written");
                assert_eq!(page.total % 3, 0, "a part of a group was seen");
                assert_eq!(page.rows.len() as u64, page.total);
                if page.total == 150 {
                    return;
                }
            }
        });
        for round in 0..50 {
            let commits = (0..3).map(|_| sample.commit(round)).collect();
            assert_eq!(store.apply(&sample.group(commits)), Ok(()));
        }
        assert!(looking.join().is_ok());
    });
}

pub fn a_row_changed_twice_in_a_group_is_there_once(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let change = |change, id, before, after| RowChange { table: "trips".into(), id: Id(id), change, before, after };
    let made = [sample.change(), sample.change(), sample.change(), sample.change(), sample.change()];
    let rows = made.map(|change| row(change, true, &[change as i64, 1, -(change as i64)]));
    let [one, two, three, four, _] = rows.map(Some);
    let commit = Commit {
        rows: vec![
            change(1, 5, None, one.clone()),
            change(2, 5, one, two.clone()),
            change(3, 6, None, three.clone()),
            change(4, 5, two, four.clone()),
            change(5, 6, three, None),
        ],
        ..Commit::default()
    };
    assert_eq!(store.apply(&sample.group(vec![commit])), Ok(()));
    let page = store.reader().page("trips", &all()).expect("a page");
    assert_eq!((page.rows, page.total), (vec![(Id(5), Arc::unwrap_or_clone(four.expect("made above")))], 1));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

fn all() -> Query {
    Query { limit: ReadLimit::rows(usize::MAX), ..Query::default() }
}
