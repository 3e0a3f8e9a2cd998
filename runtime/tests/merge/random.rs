//! Given any partitions, doubles, gaps and late messages: a reader gets every published event once and in order.
use crate::given::{Given, message, published};
use proptest::prelude::*;

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// The source publishes so many events more; its relay sends them.
    Publish(u64),
    /// Its relay begins again a few events earlier.
    Again(u64),
    /// So many messages of a partition are heard.
    Hear(usize, usize),
    /// The next message of a partition is lost.
    Lose(usize),
    /// What a partition still has is gone.
    Truncate(usize),
    Read(usize),
    Pass(u64),
    /// It is heard of where the log ends.
    Look,
    /// Whether the log can be read.
    Log(bool),
}

const PARTITIONS: usize = 4;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (1..12_u64).prop_map(Step::Publish),
        1 => (1..20_u64).prop_map(Step::Again),
        8 => (0..PARTITIONS, 1..8_usize).prop_map(|(partition, many)| Step::Hear(partition, many)),
        1 => (0..PARTITIONS).prop_map(Step::Lose),
        1 => (0..PARTITIONS).prop_map(Step::Truncate),
        6 => (1..20_usize).prop_map(Step::Read),
        3 => (1..1500_u64).prop_map(Step::Pass),
        2 => Just(Step::Look),
        1 => any::<bool>().prop_map(Step::Log),
    ];
    prop::collection::vec(step, 1..200)
}

struct Topic {
    partitions: [Vec<u64>; PARTITIONS],
    heard: [usize; PARTITIONS],
    sent: u64,
}

impl Topic {
    fn send(&mut self, from: u64, to: u64) {
        for position in published(from, to) {
            self.partitions[(position % 5) as usize % PARTITIONS].push(position);
        }
        self.sent = to;
    }

    fn next(&mut self, partition: usize) -> Option<u64> {
        let next = self.partitions[partition].get(self.heard[partition]).copied()?;
        self.heard[partition] += 1;
        Some(next)
    }
}

fn happens(given: &mut Given, topic: &mut Topic, step: Step) {
    match step {
        Step::Publish(many) => {
            let (from, to) = (topic.sent + 1, topic.sent + many);
            given.log_grows_to(to);
            topic.send(from, to);
        }
        Step::Again(many) => topic.send(topic.sent.saturating_sub(many) + 1, topic.sent),
        Step::Hear(partition, many) => {
            for _ in 0..many {
                if let Some(position) = topic.next(partition) {
                    given.hear(message(position));
                }
            }
        }
        Step::Lose(partition) => drop(topic.next(partition)),
        Step::Truncate(partition) => topic.heard[partition] = topic.partitions[partition].len(),
        Step::Read(at_most) => drop(given.try_read(at_most)),
        Step::Pass(ms) => given.passes_ms(ms),
        Step::Look => given.log_ends_at(topic.sent),
        Step::Log(is_away) => given.log_is_away(is_away.then_some("away")),
    }
}

proptest! {
    #[test]
    fn every_published_event_is_read_once_and_in_order(steps in steps()) {
        let mut given = Given::source(0, 0);
        let mut topic = Topic { partitions: Default::default(), heard: [0; PARTITIONS], sent: 0 };
        steps.into_iter().for_each(|step| happens(&mut given, &mut topic, step));
        let read = given.read.clone();
        prop_assert_eq!(&read, &published(1, read.last().copied().unwrap_or(0)));
        given.log_is_away(None);
        given.log_ends_at(topic.sent);
        for _ in 0..3 {
            given.reads_all();
            given.passes_ms(2_000);
        }
        prop_assert_eq!(given.read, published(1, topic.sent));
    }
}
