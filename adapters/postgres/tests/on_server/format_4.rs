//! A schema of the format that brought owners: at first it kept whose a row was that left in a table of its own.
use super::Place;
use kernel::{Id, Relation};
use runtime::port::store::{ReadLimit, Store, Table};
use testkit::conformance::{Model, Sample, sample_tables};

#[test]
fn it_tells_the_same_of_rows_that_left() {
    tells_the_same(true);
}

#[test]
fn so_does_one_that_kept_it_beside_where_they_were() {
    tells_the_same(false);
}

fn tells_the_same(is_apart: bool) {
    let (place, table) = (Place::new(), sample_tables().swap_remove(0));
    let (mut store, mut sample, mut model) = (place.store(), Sample::default(), Model::new(table.clone()));
    for listed in [true, false] {
        let rows = (1..=40).filter(|id| listed || id % 3 == 0);
        let keys = |id: u64| (0..table.keys() as u64).map(|key| (id % (key + 2)) as i64).collect();
        let commits = rows.map(|id| model.commit(Id(id), Some((listed, keys(id))), &mut sample.head)).collect();
        assert_eq!(store.apply(&sample.group(commits)), Ok(()));
    }
    drop(store);
    let owned = place
        .sql("SELECT number, finds FROM @collections WHERE to_regclass('@gone_' || number || '_owner') IS NOT NULL");
    for owned in owned.into_iter().filter(|_| is_apart) {
        let (number, finds) = (&owned[0], owned[1].parse::<usize>().expect("a number"));
        let places: String = (0..finds).map(|find| format!(", k{find}")).collect();
        place.sql(&format!(
            "CREATE TABLE @left_{number} (part smallint, person bigint, id bigint, change bigint NOT NULL,
                 PRIMARY KEY (part, person, id));
             CREATE INDEX left_{number}_change ON @left_{number} (part, person, change);
             INSERT INTO @left_{number} SELECT 0, owner, id, change FROM @gone_{number} WHERE owner <> 0;
             INSERT INTO @left_{number} SELECT 1, partner, id, change FROM @gone_{number} WHERE partner <> 0;
             ALTER TABLE @gone_{number} DROP COLUMN owner, DROP COLUMN partner;
             ALTER TABLE @gone_{number} ADD PRIMARY KEY (id{places})"
        ));
    }
    place.sql("UPDATE @identity SET value = '4' WHERE name = 'format'");
    let store = place.store();
    assert_eq!(place.value("SELECT value FROM @identity WHERE name = 'format'"), "5");
    let limit = || ReadLimit::rows(2000);
    let mut told = 0;
    for part in Relation::ALL {
        for key in 1..4 {
            let found = [(Table::find_of(part), key)];
            let expected = model.changes(1, &found, limit());
            told += expected.changes.iter().filter(|change| change.row.is_none()).count();
            assert_eq!(store.reader().changes(&table.name, 1, &found, limit()), Ok(expected), "{found:?}");
        }
    }
    assert!(told > 5, "some were somebody's: {told}");
    assert_eq!(place.value("SELECT to_regclass('@left_1') IS NULL"), "t");
    assert_eq!(store.reader().verify(), Ok(vec![]));
}
