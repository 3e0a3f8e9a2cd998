//! The relay of one context: a thread that sends the log behind the mark, and begins again at the mark after each fault.
use crate::complaint::{Complaint, Sayings};
use crate::ending::Ending;
use crate::kafka::Kafka;
use crate::meter::Meter;
use crate::outgoing::Sender;
use crate::pump::Pump;
use crate::{topic, topic_tail};
use runtime::port::broker::{Relay, RelayedLog};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{JoinHandle, Thread};
use std::time::{Duration, Instant};

/// After a fault.
const PAUSE: Duration = Duration::from_secs(1);
/// Between two looks whether it has ended. It may be in the middle of a question to a broker when its time is over, and is left to end by itself.
const LOOK: Duration = Duration::from_millis(2);

pub(crate) struct KafkaRelay {
    ending: Arc<Ending>,
    flush: Duration,
    /// `None`: this machine gave no thread, or it is ended.
    thread: Mutex<Option<JoinHandle<()>>>,
    rings: Option<Thread>,
}

impl KafkaRelay {
    pub fn begin(kafka: Kafka, log: Arc<dyn RelayedLog>) -> KafkaRelay {
        let (ending, flush, context) = (Arc::new(Ending::default()), kafka.options.flush, log.context());
        let mut work = Work::new(kafka, log, ending.clone());
        let thread = std::thread::Builder::new().name(format!("relay {context}")).spawn(move || work.run());
        let thread = thread.inspect_err(|error| tracing::error!(context, %error, "no thread for the relay"));
        let thread = thread.ok();
        let rings = thread.as_ref().map(|thread| thread.thread().clone());
        KafkaRelay { ending, flush, thread: Mutex::new(thread), rings }
    }
}

impl Relay for KafkaRelay {
    fn news(&self) {
        self.rings.iter().for_each(Thread::unpark);
    }

    fn ask_to_end(&self) {
        self.ending.ask(self.flush);
        self.news();
    }

    fn end(&self) {
        let until = self.ending.ask(self.flush) + LOOK;
        self.news();
        let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        while !thread.is_finished() && Instant::now() < until {
            std::thread::sleep(LOOK);
        }
        if thread.is_finished() && thread.join().is_err() {
            tracing::error!("a relay's thread broke");
        }
    }
}

const SAYINGS: Sayings = Sayings {
    waits: "published events can't be relayed to Kafka; they wait in the log",
    goes_on: "published events are relayed to Kafka again",
};

struct Work {
    kafka: Kafka,
    log: Arc<dyn RelayedLog>,
    sender: Sender,
    ending: Arc<Ending>,
    complaint: Complaint,
    meter: Meter,
    /// What the topic ends with was looked at.
    compared: bool,
}

/// Why a relay does not go on as it is.
pub(crate) enum Fault {
    /// It tries again.
    Waits(String),
    /// The topic has what our log does not have.
    WentBack(String),
}

impl Work {
    fn new(kafka: Kafka, log: Arc<dyn RelayedLog>, ending: Arc<Ending>) -> Work {
        let context = log.context();
        let sender = Sender { context, source: format!("/{}/{context}", kafka.system), life: log.life() };
        let meter = Meter::of(kafka.system, context);
        Work { kafka, log, sender, ending, complaint: Complaint::of(SAYINGS), meter, compared: false }
    }

    fn run(&mut self) {
        let mut mark = self.log.relayed();
        while !self.ending.is_asked() {
            match self.relay(&mut mark) {
                Ok(()) => return,
                Err(Fault::Waits(why)) => {
                    self.complaint.waits(&self.sender.source, &why);
                    self.meter.waits(true);
                    std::thread::park_timeout(PAUSE);
                }
                Err(Fault::WentBack(why)) => {
                    tracing::error!(source = self.sender.source, why, "the relay to Kafka stops here");
                    self.meter.waits(true);
                    return;
                }
            }
        }
    }

    /// Until it is asked to end, or something fails. The mark is where the next try begins.
    fn relay(&mut self, mark: &mut u64) -> Result<(), Fault> {
        let Work { kafka, log, sender, ending, complaint, meter, .. } = self;
        topic::ensure(&kafka.options, kafka.topic).map_err(Fault::Waits)?;
        if ending.is_asked() {
            return Ok(());
        }
        if !std::mem::replace(&mut self.compared, true) {
            compare(kafka, log.as_ref(), sender).inspect_err(|_| self.compared = false)?;
        }
        meter.new_producer();
        let pump = Pump::open(kafka, log.as_ref(), sender, *mark).map_err(Fault::Waits)?;
        pump.run(ending, complaint, meter, mark).map_err(Fault::Waits)
    }
}

/// Whether the topic ends with events that the log has too.
fn compare(kafka: &Kafka, log: &dyn RelayedLog, sender: &Sender) -> Result<(), Fault> {
    let newest = topic_tail::newest(&kafka.options, kafka.topic, &sender.source);
    let newest = newest.map_err(|error| Fault::Waits(format!("the topic {} can't be read: {error}", kafka.topic)))?;
    let Some(sent) = newest else { return Ok(()) };
    let slice = log.published(sent.position.saturating_sub(1), 1).map_err(|late| Fault::Waits(late.0))?;
    if slice.events.iter().any(|event| event.event_id.to_string() == sent.event_id) {
        return Ok(());
    }
    let why = format!(
        "the topic {} has an event {} at position {} that this log does not have: the store went back in time, or another one sends there; restore the right backup, or set kafka.accept_restored = true to send what the log has",
        kafka.topic, sent.event_id, sent.position
    );
    if kafka.options.accepts_restored {
        tracing::warn!(source = sender.source, why, "it is sent there all the same");
        return Ok(());
    }
    Err(Fault::WentBack(why))
}
