//! Whether the stores of a system belong together: none is missing, none went back in time, none is of another life than the others know.
use crate::port::store::{Reader, Result, StoreError, StoreOrigin};
use kernel::{CallKey, Head, Id, KnownStore, Life, Name, System};

/// A store as a start finds it, before anything is written into it.
pub struct FoundStore {
    pub context: Name,
    pub head: Head,
    pub origin: StoreOrigin,
    /// Other contexts' calls that it remembers.
    pub calls: Vec<CallKey>,
}

impl FoundStore {
    pub fn read(context: Name, origin: StoreOrigin, reader: &dyn Reader) -> Result<FoundStore> {
        let calls = reader.calls()?.into_iter().map(|(key, _)| key).collect();
        Ok(FoundStore { context, head: reader.head()?, origin, calls })
    }

    /// A store that was just made has nothing to say.
    fn has_worked(&self) -> bool {
        self.head.life.has_begun() || self.head.position > 0
    }

    /// The life that it works in from now on: its own, or another one where it is a copy or new. `bits` are random.
    pub fn life(&self, bits: u128) -> Life {
        let goes_on = self.origin == StoreOrigin::Here && self.head.life.has_begun();
        if goes_on { self.head.life } else { Life::random(bits) }
    }
}

/// What to do, whichever store it is.
const ADVICE: &str = "Nothing was changed. Restore all stores of the system together, from one backup.";

/// Which stores do not belong together, and what to do.
pub fn check(system: &System, found: &[FoundStore]) -> std::result::Result<(), (Name, StoreError)> {
    check_pairs(system, found, |_, _| true)
}

/// The same for one store that joins others. Those are at work and were looked at one after the other, so they can't be compared with each other.
pub fn check_one(system: &System, context: Name, found: &[FoundStore]) -> std::result::Result<(), (Name, StoreError)> {
    check_pairs(system, found, |one, other| one.context == context || other.context == context)
}

/// Whether a store is the one that others have worked with. Only what they know of it counts: what was heard of them may be old.
pub fn check_known(store: &FoundStore, others: &[FoundStore]) -> std::result::Result<(), StoreError> {
    let knowers = others.iter().filter(|other| other.has_worked() && other.context != store.context);
    first_fault(knowers.filter_map(|knower| mismatch(knower, store)))
}

/// Whether the stores of a reader and of its source are those that they have worked with. The source's head was read before the reader's,
/// and nothing was read of the source in between.
pub fn check_source(reader: &FoundStore, source: &FoundStore) -> std::result::Result<(), StoreError> {
    let both_have_worked = reader.has_worked() && source.has_worked();
    let faults = [(reader, source), (source, reader)].into_iter().filter(|_| both_have_worked);
    first_fault(faults.filter_map(|(one, other)| mismatch(one, other)))
}

fn first_fault(mut faults: impl Iterator<Item = String>) -> std::result::Result<(), StoreError> {
    faults.next().map_or(Ok(()), |fault| Err(mismatched(&fault)))
}

fn check_pairs(
    system: &System,
    found: &[FoundStore],
    compares: impl Fn(&FoundStore, &FoundStore) -> bool,
) -> std::result::Result<(), (Name, StoreError)> {
    let found: Vec<&FoundStore> = found.iter().filter(|store| store.has_worked()).collect();
    let mut contexts = system.contexts.iter().map(|context| context.name);
    let missing = contexts.find_map(|context| Some((context, missing(context, &found)?)));
    let pairs = found.iter().flat_map(|one| found.iter().map(move |other| (one, other)));
    let mut pairs = pairs.filter(|(one, other)| one.context != other.context && compares(one, other));
    match missing.or_else(|| pairs.find_map(|(one, other)| Some((other.context, mismatch(one, other)?)))) {
        None => Ok(()),
        Some((context, fault)) => Err((context, mismatched(&fault))),
    }
}

fn mismatched(fault: &str) -> StoreError {
    StoreError::Mismatched(format!("{fault} {ADVICE}"))
}

/// A context whose store is not there although others have worked with it.
fn missing(context: Name, found: &[&FoundStore]) -> Option<String> {
    if found.iter().any(|store| store.context == context) {
        return None;
    }
    let knows = found.iter().find(|store| store.head.known_stores.contains_key(context))?;
    Some(format!("The store of {context} is missing or empty, and the store of {} has worked with it.", knows.context))
}

/// Why `other` is not the store that `one` has worked with.
fn mismatch(one: &FoundStore, other: &FoundStore) -> Option<String> {
    let (a, b) = (one.context, other.context);
    if let Some(known) = one.head.known_stores.get(b) {
        let says = of_known(one, other, *known);
        if says.is_some() {
            return says;
        }
    }
    let read = one
        .head
        .positions
        .iter()
        .filter(|(subscription, _)| subscription.source == b)
        .map(|(_, position)| *position)
        .max();
    let ends = other.head.position;
    if let Some(read) = read.filter(|read| *read > ends) {
        return Some(format!(
            "The store of {b} has gone back in time: it ends at event {ends}, and {a} has read it up to event {read}."
        ));
    }
    let never_given = other.head.given_below(a);
    let called = highest_ticket(one, b).filter(|called| *called >= never_given)?;
    Some(lost(b, never_given, a, called))
}

/// A callee at work knows a ticket that the store of its caller has never given.
pub(crate) fn lost_tickets(caller: &str, never_given: Id, callee: &str, called: Id) -> StoreError {
    let lost = lost(caller, never_given, callee, called);
    StoreError::Mismatched(format!(
        "{lost} The context stops, and stops again whoever starts it. Restore all stores of the system together, from one backup."
    ))
}

fn lost(caller: &str, never_given: Id, callee: &str, called: Id) -> String {
    format!(
        "The store of {caller} has gone back in time: it has given no ticket from {never_given} on, and {callee} remembers its ticket {called}."
    )
}

fn of_known(one: &FoundStore, other: &FoundStore, known: KnownStore) -> Option<String> {
    let (a, b) = (one.context, other.context);
    if known.life != other.head.life && known.life != other.head.copied_from {
        return Some(format!("The store of {b} is another one than the store of {a} has worked with."));
    }
    if other.origin == StoreOrigin::Backup && one.origin != StoreOrigin::Backup {
        return Some(format!("The store of {b} comes from a backup, and the store of {a} does not."));
    }
    let group = other.head.group;
    (known.group > group).then(|| {
        format!(
            "The store of {b} has gone back in time: it ends with group {group}, and {a} has known its group {}.",
            known.group
        )
    })
}

/// The highest ticket of a caller that a callee has heard of.
fn highest_ticket(callee: &FoundStore, caller: &str) -> Option<Id> {
    let remembered = callee.calls.iter().filter(|key| key.caller == caller).map(|key| key.ticket).max();
    remembered.max(callee.head.fenced(caller))
}

#[cfg(test)]
mod tests;
