//! A disk that several processes own one after the other: only the newest owner writes, and every group is there whole or never.
use kernel::{Group, Head};
use memory::{Disk, Memory};
use runtime::port::store::{Store, StoreError};

/// A group without effects but for its number in the head.
fn group(number: u64) -> Group {
    Group { head: Head { group: number, ..Head::default() }, ..Group::default() }
}

fn newest(store: &Memory) -> u64 {
    store.head().expect("memory can be read").group
}

#[test]
fn an_owner_whose_disk_was_claimed_writes_nothing_any_more_and_sees_what_the_new_one_writes() {
    let disk = Disk::new();
    let mut old = disk.claim(&[]);
    assert_eq!(old.apply(&group(1)), Ok(()));
    let mut new = disk.claim(&[]);
    assert_eq!(old.apply(&group(2)), Err(StoreError::Conflict));
    assert_eq!(new.apply(&group(3)), Ok(()));
    assert_eq!(old.apply(&group(4)), Err(StoreError::Conflict));
    assert_eq!((newest(&old), newest(&new)), (3, 3));
}

#[test]
fn who_has_not_claimed_a_disk_that_is_owned_reads_it_and_does_not_write() {
    let disk = Disk::new();
    let mut before = disk.open(&[]);
    assert_eq!(before.apply(&group(1)), Ok(()));
    let mut owner = disk.claim(&[]);
    assert_eq!(owner.apply(&group(2)), Ok(()));
    assert_eq!(before.apply(&group(3)), Err(StoreError::Conflict));
    assert_eq!(newest(&before), 2);
}

#[test]
fn an_owner_notices_that_its_disk_went_back_in_time() {
    let disk = Disk::new();
    let mut owner = disk.claim(&[]);
    let copy = disk.copy();
    assert_eq!(owner.apply(&group(1)), Ok(()));
    disk.go_back_to(&copy);
    assert!(matches!(owner.apply(&group(2)), Err(StoreError::Mismatched(_))));
}

/// The number of the newest group says nothing here: another owner has written as many since.
#[test]
fn an_owner_notices_that_its_disk_went_back_in_time_although_another_one_has_written_as_much_since() {
    let disk = Disk::new();
    let copy = disk.copy();
    let mut owner = disk.claim(&[]);
    assert_eq!(owner.apply(&group(1)), Ok(()));
    disk.go_back_to(&copy);
    let mut other = disk.claim(&[]);
    assert_eq!(other.apply(&group(1)), Ok(()));
    assert!(matches!(owner.apply(&group(2)), Err(StoreError::Mismatched(_))));
}

#[test]
fn a_group_that_has_arrived_is_found_and_the_owner_goes_on_behind_it() {
    let disk = Disk::new();
    let mut owner = disk.claim(&[]);
    let sent = owner.send(&group(1)).expect("an owner");
    assert_eq!(sent.arrive(), Ok(()));
    assert_eq!((owner.has(&sent), owner.resolve(&sent)), (true, Ok(true)));
    assert_eq!(owner.apply(&group(2)), Ok(()));
    assert_eq!(newest(&owner), 2);
}

#[test]
fn a_group_that_is_resolved_before_it_has_arrived_never_arrives() {
    let disk = Disk::new();
    let mut owner = disk.claim(&[]);
    let sent = owner.send(&group(1)).expect("an owner");
    assert_eq!((owner.has(&sent), owner.resolve(&sent)), (false, Ok(false)));
    assert_eq!(sent.arrive(), Err(StoreError::Conflict));
    assert_eq!(owner.apply(&group(2)), Ok(()));
    assert_eq!(newest(&owner), 2);
}

#[test]
fn a_group_on_its_way_arrives_before_the_next_claim_or_never() {
    let disk = Disk::new();
    let mut owner = disk.claim(&[]);
    let (early, late) = (owner.send(&group(1)).expect("an owner"), owner.send(&group(2)).expect("an owner"));
    assert_eq!(early.arrive(), Ok(()));
    let new = disk.claim(&[]);
    assert_eq!(late.arrive(), Err(StoreError::Conflict));
    assert_eq!(owner.resolve(&late), Err(StoreError::Conflict));
    assert_eq!(newest(&new), 1);
    assert_eq!(owner.resolve(&early), Ok(true), "it was durable, and is answered so before the owner steps down");
}
