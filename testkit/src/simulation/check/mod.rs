//! Every promise, checked at rest: each file states one.
mod answers;
mod calls;
mod causes;
mod conserved;
mod replicas;
mod states;
mod views;

use super::broken::Lived;
use super::world::World;

pub fn all(world: &mut World<'_>) -> Lived {
    conserved::check(world)?;
    calls::check(world)?;
    states::check(world)?;
    views::check(world)?;
    answers::check(world)?;
    causes::check(world)?;
    replicas::check(world)
}
