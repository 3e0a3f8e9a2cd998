//! Promises of one system's page that are not said in its books: what its events may never tell.
use super::world::World;
use kernel::{Name, Recorded, serde_json::Value};
use std::collections::{BTreeMap, BTreeSet};

/// What must hold at rest, or what is wrong.
pub type Promise = Box<dyn Fn(&World<'_>) -> Result<(), String> + Send + Sync>;

/// The event's own fields.
pub fn fields(event: &Recorded) -> Value {
    kernel::serde_json::from_str(&event.body).unwrap_or_default()
}

/// What is paid is paid once, and refunded at most once, in full.
pub fn refunded_once(context: Name, paid: Name, refunded: Name, amount: Name) -> Promise {
    Box::new(move |world| {
        let (mut held, mut all) = (BTreeMap::new(), BTreeMap::new());
        for event in world.log(context) {
            let sum = fields(event)[amount].clone();
            if event.event_type == paid && all.insert(event.key, sum.clone()).is_some() {
                return Err(format!("{} is paid twice", event.key));
            }
            if event.event_type == paid {
                held.insert(event.key, sum);
            } else if event.event_type == refunded && held.remove(&event.key).as_ref() != Some(&sum) {
                let had = all.get(&event.key);
                return Err(format!("{} gets {sum} back of {had:?}, or gets it twice", event.key));
            }
        }
        Ok(())
    })
}

/// What `first` has announced has happened at rest.
pub fn follows(context: Name, first: Name, second: Name) -> Promise {
    Box::new(move |world| {
        let log = world.log(context);
        let done = |key| log.iter().any(|event| event.event_type == second && event.key == key);
        let open = log.iter().find(|event| event.event_type == first && !done(event.key));
        open.map_or(Ok(()), |event| Err(format!("{first} {}, and never {second}", event.key)))
    })
}

/// Of one key, `ends` comes between two of `begins`: it is never given twice.
pub fn takes_turns(context: Name, begins: Name, ends: Name) -> Promise {
    Box::new(move |world| {
        let mut given = BTreeSet::new();
        for event in world.log(context) {
            if event.event_type == ends {
                given.remove(&event.key);
            } else if event.event_type == begins && !given.insert(event.key) {
                return Err(format!("{begins} {} twice, and no {ends} between", event.key));
            }
        }
        Ok(())
    })
}

/// Once `first` has happened to a key, `second` never does.
pub fn never_after(context: Name, first: Name, second: Name) -> Promise {
    Box::new(move |world| {
        let log = world.log(context);
        let at = |name: Name, key| log.iter().find(|event| event.event_type == name && event.key == key);
        let late = log
            .iter()
            .filter(|event| event.event_type == second)
            .find(|event| at(first, event.key).is_some_and(|first| first.position < event.position));
        late.map_or(Ok(()), |event| Err(format!("{second} {} after {first}", event.key)))
    })
}
