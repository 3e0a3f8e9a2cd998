//! Every queue, batch, retry and timeout of a context at work, by name.
use kernel::{Setting, Settings};

/// Declared as `[runtime]` settings.
pub const SETTINGS: &[Setting] = &[
    Setting::whole(
        "queue_max",
        "1024",
        1,
        1_000_000,
        "Inputs that may wait for one context; above that requests are turned away with 503.",
    ),
    Setting::whole("group_max", "256", 1, 100_000, "Inputs decided before their group is made durable."),
    Setting::whole(
        "gather_ms",
        "10",
        0,
        1_000,
        "Least time between two groups nobody waits for, so that more commits share one fsync; the first after a pause goes at once.",
    ),
    Setting::whole(
        "events_per_turn",
        "256",
        1,
        100_000,
        "Events of one source a consumer takes in one turn: its share while it catches up.",
    ),
    Setting::whole(
        "sagas_max",
        "512",
        1,
        1_000_000,
        "Requests of one context that may be asking others at the same time (bulkhead).",
    ),
    Setting::whole(
        "undo_share",
        "128",
        1,
        1_000_000,
        "Undo questions that may be under way at once, beside the bulkhead of new requests.",
    ),
    Setting::whole(
        "reserve_tickets",
        "1024",
        1,
        1_000_000,
        "Ids reserved ahead, so that a question can leave before its commit.",
    ),
    Setting::whole(
        "forget_tickets",
        "64",
        1,
        1_000_000,
        "A caller's settled mark is taken over when it has moved this far: forgetting its calls costs a write.",
    ),
    Setting::whole(
        "undo_retry_ms",
        "50",
        1,
        60_000,
        "First pause before an undo is asked again; doubles up to undo_retry_max_ms.",
    ),
    Setting::whole("undo_retry_max_ms", "2000", 1, 600_000, "Longest pause between two tries of an undo."),
    Setting::whole("breaker_failures", "8", 1, 100_000, "Failures in a row that open the circuit to another context."),
    Setting::whole(
        "breaker_open_ms",
        "2000",
        1,
        600_000,
        "How long an open circuit turns requests away before it lets some through.",
    ),
    Setting::whole("breaker_probes", "2", 1, 1_000, "Requests a half-open circuit lets through at once."),
    Setting::whole(
        "retry_percent",
        "10",
        0,
        100,
        "Retry budget: retries allowed for each hundred questions that got an answer.",
    ),
    Setting::whole(
        "retries_max",
        "1",
        0,
        100,
        "How often one question is asked again of a context that can't be reached.",
    ),
    Setting::whole("retry_pause_ms", "20", 1, 60_000, "Pause before an unreachable context is asked again."),
    Setting::whole(
        "poison_retries",
        "3",
        0,
        100,
        "How often an event that can't be applied is tried again before it is parked.",
    ),
    Setting::whole(
        "poison_pause_ms",
        "100",
        1,
        600_000,
        "First pause before a poison event is tried again; doubles each time.",
    ),
    Setting::whole(
        "parked_keys_max",
        "1000",
        1,
        1_000_000,
        "Keys that may be parked; with more the consumer stops and says so.",
    ),
    Setting::whole("idempotency_hours", "24", 1, 8_760, "How long an answer is kept under its Idempotency-Key."),
    Setting::whole("history_rows", "200", 1, 10_000, "Entries a row's history keeps: the last ones."),
    Setting::whole("cache_entries", "512", 16, 10_000_000, "States and rows each context keeps in memory."),
    Setting::whole(
        "tail_events",
        "512",
        16,
        10_000_000,
        "Newest events each context keeps in memory for its consumers.",
    ),
    Setting::whole(
        "disk_reserve_mb",
        "64",
        0,
        1_000_000,
        "Free disk below which new requests get 503, while undo, take and refund go on.",
    ),
    Setting::whole("drain_ms", "10000", 100, 600_000, "How long a stop may take to finish what is under way."),
];

/// The same as values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    pub queue_max: usize,
    pub group_max: usize,
    pub gather_ms: u64,
    pub events_per_turn: usize,
    pub sagas_max: usize,
    pub undo_share: usize,
    pub reserve_tickets: u64,
    pub forget_tickets: u64,
    pub undo_retry_ms: u64,
    pub undo_retry_max_ms: u64,
    pub breaker_failures: u32,
    pub breaker_open_ms: u64,
    pub breaker_probes: u32,
    pub retry_percent: u32,
    pub retries_max: u32,
    pub retry_pause_ms: u64,
    pub poison_retries: u32,
    pub poison_pause_ms: u64,
    pub parked_keys_max: usize,
    pub idempotency_ms: u64,
    pub history_rows: usize,
    pub cache_entries: usize,
    pub tail_events: usize,
    pub disk_reserve_mb: u64,
    pub drain_ms: u64,
}

impl Limits {
    pub fn of(settings: &Settings) -> Limits {
        let size = |name| settings.whole(name) as usize;
        let small = |name| settings.whole(name) as u32;
        Limits {
            queue_max: size("queue_max"),
            group_max: size("group_max"),
            gather_ms: settings.whole("gather_ms"),
            events_per_turn: size("events_per_turn"),
            sagas_max: size("sagas_max"),
            undo_share: size("undo_share"),
            reserve_tickets: settings.whole("reserve_tickets"),
            forget_tickets: settings.whole("forget_tickets"),
            undo_retry_ms: settings.whole("undo_retry_ms"),
            undo_retry_max_ms: settings.whole("undo_retry_max_ms"),
            breaker_failures: small("breaker_failures"),
            breaker_open_ms: settings.whole("breaker_open_ms"),
            breaker_probes: small("breaker_probes"),
            retry_percent: small("retry_percent"),
            retries_max: small("retries_max"),
            retry_pause_ms: settings.whole("retry_pause_ms"),
            poison_retries: small("poison_retries"),
            poison_pause_ms: settings.whole("poison_pause_ms"),
            parked_keys_max: size("parked_keys_max"),
            idempotency_ms: settings.whole("idempotency_hours") * 3_600_000,
            history_rows: size("history_rows"),
            cache_entries: size("cache_entries"),
            tail_events: size("tail_events"),
            disk_reserve_mb: settings.whole("disk_reserve_mb"),
            drain_ms: settings.whole("drain_ms"),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::of(&Settings::defaults(SETTINGS))
    }
}
