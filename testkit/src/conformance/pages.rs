//! Pages: the same rows in the same order from every store, however they came and went.
use super::{Fresh, Model, Sample, row, sample_tables};
use kernel::{Commit, Id, Relation, RowChange, pair_key};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use runtime::port::store::{Query, ReadLimit, Reader, Store, Table};

/// What becomes of one row: of which table, which row, listed or not with its keys, or gone; and whether readers see a change.
pub(super) type Step = (usize, u64, Option<(bool, Vec<i64>)>, bool);

/// A limit that some rows pass by their bytes before their number.
pub(super) const SMALL: ReadLimit = ReadLimit { rows: 9, bytes: 40 };

/// A failing case is printed small; there is no file to keep it in.
pub(super) fn quick() -> Config {
    Config { cases: 32, failure_persistence: None, ..Config::default() }
}

/// Groups of changes; few ids and keys, so that they meet.
pub(super) fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let to = prop::option::weighted(0.8, (prop::bool::weighted(0.8), prop::collection::vec(-2..3i64, 4)));
    let step = (0..sample_tables().len(), 1..25u64, to, prop::bool::weighted(0.8));
    prop::collection::vec(prop::collection::vec(step, 1..40), 1..6)
}

pub(super) fn play(store: &mut dyn Store, groups: Vec<Vec<Step>>) -> Vec<Model> {
    let mut models: Vec<Model> = sample_tables().into_iter().map(Model::new).collect();
    let mut sample = Sample::default();
    for group in groups {
        let mut commits = vec![];
        for (model, id, to, is_seen) in group {
            let model = &mut models[model];
            let keys = model.table.keys();
            let to = to.map(|(listed, all)| (listed, all[..keys].to_vec()));
            let unseen = to.clone().filter(|_| !is_seen).and_then(|to| model.set_unseen(Id(id), to));
            let change = unseen.unwrap_or_else(|| model.set(Id(id), to, &mut sample.head));
            commits.push(Commit { rows: vec![change], ..Commit::default() });
        }
        assert_eq!(store.apply(&sample.group(commits)).and_then(|()| store.maintain()), Ok(()));
    }
    models
}

/// Every way to ask a table, but for where to begin.
pub(super) fn queries(table: &Table, keys: &[i64]) -> Vec<Query> {
    let finds = (0..table.finds).flat_map(|find| keys.iter().map(move |key| Some((find, *key))));
    let both = keys.iter().flat_map(|one| keys.iter().map(|other| pair_key(*one, *other))).collect::<Vec<_>>();
    let pairs = (0..table.pairs.len()).map(|pair| table.finds + pair);
    let pairs = pairs.flat_map(|find| both.iter().map(move |key| Some((find, *key))));
    let parts = Relation::ALL.into_iter().filter(|_| table.owned).map(Table::find_of);
    let finds = finds.chain(pairs).chain(parts.flat_map(|find| keys.iter().map(move |key| Some((find, *key)))));
    let sorts = || std::iter::once(None).chain((0..table.sorts).map(Some));
    let shapes = std::iter::once(None).chain(finds).flat_map(|find| sorts().map(move |sort| (find, sort)));
    let query =
        |(find, sort), descending| Query { find, sort, descending, limit: ReadLimit::rows(5), ..Query::default() };
    shapes.flat_map(|shape| [query(shape, false), query(shape, true)]).collect()
}

fn same(reader: &dyn Reader, model: &Model, query: Query) {
    assert_eq!(reader.page(&model.table.name, &query), Ok(model.page(&query)), "{} by {query:?}", model.table.name);
}

pub fn pages_are_those_of_the_model(fresh: Fresh<'_>) {
    let tried = TestRunner::new(quick()).run(&steps(), |groups| {
        let place = fresh();
        let mut store = place.open(&sample_tables());
        let models = play(&mut *store, groups);
        let reader = store.reader();
        for model in &models {
            for query in queries(&model.table, &[-1, 2, 9]) {
                [0, 1, 4, 30].into_iter().for_each(|offset| same(&*reader, model, Query { offset, ..query }));
                same(&*reader, model, Query { limit: SMALL, ..query });
                for (key, id) in [(0, 5), (-1, 12), (i64::MAX, 3), (i64::MIN, 3), (0, 0)] {
                    same(&*reader, model, Query { after: Some((key, Id(id))), ..query });
                }
            }
            let rows: Vec<_> = model.rows.iter().map(|(id, row)| (*id, kernel::Row::clone(row))).collect();
            assert_eq!(reader.rows(&model.table.name, Id(0), usize::MAX), Ok(rows));
        }
        assert_eq!(reader.verify(), Ok(vec![]));
        Ok(())
    });
    if let Err(failing) = tried {
        panic!("{failing}");
    }
}

