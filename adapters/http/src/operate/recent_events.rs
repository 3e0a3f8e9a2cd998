//! The newest events of a context as frames: read from its log once for everybody who follows them.
use crate::collection::live::frame;
use crate::operate::event_stream::Followed;
use bytes::Bytes;
use std::collections::VecDeque;
use tokio::sync::Mutex;

/// Read from the log at a time.
const PAGE_EVENTS: usize = 200;
/// Most events that are kept. Whoever is further behind reads the log by themselves.
const KEPT_EVENTS: usize = 500;

#[derive(Default)]
pub(super) struct RecentEvents(Mutex<Kept>);

/// What lies behind one position, up to another.
#[derive(Default)]
struct Kept {
    begin: u64,
    newest: u64,
    frames: VecDeque<(u64, Bytes)>,
    /// How many groups the context had made when the log was read to its end. `None`: it never was.
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
        if kept.read_at.is_none() {
            (kept.begin, kept.newest) = (after, after);
        }
        if !(kept.begin..=kept.newest).contains(&after) {
            drop(kept);
            let found = read(followed, after).await?;
            let (seen, more) = (found.last().map_or(after, |(position, _)| *position), found.len() == PAGE_EVENTS);
            return Some(Part { frames: found.into_iter().map(|(_, frame)| frame).collect(), seen, more });
        }
        if kept.read_at.is_none_or(|read_at| read_at < groups) {
            let found = read(followed, kept.newest).await?;
            let is_end = found.len() < PAGE_EVENTS;
            kept.add(found);
            kept.read_at = if is_end { Some(groups) } else { kept.read_at.or(Some(0)) };
        }
        let frames = kept.frames.iter().filter(|(position, _)| *position > after).map(|(_, frame)| frame.clone());
        let more = kept.read_at.is_none_or(|read_at| read_at < groups);
        Some(Part { frames: frames.collect(), seen: kept.newest, more })
    }
}

impl Kept {
    fn add(&mut self, found: Vec<(u64, Bytes)>) {
        self.newest = found.last().map_or(self.newest, |(position, _)| *position);
        self.frames.extend(found);
        while self.frames.len() > KEPT_EVENTS {
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
