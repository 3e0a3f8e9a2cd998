//! One suite for every way to stand by a store: what `runtime::port::replica` promises, tried from outside with several replicas.
use super::{Sample, contents, sample_tables};
use kernel::Group;
use runtime::port::replica::{Ownership, Replica, ReplicaState, Standby};
use runtime::port::store::{Reader, Result, Store, StoreError};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

/// What can't be at once is waited for so long.
const PATIENCE: Duration = Duration::from_secs(30);
/// A replica that says nothing is forgotten after this at the latest.
const FORGOTTEN: Duration = Duration::from_secs(10);
/// Between two looks at what is waited for.
const PAUSE: Duration = Duration::from_millis(10);
const AT_ONCE: usize = 8;

/// The replicas of one context, whose tables are those of the samples. Its store is not made yet.
pub trait ReplicasUnderTest: Sync {
    fn stand_by(&self, replica: Replica) -> Box<dyn Standby>;

    /// One whose store is heard of when it is claimed and never again, as if its process stood still from then on.
    fn stand_by_in_silence(&self, replica: Replica) -> Box<dyn Standby>;

    /// So long an owner that is not heard of keeps the store.
    fn lease(&self) -> Duration;
}

/// Makes a context of its own.
pub type NewReplicas<'a> = &'a dyn Fn() -> Box<dyn ReplicasUnderTest>;

/// Every test of the suite, with the replicas of the contexts that the given function makes.
#[macro_export]
macro_rules! replicas_conformance {
    ($new:expr) => {
        $crate::replicas_conformance! { $new,
            a_store_that_is_not_made_is_free_and_can_not_be_read
            of_several_that_claim_at_once_one_owns_the_store
            a_second_claim_is_refused_at_once_and_told_the_owner
            every_replica_sees_the_owner_and_the_others
            a_replica_that_says_nothing_is_forgotten
            a_replica_that_leaves_is_forgotten_at_once
            a_store_that_is_given_back_is_free_at_once
            a_store_that_is_given_to_an_heir_is_for_the_heir_alone
            an_heir_that_does_not_come_is_not_waited_for
            a_store_is_not_given_back_while_it_is_worked_with
            an_owner_that_is_not_heard_of_is_followed_after_its_lease_and_not_before
            an_owner_that_is_heard_of_is_not_followed
            an_owner_that_was_followed_writes_nothing_more
            an_owner_that_was_followed_gives_nothing_back
            a_store_that_was_dropped_is_claimed_again_at_once_by_its_own_replica
            of_two_replicas_with_one_id_one_owns_the_store
            a_follower_reads_what_the_owner_writes
        }
    };
    ($new:expr, $($name:ident)*) => {
        $(#[test]
        fn $name() {
            $crate::conformance::replicas::$name(&$new);
        })*
    };
}

fn replica(id: &str) -> Replica {
    Replica { id: id.into(), url: format!("http://{id}:9088"), release: 7, state: ReplicaState::Starting }
}

fn look(standby: &mut Box<dyn Standby>) -> Ownership {
    standby.look(ReplicaState::Ready).expect("the store can be looked at")
}

fn claim(standby: &mut Box<dyn Standby>) -> Box<dyn Store> {
    standby.claim().expect("nobody owns the store")
}

fn is_busy<T>(claimed: &Result<T>) -> bool {
    matches!(claimed, Err(StoreError::Busy(_)))
}

fn ids(ownership: &Ownership) -> Vec<&str> {
    ownership.replicas.iter().map(|replica| replica.id.as_str()).collect()
}

fn next(sample: &mut Sample) -> Group {
    let commits = vec![sample.commit(1), sample.commit(2)];
    sample.group(commits)
}

/// Waits for what comes by itself.
fn wait(within: Duration, what: &str, mut has_come: impl FnMut() -> bool) {
    let until = Instant::now() + within;
    while !has_come() {
        assert!(Instant::now() < until, "{what} has not come within {within:?}");
        std::thread::sleep(PAUSE);
    }
}

/// Claims as soon as it may, and says when that was.
fn claim_when_free(standby: &mut Box<dyn Standby>) -> (Box<dyn Store>, Instant) {
    let mut store = None;
    wait(PATIENCE, "the end of a lease", || match standby.claim() {
        Ok(claimed) => store.replace(claimed).is_none(),
        Err(StoreError::Busy(_)) => false,
        Err(error) => panic!("{error}"),
    });
    (store.expect("claimed"), Instant::now())
}

