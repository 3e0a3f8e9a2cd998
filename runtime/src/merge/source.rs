//! One source: what of it has taken its place, what waits, and by which way it is read now.
use super::message::TopicMessage;
use super::patience::{MergeTimes, Patience};
use super::waiting::Waiting;
use crate::port::clock::Moment;
use crate::port::feed::{LogEnd, Slice};
use crate::stretch::Stretch;
use kernel::Life;

/// What became of a source's messages, and how many events came from its log instead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeCounts {
    /// They were next.
    pub joined: u64,
    /// Their events were known already.
    pub past: u64,
    /// They are of another life of the source's store.
    pub other_life: u64,
    /// Too many waited.
    pub dropped: u64,
    /// Events that were read from the log.
    pub healed: u64,
}

/// By which way the next events are looked for.
enum Way {
    /// From the log, until the topic has come as far as the mark. The mark follows the readers now and then, so that a topic which is late
    /// for good stays unread.
    Log(Option<(u64, Moment)>),
    /// From the topic.
    Topic(Patience),
}

pub(super) struct MergedSource {
    /// `None`: it is not known yet; messages are not judged.
    life: Option<Life>,
    /// What has taken its place; `None` until somebody reads.
    run: Option<Stretch>,
    /// Where the furthest reader stands.
    pub furthest: u64,
    waiting: Waiting,
    way: Way,
    /// Of the newest published event, as it was heard of last.
    published: u64,
    pub counts: MergeCounts,
}

/// What a read finds.
pub(super) enum Found {
    Slice(Slice),
    /// The topic is to bring it.
    Awaited,
    /// The log is to be read, and what it gives told to [`MergedSource::logged`].
    InTheLog,
}

impl MergedSource {
    pub fn new() -> MergedSource {
        MergedSource {
            life: None,
            run: None,
            furthest: 0,
            waiting: Waiting::default(),
            way: Way::Log(None),
            published: 0,
            counts: MergeCounts::default(),
        }
    }

    pub fn reads_the_log(&self) -> bool {
        matches!(self.way, Way::Log(_))
    }

    /// Published events that have not come yet: positions are counted, as far as is known.
    pub fn lag(&self) -> u64 {
        let to = self.run.as_ref().map_or(self.furthest, |run| run.to);
        self.published.saturating_sub(to)
    }

    /// Whether a reader finds more than before.
    pub fn hear(&mut self, message: TopicMessage) -> bool {
        let Some(run) = self.run.as_ref().filter(|_| self.life.is_some()) else { return false };
        if self.life != Some(message.life) {
            self.counts.other_life += 1;
            return false;
        }
        let joins = message.after <= run.to;
        if let Way::Log(Some((mark, _))) = self.way
            && joins
            && message.position() >= mark
        {
            self.way = Way::Topic(Patience::default());
        }
        if message.position() <= run.to {
            self.counts.past += 1;
            return false;
        }
        self.counts.dropped += self.waiting.put(message) as u64;
        self.join()
    }

    /// What waits takes its place, as far as nothing is missing and there is room.
    fn join(&mut self) -> bool {
        let Some(run) = &mut self.run else { return false };
        let before = run.to;
        while run.make_room(self.furthest)
            && let Some(next) = self.waiting.take(run.to)
        {
            run.push(next.event);
            self.counts.joined += 1;
        }
        run.to > before
    }

    /// `end`: where the source's log ends, as far as is known.
    pub fn read(&mut self, after: u64, at_most: usize, end: LogEnd, now: Moment, times: MergeTimes) -> Found {
        self.meet(end);
        self.furthest = self.furthest.max(after);
        if self.run.as_ref().is_none_or(|run| after > run.to) {
            self.run = Some(Stretch::at(after)); // it was read elsewhere meanwhile
        }
        self.join();
        let run = self.run.get_or_insert_default();
        if run.to >= end.published {
            run.reach(end.position);
        }
        if run.leads_on(after) {
            let slice = run.slice(after, at_most);
            return Found::Slice(self.with_more(slice));
        }
        if after < run.from {
            return Found::InTheLog;
        }
        self.read_at_the_end(after, now, times)
    }

    /// Nothing of another life of the source's store is used.
    fn meet(&mut self, end: LogEnd) {
        if self.life != Some(end.life) {
            *self = MergedSource { life: Some(end.life), counts: self.counts, ..MergedSource::new() };
        }
        self.published = end.published;
    }

    /// The reader has everything that has taken its place.
    fn read_at_the_end(&mut self, after: u64, now: Moment, times: MergeTimes) -> Found {
        match &mut self.way {
            Way::Topic(patience) => {
                patience.look(after, !self.waiting.is_empty(), self.published, now);
                if !patience.waits() {
                    return Found::Slice(Slice { after, up_to: after, ..Slice::default() });
                }
                if !patience.is_over(now, times) {
                    return Found::Awaited;
                }
                self.way = Way::Log(Some((after, now)));
                // no source is known to have sent it: if one has, the log gives it, and a forged one would be waited for again and again
                self.counts.dropped += self.waiting.cut(self.published) as u64;
            }
            Way::Log(mark) => {
                if mark.is_none_or(|(_, at)| now.ms_since(at) >= times.fallback_ms / 2) {
                    *mark = Some((after, now));
                }
            }
        }
        Found::InTheLog
    }

    /// A reader that is told that there is no more sleeps until there is news, and of what is known already there will be none.
    fn with_more(&self, slice: Slice) -> Slice {
        let known = self.run.as_ref().map_or(0, |run| run.to).max(self.published);
        let more = slice.more || slice.up_to < known || !self.waiting.is_empty();
        Slice { more, ..slice }
    }

    /// What the log has given, as the reader gets it.
    pub fn logged(&mut self, slice: Slice) -> Slice {
        self.take_over(&slice);
        self.with_more(slice)
    }

    fn take_over(&mut self, slice: &Slice) {
        let Some(run) = self.run.as_mut().filter(|run| slice.after <= run.to && run.to < slice.up_to) else { return };
        self.counts.healed += slice.events.iter().filter(|event| event.position > run.to).count() as u64;
        if run.make_room(self.furthest) {
            run.extend(Slice { more: false, ..slice.clone() });
        } else {
            *run = Stretch::at(slice.up_to);
        }
        self.join();
    }
}
