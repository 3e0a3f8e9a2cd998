//! The relay of a simulated process: it sends what its context has published, and marks what the broker has said that it has.
use super::faults::Fault;
use super::injected::ProtocolFault;
use super::replica::SimReplica;
use super::world::World;
use kernel::Recorded;
use runtime::merge::TopicMessage;
use std::collections::VecDeque;
use std::sync::Arc;

/// What one driver's relay knows. Two processes that both believe that they own a context have one each.
#[derive(Default)]
pub struct SimRelay {
    has_begun: bool,
    /// The newest event that was sent.
    sent: u64,
    /// Sent, and not at the broker yet.
    under_way: VecDeque<TopicMessage>,
    /// The broker has all up to here.
    mark: u64,
    told: u64,
}

/// Sent at once, at most.
const BATCH: usize = 8;

impl World<'_> {
    /// Relays do a little.
    pub(super) fn relay_some(&mut self) {
        if self.topic.is_none() {
            return;
        }
        for (at, number) in self.relaying() {
            if self.random.percent(35) {
                self.relay(at, number, 1 + self.random.index(BATCH));
            }
        }
        if let Some(topic) = self.topic.as_ref().filter(|_| self.active.on(Fault::Topics) && self.random.percent(2)) {
            topic.truncate();
        }
    }

    /// Relays do all that there is.
    pub(super) fn relay_all(&mut self) {
        if self.topic.is_some() {
            self.relaying().into_iter().for_each(|(at, number)| self.relay(at, number, usize::MAX));
        }
    }

    pub(super) fn relay_ends(&mut self, at: usize, number: usize) {
        let random = self.random.clone();
        let arriving =
            self.services[at].replicas[number].end_relay(|many| if many == 0 { 0 } else { random.index(many + 1) });
        if let Some(topic) = self.topic.as_ref().filter(|_| !arriving.is_empty()) {
            topic.take(arriving);
        }
    }

    fn relaying(&self) -> Vec<(usize, usize)> {
        let now = self.time.now();
        self.replicas_that(|replica| replica.is_up() && !replica.is_paused(now) && !replica.process.has_ended())
    }

    fn relay(&mut self, at: usize, number: usize, at_most: usize) {
        let Some(topic) = self.topic.clone() else { return };
        let service = &mut self.services[at];
        let (name, log) = (service.name, service.known.clone());
        let replica = &mut service.replicas[number];
        let life = replica.handle.life();
        let relay = &mut replica.relay;
        if !std::mem::replace(&mut relay.has_begun, true) {
            let mark = replica.handle.relayed();
            (relay.sent, relay.mark, relay.told) = (mark, mark, mark);
        }
        for event in log.slice(relay.sent, at_most, |event| event.published).events {
            let (after, position) = (relay.sent, event.position);
            relay.under_way.push_back(TopicMessage { source: name, life, after, event: Arc::new(told(&event)) });
            relay.sent = position;
        }
        let arrives = if self.active.is_calm() { usize::MAX } else { self.random.index(relay.under_way.len() + 1) };
        let batch: Vec<_> = relay.under_way.drain(..arrives.min(relay.under_way.len())).collect();
        relay.mark = batch.last().map_or(relay.mark, TopicMessage::position);
        let is_news = !batch.is_empty();
        topic.take(batch);
        let tells = self.active.is_calm() || self.random.percent(40);
        let mark = if self.of.injected == Some(ProtocolFault::RelayedBeforeAck) { relay.sent } else { relay.mark };
        if mark > relay.told && tells {
            relay.told = mark;
            replica.handle.tell_relayed(mark);
        }
        if is_news {
            self.readers_of(name).iter().for_each(|reader| reader.mailbox.news());
        }
    }
}

/// What a message tells of an event: its frame and its body, as text, but not what it happened to and who asked for it.
fn told(event: &Recorded) -> Recorded {
    let meta = event.meta.unsigned();
    Recorded { kind: "".into(), id: event.key, meta, value: None, ..event.clone() }
}

impl SimReplica {
    /// Its relay ends with its driver: some of what was under way arrives still, and nobody hears of that.
    pub fn end_relay(&mut self, arrives: impl FnOnce(usize) -> usize) -> Vec<TopicMessage> {
        let SimRelay { mut under_way, .. } = std::mem::take(&mut self.relay);
        let arriving = arrives(under_way.len());
        under_way.drain(..arriving).collect()
    }
}