pub fn a_store_that_is_not_made_is_free_and_can_not_be_read(new: NewReplicas<'_>) {
    let place = new();
    let mut one = place.stand_by(replica("one"));
    let free = look(&mut one);
    let me = Replica { state: ReplicaState::Ready, ..replica("one") };
    assert_eq!(free, Ownership { is_free: true, replicas: vec![me], ..Ownership::default() });
    assert!(one.reader().is_err());
    assert_eq!(one.release(None), Ok(()), "nothing is given back");
    assert_eq!(one.leave(), Ok(()));
    assert_eq!(claim(&mut one).head(), Ok(kernel::Head::default()));
}

pub fn of_several_that_claim_at_once_one_owns_the_store(new: NewReplicas<'_>) {
    let (place, together) = (new(), Barrier::new(AT_ONCE));
    let claimed: Vec<Result<Box<dyn Store>>> = std::thread::scope(|scope| {
        let claim = |nth: usize| {
            let (place, together) = (&place, &together);
            scope.spawn(move || {
                let mut standby = place.stand_by(replica(&nth.to_string()));
                together.wait();
                standby.claim()
            })
        };
        let threads: Vec<_> = (0..AT_ONCE).map(claim).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let errors: Vec<&StoreError> = claimed.iter().filter_map(|claimed| claimed.as_ref().err()).collect();
    assert!(claimed.iter().filter(|claimed| is_busy(claimed)).count() == AT_ONCE - 1, "{errors:?}");
    assert_eq!(errors.len(), AT_ONCE - 1);
}

pub fn a_second_claim_is_refused_at_once_and_told_the_owner(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    let store = claim(&mut one);
    let Err(StoreError::Busy(said)) = two.claim().map(|_| ()) else { panic!("two owners") };
    assert!(said.contains("one"), "{said}");
    assert!(store.holds_lease());
    assert!(!look(&mut two).is_free);
}

pub fn every_replica_sees_the_owner_and_the_others(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    let _store = claim(&mut one);
    let said = one.look(ReplicaState::Leaving).expect("it can be looked at");
    let owner = Replica { state: ReplicaState::Leaving, ..replica("one") };
    assert_eq!((said.owner, said.replicas), (Some(owner.clone()), vec![owner.clone()]));
    let said = look(&mut two);
    let other = Replica { state: ReplicaState::Ready, ..replica("two") };
    assert_eq!((said.owner.as_ref(), &said.replicas), (Some(&owner), &vec![owner.clone(), other]));
    assert!(said.epoch > 0 && said.heir.is_none() && !said.is_free);
}

pub fn a_replica_that_says_nothing_is_forgotten(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    drop(claim(&mut one));
    look(&mut two);
    assert_eq!(ids(&look(&mut one)), ["one", "two"]);
    wait(FORGOTTEN, "the end of a silent replica", || ids(&look(&mut one)) == ["one"]);
    look(&mut two);
    assert_eq!(ids(&look(&mut one)), ["one", "two"], "it is there again");
}

pub fn a_replica_that_leaves_is_forgotten_at_once(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    drop(claim(&mut one));
    look(&mut two);
    assert_eq!(two.leave(), Ok(()));
    assert_eq!(ids(&look(&mut one)), ["one"]);
}

pub fn a_store_that_is_given_back_is_free_at_once(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    let mut sample = Sample::default();
    let mut store = claim(&mut one);
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    let epoch = look(&mut two).epoch;
    drop(store);
    assert_eq!(one.release(None), Ok(()));
    let free = look(&mut two);
    assert!(free.is_free && free.owner.is_none(), "{free:?}");
    assert_eq!(claim(&mut two).head(), Ok(sample.head));
    assert!(look(&mut one).epoch > epoch);
}

pub fn a_store_that_is_given_to_an_heir_is_for_the_heir_alone(new: NewReplicas<'_>) {
    let place = new();
    let [mut one, mut two, mut three] = ["one", "two", "three"].map(|id| place.stand_by(replica(id)));
    drop(claim(&mut one));
    assert_eq!(one.release(Some("two")), Ok(()));
    // whoever is so slow that the heir's time is over may claim it
    let given = Instant::now();
    let (others, said) = ([three.claim(), one.claim()], look(&mut three));
    if given.elapsed() < Duration::from_millis(500) {
        assert!(others.iter().all(is_busy));
        assert!(said.heir.as_deref() == Some("two") && said.owner.is_none() && !said.is_free, "{said:?}");
    }
    assert!(look(&mut two).is_free);
    let store = claim(&mut two);
    assert!(is_busy(&three.claim()));
    let said = look(&mut three);
    assert_eq!((said.heir, said.owner.map(|owner| owner.id)), (None, Some("two".into())));
    drop(store);
}

pub fn an_heir_that_does_not_come_is_not_waited_for(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut three) = (place.stand_by(replica("one")), place.stand_by(replica("three")));
    drop(claim(&mut one));
    let given = Instant::now();
    assert_eq!(one.release(Some("two")), Ok(()));
    let (_store, claimed) = claim_when_free(&mut three);
    assert!(claimed - given >= Duration::from_secs(1), "{:?}", claimed - given);
}

pub fn a_store_is_not_given_back_while_it_is_worked_with(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    let store = claim(&mut one);
    assert!(one.release(Some("two")).is_err());
    assert!(is_busy(&two.claim()));
    drop(store);
    assert_eq!(one.release(Some("two")), Ok(()));
    drop(claim(&mut two));
}

pub fn an_owner_that_is_not_heard_of_is_followed_after_its_lease_and_not_before(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by_in_silence(replica("one")), place.stand_by(replica("two")));
    let before = Instant::now();
    let store = claim(&mut one);
    assert!(is_busy(&two.claim()) || before.elapsed() > place.lease());
    let (_followed, at) = claim_when_free(&mut two);
    assert!(at - before >= place.lease(), "{:?}", at - before);
    assert!(!store.holds_lease());
}

