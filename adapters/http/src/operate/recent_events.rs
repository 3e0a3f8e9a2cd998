//! The newest events of a context as frames: read from its log once for everybody who follows them.
use crate::collection::live::frame;
use crate::operate::event_stream::Followed;
use crate::request::life_mark::LifeMark;
use bytes::Bytes;
use std::collections::VecDeque;
use tokio::sync::Mutex;

/// Read from the log at a time.
const PAGE_EVENTS: usize = 200;
/// Most events that are kept. Whoever is further behind reads the log by themselves.
const KEPT_EVENTS: usize = 500;

#[derive(Default)]
pub(super) struct RecentEvents(Mutex<Kept>);

/// What lies behind one position of a log, up to another.
#[derive(Default)]
struct Kept {
    /// Whose log it is. `None`: nobody has read it so far.
    life: Option<LifeMark>,
    begin: u64,
    newest: u64,
    frames: VecDeque<(u64, Bytes)>,
    /// How many groups the context had made when the log was read to its end. `None`: there was more.
    read_at: Option<u64>,
}

/// Frames, the position they go up to, and whether there may be more.
pub(super) struct Part {
    pub frames: Vec<Bytes>,
    pub seen: u64,
    pub more: bool,
}

impl RecentEvents {
    /// `groups`: how many the context has made, as far as it was heard. `None`: the log can't be read now.
    pub async fn behind(&self, followed: &Followed, after: u64, groups: u64) -> Option<Part> {
        let mut kept = self.0.lock().await;
        kept.begin_anew(followed.life, after);
        if after < kept.begin {
            drop(kept);
            let found = read(followed, after).await?;
            let (seen, more) = (found.last().map_or(after, |(position, _)| *position), found.len() == PAGE_EVENTS);
            return Some(Part { frames: found.into_iter().map(|(_, frame)| frame).collect(), seen, more });
        }
        if kept.is_behind(groups) {
            let found = read(followed, kept.newest).await?;
            kept.read_at = (found.len() < PAGE_EVENTS).then_some(groups);
            kept.add(found);
        }
        let part = Part { frames: kept.after(after), seen: kept.newest, more: kept.is_behind(groups) };
        kept.trim(KEPT_EVENTS);
        Some(part)
    }
}

impl Kept {
    /// Where nobody has read so far, or only up to before where somebody follows now, it begins there.
    fn begin_anew(&mut self, life: LifeMark, after: u64) {
        if self.life != Some(life) || after > self.newest {
            *self = Kept { life: Some(life), begin: after, newest: after, ..Kept::default() };
        }
    }

    fn is_behind(&self, groups: u64) -> bool {
        self.read_at.is_none_or(|read_at| read_at < groups)
    }

    fn add(&mut self, found: Vec<(u64, Bytes)>) {
        self.newest = found.last().map_or(self.newest, |(position, _)| *position);
        self.frames.extend(found);
    }

    fn after(&self, after: u64) -> Vec<Bytes> {
        self.frames.iter().filter(|(position, _)| *position > after).map(|(_, frame)| frame.clone()).collect()
    }

    /// Once everything was told that was asked for.
    fn trim(&mut self, frames_max: usize) {
        while self.frames.len() > frames_max {
            self.begin = self.frames.pop_front().map_or(self.begin, |(position, _)| position);
        }
    }
}

/// `None` while the context is stopped.
async fn read(followed: &Followed, after: u64) -> Option<Vec<(u64, Bytes)>> {
    let Followed { mount, context, life, .. } = followed;
    let reader = mount.hosted.work.reader(context)?;
    let events = mount.server.operator_reads.run(move || reader.log(after, PAGE_EVENTS)).await.ok()?;
    let frames = events.iter().map(|event| {
        let frame = frame::other(&life.write(event.position), &event.log_frame(context));
        (event.position, frame)
    });
    Some(frames.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Life;

    fn found(positions: std::ops::RangeInclusive<u64>) -> Vec<(u64, Bytes)> {
        positions.map(|position| (position, position.to_string().into())).collect()
    }

    #[test]
    fn what_is_let_go_was_told_before_to_who_has_asked_for_it() {
        let (life, mut kept) = (LifeMark::new(Life::random(1 << 90)), Kept::default());
        kept.begin_anew(life, 0);
        kept.add(found(1..=5));
        kept.begin_anew(life, 2);
        kept.add(found(6..=7));
        assert_eq!(kept.after(2), ["3", "4", "5", "6", "7"]);
        kept.trim(4);
        assert_eq!((kept.begin, kept.newest, kept.after(3)), (3, 7, ["4", "5", "6", "7"].map(Bytes::from).to_vec()));
    }

    #[test]
    fn it_begins_anew_where_nobody_has_read_so_far_and_in_another_log() {
        let (life, other) = (LifeMark::new(Life::random(1 << 90)), LifeMark::new(Life::random(2 << 90)));
        let mut kept = Kept::default();
        kept.begin_anew(life, 0);
        assert!(kept.is_behind(0), "it was never read");
        kept.add(found(1..=5));
        kept.read_at = Some(3);
        assert!(!kept.is_behind(3) && kept.is_behind(4));
        kept.begin_anew(life, 9);
        assert_eq!((kept.begin, kept.newest, kept.frames.len(), kept.is_behind(3)), (9, 9, 0, true));
        kept.add(found(10..=12));
        kept.begin_anew(other, 10);
        assert_eq!((kept.begin, kept.newest, kept.frames.len()), (10, 10, 0));
    }
}