/// Enough rows that no store can hold them in one piece.
pub fn deep_pages_are_those_of_the_model(fresh: Fresh<'_>) {
    let place = fresh();
    let table = Table { name: "wide@3".into(), finds: 2, sorts: 2, pairs: vec![(1, 0)], ordered: true, owned: true };
    let (mut store, mut sample, mut model) =
        (place.open(std::slice::from_ref(&table)), Sample::default(), Model::new(table));
    let mut dice = Dice(7);
    for round in 0..24 {
        let mut commits = vec![];
        for nth in 0..600 {
            // Rows come at the end, then change anywhere, then mostly go.
            let (new, go) = (round < 12, round >= 16 && !dice.next().is_multiple_of(4));
            let id = if new { round * 600 + nth + 1 } else { 1 + dice.next() % 7200 };
            let finds = [3, 8].map(|of| i64::from(dice.next().is_multiple_of(of)));
            let keys = [finds.as_slice(), &[dice.key(5000), dice.key(3), dice.key(100_000)]].concat();
            let to = (!go).then(|| (!dice.next().is_multiple_of(10), keys));
            commits.push(model.commit(Id(id), to, &mut sample.head));
        }
        assert_eq!(store.apply(&sample.group(commits)).and_then(|()| store.maintain()), Ok(()));
        if round % 5 == 3 {
            deep(&*store.reader(), &model);
            assert_eq!(store.reader().verify(), Ok(vec![]));
            drop(store);
            store = place.open(std::slice::from_ref(&model.table));
        }
    }
}

fn deep(reader: &dyn Reader, model: &Model) {
    for query in queries(&model.table, &[0, 1, 2]) {
        let total = model.page(&query).total;
        let behind =
            [2047, 2048, 2049, total / 2, total.saturating_sub(3), total.saturating_sub(2060), total, u64::MAX];
        for offset in behind {
            same(reader, model, Query { offset, ..query });
        }
    }
}

pub fn a_page_that_is_not_declared_is_refused(fresh: Fresh<'_>) {
    let place = fresh();
    let store = place.open(&sample_tables());
    let reader = store.reader();
    assert!(reader.page("trips", &Query { find: Some((3, 1)), ..Query::default() }).is_err());
    assert!(reader.page("trips", &Query { sort: Some(1), ..Query::default() }).is_err());
    assert!(reader.changes("trips", 0, &[(2, 1)], ReadLimit::rows(9)).is_err(), "a pair has no changes of its own");
}

/// Rows that are there before the pair, then change; then another pair is declared before it, and then none.
pub fn a_pair_declared_later_finds_what_is_there(fresh: Fresh<'_>) {
    let place = fresh();
    let paired = |pairs: &[(usize, usize)]| Table {
        name: "rides".into(),
        finds: 3,
        sorts: 1,
        pairs: pairs.to_vec(),
        ordered: false,
        owned: false,
    };
    let (mut sample, mut model, mut dice) = (Sample::default(), Model::new(paired(&[])), Dice(11));
    for pairs in [&[][..], &[(0, 1)], &[(0, 1)], &[(2, 0), (0, 1)], &[], &[(0, 1)]] {
        model.table = paired(pairs);
        let mut store = place.open(&[model.table.clone(), sample_tables().remove(0)]);
        assert_eq!(store.reader().verify(), Ok(vec![]));
        deep(&*store.reader(), &model);
        let mut commits = vec![];
        for _ in 0..3000 {
            let finds = [2, 5, 9].map(|of| i64::from(dice.next().is_multiple_of(of)));
            let keys = [finds.as_slice(), &[dice.key(50)]].concat();
            let to = (!dice.next().is_multiple_of(20)).then(|| (!dice.next().is_multiple_of(10), keys));
            commits.push(model.commit(Id(1 + dice.next() % 9000), to, &mut sample.head));
        }
        assert_eq!(store.apply(&sample.group(commits)).and_then(|()| store.maintain()), Ok(()));
        deep(&*store.reader(), &model);
        assert_eq!(store.reader().verify(), Ok(vec![]));
    }
}

pub fn rows_are_read_listed_or_not(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let hidden = kernel::Row { change: 0, fold: Some("{\"heard\":true}".into()), ..Default::default() };
    let rows = [row(1, true, &[1, 2, 3]), row(2, false, &[1, 2, 3]), hidden.into()];
    let change = |(id, row): (u64, &std::sync::Arc<kernel::Row>)| {
        let after = Some(row.clone());
        RowChange { table: "trips".into(), id: Id(id), change: row.change, before: None, after }
    };
    sample.head.change = 2;
    let commit = Commit { rows: (1..).zip(&rows).map(change).collect(), ..Commit::default() };
    assert_eq!(store.apply(&sample.group(vec![commit])), Ok(()));
    let reader = store.reader();
    for (id, row) in (1..).zip(&rows) {
        assert_eq!(reader.row("trips", Id(id)), Ok(Some(kernel::Row::clone(row))));
    }
    let ids = |rows: Vec<(Id, kernel::Row)>| rows.into_iter().map(|(id, _)| id.0).collect::<Vec<_>>();
    assert_eq!(reader.rows("trips", Id(0), 2).map(ids), Ok(vec![1, 2]));
    assert_eq!(reader.rows("trips", Id(2), 2).map(ids), Ok(vec![3]));
    let page = reader.page("trips", &Query { limit: ReadLimit::rows(9), ..Query::default() }).expect("a page");
    assert_eq!((page.total, ids(page.rows)), (1, vec![1]));
    assert_eq!(reader.verify(), Ok(vec![]));
}

/// Numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn key(&mut self, of: u64) -> i64 {
        (self.next() % of) as i64 - of as i64 / 2
    }
}
