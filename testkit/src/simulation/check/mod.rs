//! Every promise, checked at rest: each file states one.
mod answers;
mod calls;
mod causes;
mod conserved;
mod people;
mod relayed;
mod replicas;
mod states;
mod views;

use super::broken::{Broken, Lived};
use super::world::World;

pub use replicas::shown;
pub use states::reader;

pub fn all(world: &mut World<'_>) -> Lived {
    conserved::check(world)?;
    calls::check(world)?;
    states::check(world)?;
    views::check(world)?;
    answers::check(world)?;
    causes::check(world)?;
    people::check(world)?;
    replicas::check(world)?;
    relayed::check(world)?;
    let mut promises = world.of.promises.iter();
    promises.try_for_each(|(check, promise)| promise(world).map_err(|what| Broken { check, what }))
}
