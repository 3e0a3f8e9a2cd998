//! Two stores of one system, of which one changes: what a start says of them.
use super::*;
use kernel::{Context, SubscriptionKey};

fn life(of: u128) -> Life {
    Life::random(of)
}

fn system() -> System {
    System::new("shop", "shop", "").context(Context::new("orders", 1)).context(Context::new("till", 2))
}

fn store(context: Name, own: u128, knows: (&str, u128, u64)) -> FoundStore {
    let mut head = Head { life: life(own), group: 7, position: 5, reserved: Id(10), ..Head::default() };
    let (other, its_life, group) = knows;
    head.known_stores.insert(other.into(), KnownStore { life: life(its_life), group });
    FoundStore { context, head, origin: StoreOrigin::Here, calls: vec![] }
}

/// Orders and till, which have worked together; then one of them changes.
fn says(change: impl FnOnce(&mut FoundStore, &mut FoundStore)) -> String {
    let (mut orders, mut till) = (store("orders", 1, ("till", 2, 7)), store("till", 2, ("orders", 1, 7)));
    change(&mut orders, &mut till);
    match check(&system(), &[orders, till]) {
        Ok(()) => "well".into(),
        Err((context, error)) => format!("{context}: {error}").replace(&format!(" {ADVICE}"), ""),
    }
}

#[test]
fn stores_at_work_are_not_compared_with_each_other() {
    let (mut orders, till) = (store("orders", 1, ("till", 2, 7)), store("till", 2, ("orders", 1, 7)));
    reads(&mut orders, 6); // till was looked at a moment earlier
    let desk = || store("desk", 3, ("till", 2, 7));
    let found = [desk(), orders, till];
    assert!(check(&system(), &found).is_err());
    assert!(check_one(&system(), "desk", &found).is_ok());
    assert!(check_one(&system(), "till", &found).is_err());
    let ahead = store("desk", 3, ("till", 2, 8));
    assert!(check_one(&system(), "desk", &[ahead, store("till", 2, ("orders", 1, 7))]).is_err());
}

fn reads(orders: &mut FoundStore, position: u64) {
    let subscription: SubscriptionKey = "policies<till".parse().expect("a subscription");
    orders.head.positions.insert(subscription, position);
}

fn fences(orders: &mut FoundStore, fence: u64) {
    orders.head.fences.insert("till".into(), Id(fence));
}

#[test]
fn stores_that_have_worked_together_are_well() {
    assert_eq!(says(|_, _| {}), "well");
    assert_eq!(says(|orders, _| orders.head.group = 100), "well");
}

#[test]
fn a_store_that_is_missing_or_was_made_anew_is_named() {
    let missing = "till: The store of till is missing or empty, and the store of orders has worked with it.";
    let orders = || store("orders", 1, ("till", 2, 7));
    let Err((context, error)) = check(&system(), &[orders()]) else { panic!("it is missing") };
    assert_eq!(format!("{context}: {error}"), format!("{missing} {ADVICE}"));
    assert_eq!(says(|_, till| till.head = Head::default()), missing);
    let another = "till: The store of till is another one than the store of orders has worked with.";
    assert_eq!(says(|_, till| till.head.life = life(3)), another);
}

#[test]
fn a_system_without_any_store_and_a_context_that_nobody_knows_yet_are_well() {
    assert!(check(&system(), &[]).is_ok());
    let orders = FoundStore { head: Head { life: life(1), ..Head::default() }, ..store("orders", 1, ("till", 2, 7)) };
    assert!(check(&system(), &[orders]).is_ok());
}

#[test]
fn a_store_that_ends_before_what_another_knows_of_it_has_gone_back() {
    let group =
        "till: The store of till has gone back in time: it ends with group 6, and orders has known its group 7.";
    assert_eq!(says(|_, till| till.head.group = 6), group);
    let read =
        "till: The store of till has gone back in time: it ends at event 5, and orders has read it up to event 6.";
    assert_eq!(says(|orders, _| reads(orders, 6)), read);
    assert_eq!(says(|orders, _| reads(orders, 5)), "well");
}

#[test]
fn a_caller_whose_tickets_others_remember_has_gone_back() {
    let back = "till: The store of till has gone back in time: it has given no ticket from 10 on, and orders remembers its ticket 10.";
    let call = |ticket| CallKey { caller: "till".into(), ticket: Id(ticket), step: 0 };
    assert_eq!(says(|orders, _| orders.calls.push(call(10))), back);
    assert_eq!(says(|orders, _| orders.calls.push(call(9))), "well");
    assert_eq!(says(|orders, _| fences(orders, 11)), back);
    assert_eq!(says(|orders, _| fences(orders, 10)), "well");
}

/// The processes since have reserved further.
#[test]
fn it_has_gone_back_as_long_as_the_callee_was_not_heard() {
    let called = |orders: &mut FoundStore, till: &mut FoundStore| {
        orders.calls.push(CallKey { caller: "till".into(), ticket: Id(10), step: 0 });
        till.head.reserved = Id(2000);
    };
    assert_eq!(says(called), "well");
    let unheard = |callee: Name| {
        move |orders: &mut FoundStore, till: &mut FoundStore| {
            called(orders, till);
            till.head.unheard.insert(callee.into(), Id(10));
        }
    };
    assert_eq!(says(unheard("desk")), "well");
    assert_eq!(
        says(unheard("orders")),
        "till: The store of till has gone back in time: it has given no ticket from 10 on, and orders remembers its ticket 10."
    );
}

#[test]
fn one_store_of_a_backup_among_others_is_named() {
    let mixed = "till: The store of till comes from a backup, and the store of orders does not.";
    assert_eq!(says(|_, till| till.origin = StoreOrigin::Backup), mixed);
    let all = |orders: &mut FoundStore, till: &mut FoundStore| {
        (orders.origin, till.origin) = (StoreOrigin::Backup, StoreOrigin::Backup);
    };
    assert_eq!(says(all), "well");
}

#[test]
fn a_restored_system_whose_start_was_cut_off_starts_again() {
    let begun = says(|orders, till| {
        (till.origin, orders.origin) = (StoreOrigin::Backup, StoreOrigin::Here);
        // orders has begun its new life, and was told of nobody yet
        orders.head = Head { life: life(9), copied_from: life(1), known_stores: [].into(), ..orders.head.clone() };
    });
    assert_eq!(begun, "well");
}

#[test]
fn only_a_store_that_has_worked_where_it_lies_goes_on_with_its_life() {
    let found = |origin| FoundStore { origin, ..store("till", 2, ("orders", 1, 7)) };
    assert_eq!(found(StoreOrigin::Here).life(5), life(2));
    assert_eq!(found(StoreOrigin::Elsewhere).life(5), life(5));
    assert_eq!(found(StoreOrigin::Backup).life(5), life(5));
    let new = FoundStore { head: Head::default(), ..found(StoreOrigin::Here) };
    assert_eq!(new.life(5), life(5));
}
