//! One producer at work: reads the log, sends what it has room for, and moves the mark with what is acknowledged.
use crate::complaint::Complaint;
use crate::ending::Ending;
use crate::kafka::Kafka;
use crate::meter::Meter;
use crate::outgoing::Sender;
use crate::producer::{Producer, Taken};
use crate::window::Window;
use kernel::Recorded;
use runtime::port::broker::RelayedLog;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Read from the log at a time.
const BATCH: usize = 500;
/// Between two marks that are told: each costs the context a write where it has nothing else to write.
const TELL: Duration = Duration::from_millis(500);
/// Between two looks for acknowledgements, while there is room: they only move the mark.
const LOOK: Duration = Duration::from_millis(10);
/// While what was read waits for room.
const ROOM_LOOK: Duration = Duration::from_millis(1);
/// While no acknowledgements come.
const SLOW_LOOK: Duration = Duration::from_millis(50);
/// Nothing is acknowledged for so long: no broker takes anything.
const STALLED: Duration = Duration::from_secs(3);
/// News wakes it up; this is only how often an idle relay looks all the same.
const IDLE: Duration = Duration::from_secs(1);

pub(crate) struct Pump<'a> {
    topic: &'static str,
    log: &'a dyn RelayedLog,
    sender: &'a Sender,
    producer: Producer,
    window: Window,
    /// Read and not sent yet.
    waiting: VecDeque<Arc<Recorded>>,
    /// The log was read up to here.
    read: u64,
    more: bool,
    /// Of the published event sent last.
    after: u64,
    told: u64,
    told_at: Instant,
    /// Something was, by this producer.
    acknowledged: bool,
    /// Something waits since then for an acknowledgement, and none has come.
    waits_since: Instant,
    trouble: String,
}

impl<'a> Pump<'a> {
    pub fn open(kafka: &Kafka, log: &'a dyn RelayedLog, sender: &'a Sender, mark: u64) -> Result<Pump<'a>, String> {
        let now = Instant::now();
        Ok(Pump {
            topic: kafka.topic,
            log,
            sender,
            producer: Producer::open(&kafka.options).map_err(|error| error.to_string())?,
            window: Window::behind(mark, kafka.options.window_events),
            waiting: VecDeque::new(),
            read: mark,
            more: true,
            after: mark,
            told: mark,
            told_at: now,
            acknowledged: false,
            waits_since: now,
            trouble: String::new(),
        })
    }

    /// # Errors
    /// Why this producer can't go on; the mark says where another one goes on.
    pub fn run(
        mut self,
        ending: &Ending,
        complaint: &mut Complaint,
        meter: &Meter,
        mark: &mut u64,
    ) -> Result<(), String> {
        loop {
            let ending_asked = ending.is_asked(); // before the log is read once more
            let turned = self.turn(ending_asked);
            *mark = self.window.mark();
            let ends = turned.is_err() || ending_asked && (self.is_done() || ending.is_over());
            let is_due = self.told_at.elapsed() >= TELL;
            if ends || is_due {
                self.tell(meter);
            }
            if ends {
                return turned;
            }
            if is_due {
                self.judge(complaint, meter);
            }
        }
    }

    /// Everything that is published is acknowledged.
    fn is_done(&self) -> bool {
        self.window.is_empty() && self.waiting.is_empty() && !self.more
    }

    fn turn(&mut self, is_ending: bool) -> Result<(), String> {
        self.read();
        let has_room = self.send()?;
        let has_more_to_do = has_room && self.more;
        let may_end = is_ending && self.is_done(); // whoever waits for the end rings once, and an earlier turn may have heard it
        if !has_more_to_do && !may_end {
            std::thread::park_timeout(self.until_next(has_room));
        }
        self.hear()
    }

    /// A log that can't be read at the moment is asked again.
    fn read(&mut self) {
        if !self.waiting.is_empty() || !self.window.has_room() {
            return;
        }
        match self.log.published(self.read, BATCH) {
            Ok(slice) => {
                (self.read, self.more) = (slice.up_to, slice.more);
                self.waiting.extend(slice.events);
            }
            Err(late) => (self.more, self.trouble) = (false, late.0),
        }
    }

    /// Whether everything that was read is sent.
    fn send(&mut self) -> Result<bool, String> {
        while let Some(event) = self.waiting.front().filter(|_| self.window.has_room()) {
            let message = self.sender.message(event, self.after);
            let taken = self.producer.send(self.topic, event.position, message).map_err(|error| error.to_string())?;
            if taken == Taken::NoRoom {
                return Ok(false);
            }
            if self.window.is_empty() {
                self.waits_since = Instant::now();
            }
            self.after = event.position;
            self.window.sent(event.position);
            self.waiting.pop_front();
        }
        Ok(self.waiting.is_empty())
    }

    /// How long it waits, unless there is news.
    fn until_next(&self, has_room: bool) -> Duration {
        match () {
            () if self.is_stalled() => SLOW_LOOK,
            () if !has_room => ROOM_LOOK,
            () if !self.window.is_empty() => LOOK,
            () if self.told < self.window.mark() => TELL.saturating_sub(self.told_at.elapsed()),
            () => IDLE,
        }
    }

    fn hear(&mut self) -> Result<(), String> {
        let heard = self.producer.hear();
        if !heard.acknowledged.is_empty() {
            (self.acknowledged, self.waits_since) = (true, Instant::now());
            heard.acknowledged.into_iter().for_each(|position| self.window.acknowledged(position));
        }
        if let Some(trouble) = heard.trouble {
            self.trouble = trouble;
        }
        heard.fault.map_or(Ok(()), Err)
    }

    fn is_stalled(&self) -> bool {
        !self.window.is_empty() && self.waits_since.elapsed() >= STALLED
    }

    fn tell(&mut self, meter: &Meter) {
        let mark = self.window.mark();
        meter.stands_at(mark, self.log.newest_published(), self.window.len());
        if mark > self.told {
            self.log.tell_relayed(mark);
        }
        (self.told, self.told_at) = (mark, Instant::now());
    }

    fn judge(&self, complaint: &mut Complaint, meter: &Meter) {
        if self.is_stalled() {
            let why = if self.trouble.is_empty() { "no broker answers" } else { self.trouble.as_str() };
            complaint.waits(&self.sender.source, why);
            meter.waits(true);
        } else if self.acknowledged || self.is_done() {
            complaint.goes_on(&self.sender.source);
            meter.waits(false);
        }
    }
}
