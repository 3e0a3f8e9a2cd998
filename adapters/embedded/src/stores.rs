//! The stores of a system are looked at together before anything is written into one of them.
use crate::opening::SystemOpening;
use crate::slot::Slot;
use kernel::{Context, Life, Name};
use runtime::lives::{self, FoundStore};
use runtime::port::store::{Result, Store, StoreError, StoreOrigin};
use std::collections::BTreeMap;

/// A store, and the life that it works in from now on.
pub struct LivingStore {
    pub store: Box<dyn Store>,
    pub life: Life,
}

/// Every store of the system, or the context whose store can't be opened or does not belong to the others, and why.
pub fn open_all(opening: &SystemOpening) -> std::result::Result<BTreeMap<Name, LivingStore>, (Name, StoreError)> {
    let (mut stores, mut found) = (BTreeMap::new(), vec![]);
    for context in opening.system.contexts.iter().filter(|context| (opening.has_store)(context)) {
        let (store, one) = open_found(opening, context).map_err(|error| (context.name, error))?;
        stores.insert(context.name, LivingStore { store, life: one.life(fastrand::u128(..)) });
        found.push(one);
    }
    lives::check(&opening.system, &found)?;
    for context in &opening.system.contexts {
        if !stores.contains_key(context.name) {
            stores.insert(context.name, new(opening, context).map_err(|error| (context.name, error))?);
        }
    }
    Ok(stores)
}

/// The store of one context that is down, while others are at work.
pub fn open_one(opening: &SystemOpening, context: &Context, others: &[Slot]) -> Result<LivingStore> {
    let others = others.iter().filter(|slot| slot.handle.name != context.name);
    let mut found = others.map(at_work).collect::<Result<Vec<_>>>()?;
    let mut opened = None;
    if (opening.has_store)(context) {
        let (store, one) = open_found(opening, context)?;
        opened = Some(LivingStore { store, life: one.life(fastrand::u128(..)) });
        found.push(one);
    }
    lives::check_one(&opening.system, context.name, &found).map_err(|(_, error)| error)?;
    opened.map_or_else(|| new(opening, context), Ok)
}

fn open_found(opening: &SystemOpening, context: &Context) -> Result<(Box<dyn Store>, FoundStore)> {
    let store = (opening.open)(context)?;
    let found = FoundStore::read(context.name, store.origin(), &*store.reader())?;
    Ok((store, found))
}

fn new(opening: &SystemOpening, context: &Context) -> Result<LivingStore> {
    Ok(LivingStore { store: (opening.open)(context)?, life: Life::random(fastrand::u128(..)) })
}

/// What is durable of a context that runs, or was when it was stopped.
fn at_work(slot: &Slot) -> Result<FoundStore> {
    match slot.log.reader() {
        Some(reader) => FoundStore::read(slot.handle.name, StoreOrigin::Here, &*reader),
        None => Ok(FoundStore {
            context: slot.handle.name,
            head: slot.handle.status().head,
            origin: StoreOrigin::Here,
            calls: vec![],
        }),
    }
}
