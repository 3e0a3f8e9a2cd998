//! The topic of a simulated system: partitions that lose, double and cut off messages, and that each reader hears at its own pace.
use super::faults::{ActiveFaults, Fault};
use super::lock::lock;
use super::random::Random;
use kernel::Name;
use runtime::merge::{MergeTimes, TopicMessage};
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

const PARTITIONS: usize = 4;

pub struct SimTopic {
    kept: Mutex<Kept>,
    random: Arc<Random>,
    active: Arc<ActiveFaults>,
}

#[derive(Default)]
struct Kept {
    partitions: [Partition; PARTITIONS],
    /// What the broker has had, or has lost although it said that it had it.
    acknowledged: BTreeSet<(Name, u64)>,
}

#[derive(Default)]
struct Partition {
    /// The offset of the oldest message that is left.
    first: usize,
    messages: VecDeque<TopicMessage>,
}

impl Partition {
    fn end(&self) -> usize {
        self.first + self.messages.len()
    }
}

/// Where a reader stands in each partition.
pub struct Offsets([usize; PARTITIONS]);

impl SimTopic {
    /// Contexts hear each other over a topic in a third of the lifetimes in which they have several processes; how patiently.
    pub fn of_lifetime(
        seed: u64,
        is_cluster: bool,
        random: &Arc<Random>,
        active: &Arc<ActiveFaults>,
    ) -> (Option<Arc<SimTopic>>, MergeTimes) {
        let own = Random::from_seed(seed, u64::MAX - 1);
        let is_heard = is_cluster && active.on(Fault::Topics) && own.percent(33);
        let (gap_ms, fallback_ms) = own.one_of(&[(5, 40), (40, 300), (250, 2000)]).copied().unwrap_or_default();
        let topic = || SimTopic { kept: Mutex::default(), random: random.clone(), active: active.clone() };
        (is_heard.then(|| Arc::new(topic())), MergeTimes { gap_ms, fallback_ms })
    }

    /// The broker has these, it says. It may have lost the first batch of a new partition, and have a message twice.
    pub fn take(&self, batch: Vec<TopicMessage>) {
        let is_faulty = self.active.on(Fault::Topics);
        let is_lost = is_faulty && self.random.percent(3);
        let mut kept = lock(&self.kept);
        for message in batch {
            kept.acknowledged.insert((message.source, message.position()));
            let partition = &mut kept.partitions[message.event.key.0 as usize % PARTITIONS];
            if !is_lost {
                if is_faulty && self.random.percent(8) {
                    partition.messages.push_back(message.clone());
                }
                partition.messages.push_back(message);
            }
        }
    }

    /// The oldest messages of a partition go; now and then all of it does.
    pub fn truncate(&self) {
        let mut kept = lock(&self.kept);
        let partition = &mut kept.partitions[self.random.index(PARTITIONS)];
        let gone = self.random.index(partition.messages.len() + 1);
        partition.messages.drain(..gone);
        partition.first += gone;
    }

    pub fn has_acknowledged(&self, source: Name, position: u64) -> bool {
        lock(&self.kept).acknowledged.contains(&(source, position))
    }

    /// Where a reader begins: somewhere in what is left.
    pub fn begin(&self) -> Offsets {
        let kept = lock(&self.kept);
        Offsets(kept.partitions.each_ref().map(|partition| {
            partition.first + if self.active.is_calm() { 0 } else { self.random.index(partition.messages.len() + 1) }
        }))
    }

    /// What a reader hears next: of each partition a few messages, in a calm world all.
    pub fn hear(&self, offsets: &mut Offsets) -> Vec<TopicMessage> {
        let kept = lock(&self.kept);
        let mut heard = vec![];
        for (partition, offset) in kept.partitions.iter().zip(&mut offsets.0) {
            let from = partition.first.max(*offset);
            let many = if self.active.on(Fault::Topics) { self.random.index(4) } else { usize::MAX };
            let to = partition.end().min(from.saturating_add(many));
            heard.extend(partition.messages.range(from - partition.first..to - partition.first).cloned());
            *offset = to;
        }
        heard
    }
}
