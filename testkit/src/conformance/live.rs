//! Changes for live streams: each row once at its newest, and those that left.
use super::pages::{SMALL, play, quick, steps};
use super::{Fresh, Model, Sample, StoreUnderTest, sample_tables};
use kernel::{Id, Relation};
use proptest::test_runner::TestRunner;
use runtime::port::store::{ListedChange, ReadLimit, Store, Table};

pub fn changes_are_those_of_the_model(fresh: Fresh<'_>) {
    let tried = TestRunner::new(quick()).run(&steps(), |groups| {
        let place = fresh();
        let mut store = place.open(&sample_tables());
        let models = play(&mut *store, groups);
        let newest = store.head().map(|head| head.change).unwrap_or_default();
        for model in &models {
            for found in all_found(&model.table) {
                for after in [0, 1, newest / 2, newest.saturating_sub(3), newest] {
                    for limit in [ReadLimit::rows(1), ReadLimit::rows(7), ReadLimit::rows(usize::MAX), SMALL] {
                        let changes = store.reader().changes(&model.table.name, after, &found, limit);
                        let expected = model.changes(after, &found, limit);
                        assert_eq!(changes, Ok(expected), "{} {found:?} after {after}", model.table.name);
                    }
                }
            }
        }
        Ok(())
    });
    if let Err(failing) = tried {
        panic!("{failing}");
    }
}

/// By nothing, by each find and each owner, and by two of them together.
fn all_found(table: &Table) -> Vec<Vec<(usize, i64)>> {
    let finds: Vec<_> = (0..table.finds).flat_map(|find| [-1, 0, 2, 7].map(|key| (find, key))).collect();
    let parts = Relation::ALL.into_iter().filter(|_| table.owned).map(Table::find_of);
    let owners: Vec<_> = parts.flat_map(|find| [-1, 1, 2, 7].map(|key| (find, key))).collect();
    let both = owners.iter().flat_map(|owner| finds.iter().map(|find| vec![*owner, *find])).step_by(3);
    std::iter::once(vec![]).chain(finds.iter().chain(&owners).map(|one| vec![*one])).chain(both).collect()
}

/// A row's life in trips: each step listed under a customer, or not.
fn lived(place: &dyn StoreUnderTest, customers: &[Option<i64>]) -> Box<dyn Store> {
    let (mut store, mut sample) = (place.open(&sample_tables()), Sample::default());
    let mut model = Model::new(sample_tables().remove(0));
    for customer in customers {
        let to = customer.map(|customer| (true, vec![customer, 0, 0]));
        let commit = model.commit(Id(5), to, &mut sample.head);
        assert_eq!(store.apply(&sample.group(vec![commit])), Ok(()));
    }
    store
}

fn listed_changes(store: &dyn Store, after: u64, customer: Option<i64>) -> Vec<(u64, bool)> {
    let found: Vec<_> = customer.into_iter().map(|customer| (0, customer)).collect();
    let changes = store.reader().changes("trips", after, &found, ReadLimit::rows(9));
    let shown = |ListedChange { change, row, .. }: ListedChange| (change, row.is_some());
    changes.expect("changes").changes.into_iter().map(shown).collect()
}

pub fn a_row_that_came_back_is_not_gone(fresh: Fresh<'_>) {
    let place = fresh();
    let store = lived(&*place, &[Some(1), None, Some(1), None]);
    assert_eq!(listed_changes(&*store, 0, None), []);
    assert_eq!(listed_changes(&*store, 1, None), [(4, false)]);
    drop(store);
    let place = fresh();
    let store = lived(&*place, &[Some(1), None, Some(1)]);
    assert_eq!(listed_changes(&*store, 0, None), [(3, true)]);
    assert_eq!(listed_changes(&*store, 1, None), [(3, true)]);
    assert_eq!(listed_changes(&*store, 3, None), []);
}

pub fn a_row_that_changes_hands_is_gone_for_the_first(fresh: Fresh<'_>) {
    let place = fresh();
    let store = lived(&*place, &[Some(1), Some(2)]);
    assert_eq!(listed_changes(&*store, 1, None), [(2, true)]);
    assert_eq!(listed_changes(&*store, 1, Some(1)), [(2, false)]);
    assert_eq!(listed_changes(&*store, 1, Some(2)), [(2, true)]);
    assert_eq!(listed_changes(&*store, 1, Some(3)), []);
}
