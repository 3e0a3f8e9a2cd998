//! Several at once.
use super::{Place, owned_by};
use runtime::port::store::StoreError;
use std::sync::Barrier;

#[test]
fn of_several_that_make_a_schema_at_once_none_sees_half_of_it() {
    let place = Place::new();
    let together = Barrier::new(8);
    let opened: Vec<_> = std::thread::scope(|scope| {
        let open = |nth: usize| {
            let (place, together) = (&place, &together);
            scope.spawn(move || {
                together.wait();
                place.open_as(owned_by(&format!("owner {nth}")))
            })
        };
        let threads: Vec<_> = (0..8).map(open).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let busy = opened.iter().filter(|opened| matches!(opened, Err(StoreError::Busy(_)))).count();
    let ours = opened.iter().filter(|opened| opened.is_ok()).count();
    let failed: Vec<_> = opened.iter().filter_map(|opened| opened.as_ref().err()).collect();
    assert!(ours == 1 && busy == 7, "{failed:?}");
    assert_eq!(place.value("SELECT count(*) FROM @groups"), "2");
    drop(opened);
    assert!(place.open().is_ok());
}
