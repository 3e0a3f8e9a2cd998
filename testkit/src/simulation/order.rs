//! Every order of hearing: each consumer of several sources hears a scene's events in every interleaving of them, and all comes to the same.
use super::Simulation;
use super::broken::{Lived, ensure};
use super::check;
use super::dice::Dice;
use super::scene::Line;
use super::service::{Link, wants};
use super::world::World;
use kernel::Context;

/// Tried one by one up to here; of more, so many again at random.
const EACH: usize = 400;
const AT_RANDOM: u64 = 150;

/// Which of the sources that have something to say is heard next, again and again.
enum Choice<'a> {
    /// As written; the first where nothing is written.
    Written(&'a [usize]),
    Thrown(Dice),
}

/// The choices made, each with how many there were to choose from.
type Path = Vec<(usize, usize)>;

impl Simulation {
    /// Gives how many orders were tried, by consumer.
    pub fn hears_in_every_order(&self, lines: &[Line]) -> Lived<Vec<(String, usize)>> {
        let mut tried = vec![];
        for (at, context) in self.system.contexts.iter().enumerate() {
            let mut sources = context.sources();
            sources.sort_by(|a, b| a.consumer.cmp(&b.consumer));
            for one in sources.chunk_by(|a, b| a.consumer == b.consumer).filter(|of_one| of_one.len() > 1) {
                let consumer = &one[0].consumer;
                tried.push((format!("{} ({consumer})", context.name), self.orders(lines, at, consumer)?));
            }
        }
        Ok(tried)
    }

    fn orders(&self, lines: &[Line], at: usize, consumer: &str) -> Lived<usize> {
        let (expected, mut path) = self.heard(lines, (at, consumer), Choice::Written(&[]))?;
        let mut count = 1;
        let same = |found: &Vec<String>, path: &Path| {
            ensure(*found == expected, "order", || format!("{found:#?} in the order {path:?}, else {expected:#?}"))
        };
        while let Some(next) = after(&path).filter(|_| count < EACH) {
            let (found, taken) = self.heard(lines, (at, consumer), Choice::Written(&next))?;
            same(&found, &taken)?;
            (path, count) = (taken, count + 1);
        }
        if after(&path).is_some() {
            for throw in 0..AT_RANDOM {
                let (found, taken) = self.heard(lines, (at, consumer), Choice::Thrown(Dice::of(throw, 1 << 43)))?;
                same(&found, &taken)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// The scene with one consumer deaf to it, then all it missed, one event at a time.
    fn heard(&self, lines: &[Line], deaf: (usize, &str), mut choice: Choice<'_>) -> Lived<(Vec<String>, Path)> {
        let mut world = World::calm(self)?;
        world.play(lines, Some(deaf))?;
        let mut path: Path = vec![];
        loop {
            let open = missed(&world, deaf);
            let chosen = match &mut choice {
                Choice::Written(all) => all.get(path.len()).copied().unwrap_or(0),
                Choice::Thrown(dice) => dice.index(open.len()),
            };
            let Some(link) = open.get(chosen) else { break };
            path.push((chosen, open.len()));
            world.hear(deaf.0, link, 0, 1)?;
            world.settle(Some(deaf))?;
        }
        world.rest()?;
        check::all(&mut world)?;
        let found = told(&world, deaf.0, &self.system.contexts[deaf.0])?;
        Ok((found, path))
    }
}

fn missed(world: &World<'_>, (at, consumer): (usize, &str)) -> Vec<Link> {
    let has = |source: &str, position| world.logged(source) > position;
    let mut open = world.services[at].machine().map(|machine| wants(machine, has)).unwrap_or_default();
    open.retain(|(by, ..)| by == consumer);
    open
}

/// The path after this one, as a counter with a digit a choice; `None`: it was the last.
fn after(path: &Path) -> Option<Vec<usize>> {
    let turn = path.iter().rposition(|(chosen, of)| chosen + 1 < *of)?;
    let mut next: Vec<usize> = path[..=turn].iter().map(|(chosen, _)| *chosen).collect();
    next[turn] += 1;
    Some(next)
}

/// What a context that only listens shows in the end. One that decides too may say more or less on its way: of it, the books and every view are checked.
fn told(world: &World<'_>, at: usize, context: &Context) -> Lived<Vec<String>> {
    if !context.routes.is_empty() || !context.callees.is_empty() {
        return Ok(vec![]);
    }
    let reader = check::reader(world, at);
    reader.map_or(Ok(vec![]), |reader| check::shown(context, &*reader))
}
