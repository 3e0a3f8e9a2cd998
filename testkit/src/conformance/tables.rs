//! Tables of other releases, and tables that go.
use super::{Fresh, Sample, contents, sample_tables};
use kernel::Id;
use runtime::port::store::{Query, ReadLimit, Table};

pub fn tables_of_older_releases_stay_readable(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let commits = vec![sample.commit(1), sample.commit(2)];
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    let before = contents(&*store, &sample_tables());
    drop(store);
    let newer = Table { name: "trips@2".into(), finds: 0, sorts: 0, pairs: vec![], ordered: false, owned: false };
    let mut store = place.open(&[newer]);
    assert_eq!(contents(&*store, &sample_tables()), before);
    // It is also still written, until the newer one has caught up.
    let commits = vec![sample.commit(3)];
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    let total = |table| store.reader().page(table, &Query::default()).map(|page| page.total);
    assert_eq!((total("trips"), total("trips@2")), (Ok(3), Ok(0)));
}

pub fn dropped_tables_are_gone(fresh: Fresh<'_>) {
    let (place, mut sample) = (fresh(), Sample::default());
    let mut store = place.open(&sample_tables());
    let commits = vec![sample.commit(1)];
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    let reader = store.reader();
    let mut group = sample.group(vec![]);
    group.drop = vec!["trips".into(), "never@1".into()];
    assert_eq!(store.apply(&group), Ok(()));
    assert!(reader.page("trips", &Query::default()).is_err());
    assert!(store.row("trips", Id(1001)).is_err());
    assert_eq!(reader.verify(), Ok(vec![]));
    drop((store, reader));
    let mut store = place.open(&sample_tables());
    assert_eq!(store.reader().page("trips", &Query::default()).map(|page| page.total), Ok(0));
    let commits = vec![sample.commit(1)];
    assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    assert_eq!(store.reader().verify(), Ok(vec![]));
}

pub fn a_table_that_is_not_there_is_an_error(fresh: Fresh<'_>) {
    let place = fresh();
    let store = place.open(&sample_tables());
    assert!(store.row("elsewhere", Id(1)).is_err());
    assert!(store.reader().row("elsewhere", Id(1)).is_err());
    assert!(store.reader().rows("elsewhere", Id(0), 1).is_err());
    assert!(store.reader().page("elsewhere", &Query::default()).is_err());
    assert!(store.reader().changes("elsewhere", 0, &[], ReadLimit::rows(1)).is_err());
}
