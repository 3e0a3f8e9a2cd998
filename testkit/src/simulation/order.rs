//! Every order of reading: each consumer of several sources reads a scene's events in every interleaving of them, and all comes to the same.
use super::Simulation;
use super::broken::{Lived, ensure};
use super::check;
use super::random::Random;
use super::scene::Line;
use super::world::World;
use kernel::{Consumer, Context, SubscriptionKey};

/// Tried one by one up to here; of more, so many again at random.
const EACH: usize = 400;
const AT_RANDOM: u64 = 150;

/// Which of the sources that have events is read next, again and again.
enum Choice<'a> {
    /// As written; the first where nothing is written.
    Written(&'a [usize]),
    Random(Random),
}

/// The choices made, each with how many there were to choose from.
type Path = Vec<(usize, usize)>;

impl Simulation {
    /// Gives how many orders were tried, by consumer.
    pub fn reads_in_every_order(&self, lines: &[Line]) -> Lived<Vec<(String, usize)>> {
        let mut tried = vec![];
        for (at, context) in self.system.contexts.iter().enumerate() {
            let mut subscriptions = context.subscriptions();
            subscriptions.sort_by(|a, b| a.consumer.cmp(&b.consumer));
            for one in subscriptions.chunk_by(|a, b| a.consumer == b.consumer).filter(|of_one| of_one.len() > 1) {
                let consumer = &one[0].consumer;
                tried.push((format!("{} ({consumer})", context.name), self.orders(lines, at, consumer)?));
            }
        }
        Ok(tried)
    }

    fn orders(&self, lines: &[Line], at: usize, consumer: &Consumer) -> Lived<usize> {
        let late = (at, consumer.clone());
        let (expected, mut path) = self.read_in_order(lines, &late, &Choice::Written(&[]))?;
        let mut count = 1;
        let same = |found: &Vec<String>, path: &Path| {
            ensure(*found == expected, "order", || format!("{found:#?} in the order {path:?}, else {expected:#?}"))
        };
        while let Some(next) = after(&path).filter(|_| count < EACH) {
            let (found, taken) = self.read_in_order(lines, &late, &Choice::Written(&next))?;
            same(&found, &taken)?;
            (path, count) = (taken, count + 1);
        }
        if after(&path).is_some() {
            for round in 0..AT_RANDOM {
                let choice = Choice::Random(Random::from_seed(round, 1 << 43));
                let (found, taken) = self.read_in_order(lines, &late, &choice)?;
                same(&found, &taken)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// The scene with one consumer that reads nothing of it, then all that it has missed, one event at a time.
    fn read_in_order(
        &self,
        lines: &[Line],
        late: &(usize, Consumer),
        choice: &Choice<'_>,
    ) -> Lived<(Vec<String>, Path)> {
        let (mut world, at_last) = (World::calm(self)?, Some(late.clone()));
        world.play(lines, &at_last)?;
        let mut path: Path = vec![];
        loop {
            let open = missed(&world, late);
            let chosen = match choice {
                Choice::Written(all) => all.get(path.len()).copied().unwrap_or(0),
                Choice::Random(random) => random.index(open.len()),
            };
            let Some(subscription) = open.get(chosen) else { break };
            path.push((chosen, open.len()));
            world.read(late.0, subscription, 1)?;
            world.settle(&at_last)?;
        }
        world.rest()?;
        check::all(&mut world)?;
        let found = shown(&world, late.0, &self.system.contexts[late.0])?;
        Ok((found, path))
    }
}

fn missed(world: &World<'_>, (at, consumer): &(usize, Consumer)) -> Vec<SubscriptionKey> {
    let mut open = world.unread(*at);
    open.retain(|subscription| subscription.consumer == *consumer);
    open
}

/// The path after this one, as a counter with a digit a choice; `None`: it was the last.
fn after(path: &Path) -> Option<Vec<usize>> {
    let turn = path.iter().rposition(|(chosen, of)| chosen + 1 < *of)?;
    let mut next: Vec<usize> = path[..=turn].iter().map(|(chosen, _)| *chosen).collect();
    next[turn] += 1;
    Some(next)
}

/// What a context that only reads shows in the end. One that decides too may say more or less on its way: of it, the ledger and every view
/// are checked.
fn shown(world: &World<'_>, at: usize, context: &Context) -> Lived<Vec<String>> {
    if !context.routes.is_empty() || !context.callees.is_empty() {
        return Ok(vec![]);
    }
    let reader = check::reader(world, at);
    reader.map_or(Ok(vec![]), |reader| check::shown(context, &*reader))
}