pub fn an_owner_that_is_heard_of_is_not_followed(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    let store = claim(&mut one);
    let end = Instant::now() + 2 * place.lease();
    while Instant::now() < end {
        assert!(is_busy(&two.claim()));
        std::thread::sleep(PAUSE);
    }
    assert!(store.holds_lease());
}

pub fn an_owner_that_was_followed_writes_nothing_more(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by_in_silence(replica("one")), place.stand_by(replica("two")));
    let (mut sample, mut store) = (Sample::default(), claim(&mut one));
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    let (mut followed, _) = claim_when_free(&mut two);
    let mut late = sample.clone();
    let before = contents(followed.as_ref(), &sample_tables());
    assert_eq!(store.apply(&next(&mut late)), Err(StoreError::Conflict));
    assert_eq!(store.head(), Err(StoreError::Conflict), "it is not claimed again by itself");
    assert!(!store.holds_lease());
    assert_eq!(contents(followed.as_ref(), &sample_tables()), before);
    assert_eq!(followed.apply(&next(&mut sample)), Ok(()));
    assert_eq!(followed.reader().verify(), Ok(vec![]));
}

pub fn an_owner_that_was_followed_gives_nothing_back(new: NewReplicas<'_>) {
    let place = new();
    let [mut two, mut three] = ["two", "three"].map(|id| place.stand_by(replica(id)));
    let mut one = place.stand_by_in_silence(replica("one"));
    let store = claim(&mut one);
    let (_followed, _) = claim_when_free(&mut two);
    drop(store);
    assert_eq!(one.release(Some("three")), Ok(()));
    assert!(is_busy(&three.claim()));
    assert_eq!(look(&mut three).owner.map(|owner| owner.id), Some("two".into()));
}

pub fn a_store_that_was_dropped_is_claimed_again_at_once_by_its_own_replica(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    drop(claim(&mut one));
    assert!(is_busy(&two.claim()), "the lease has not ended");
    drop(claim(&mut one));
}

pub fn of_two_replicas_with_one_id_one_owns_the_store(new: NewReplicas<'_>) {
    let place = new();
    let mut twins = [place.stand_by(replica("one")), place.stand_by(replica("one"))];
    let mut sample = Sample::default();
    let mut stores: Vec<Box<dyn Store>> = twins.iter_mut().filter_map(|twin| twin.claim().ok()).collect();
    // the first one is the owner still, or was followed: never are there two
    let group = next(&mut sample);
    let written: Vec<_> = stores.iter_mut().map(|store| store.apply(&group)).collect();
    assert_eq!(written.iter().filter(|written| written.is_ok()).count(), 1, "{written:?}");
    assert_eq!(ids(&look(&mut twins[1])), ["one"]);
}

pub fn a_follower_reads_what_the_owner_writes(new: NewReplicas<'_>) {
    let place = new();
    let (mut one, mut two) = (place.stand_by(replica("one")), place.stand_by(replica("two")));
    let (mut sample, mut store) = (Sample::default(), claim(&mut one));
    let reader: Arc<dyn Reader> = two.reader().expect("it is made");
    for _ in 0..2 {
        assert_eq!(store.apply(&next(&mut sample)), Ok(()));
        assert_eq!(reader.head(), Ok(sample.head.clone()));
        assert_eq!(reader.log(0, 100).map(|log| log.len() as u64), Ok(sample.head.position));
    }
    drop(store);
    assert_eq!(one.release(Some("two")), Ok(()));
    let mut store = claim(&mut two);
    assert_eq!(store.apply(&next(&mut sample)), Ok(()));
    assert_eq!(reader.head(), Ok(sample.head));
}
