//! Every queue, batch, retry and timeout of a context at work, by name.

kernel::settings! {
    /// The `[runtime]` settings.
    pub struct Limits {
        /// Inputs that may wait for one context; above that requests are turned away with 503.
        queue_max: usize = 1024, 1..=1_000_000;
        /// Inputs decided before their group is made durable.
        group_max: usize = 256, 1..=100_000;
        /// Least time between two groups nobody waits for, so that more commits share one fsync; the first after a pause goes at once.
        gather_ms: u64 = 10, 0..=1_000;
        /// Events of one source a consumer takes in one turn: its share while it catches up.
        events_per_turn: usize = 256, 1..=100_000;
        /// Requests of one context that may be asking others at the same time (bulkhead).
        sagas_max: usize = 512, 1..=1_000_000;
        /// Calls to one other context that may be under way at the same time: set it below sagas_max, so that one that hangs leaves room.
        calls_max: usize = 256, 1..=1_000_000;
        /// How long a consumer with something to read may stand still before the system is not ready.
        stall_ms: u64 = 10000, 100..=3_600_000;
        /// Undo questions that may be under way at once, beside the bulkhead of new requests.
        undo_share: usize = 128, 1..=1_000_000;
        /// Ids reserved ahead, so that a question can leave before its commit.
        reserve_tickets: u64 = 1024, 1..=1_000_000;
        /// A caller's settled mark is taken over when it has moved this far: forgetting its calls costs a write.
        forget_tickets: u64 = 64, 1..=1_000_000;
        /// First pause before an undo is asked again; doubles up to undo_retry_max_ms.
        undo_retry_ms: u64 = 50, 1..=60_000;
        /// Longest pause between two tries of an undo.
        undo_retry_max_ms: u64 = 2000, 1..=600_000;
        /// Failures in a row that open the circuit to another context.
        breaker_failures: u32 = 8, 1..=100_000;
        /// How long an open circuit turns requests away before it lets some through.
        breaker_open_ms: u64 = 2000, 1..=600_000;
        /// Requests a half-open circuit lets through at once.
        breaker_probes: u32 = 2, 1..=1_000;
        /// Retry budget: retries allowed for each hundred questions that got an answer.
        retry_percent: u32 = 10, 0..=100;
        /// How often one question is asked again of a context that can't be reached.
        retries_max: u32 = 1, 0..=100;
        /// Pause before an unreachable context is asked again.
        retry_pause_ms: u64 = 20, 1..=60_000;
        /// How often an event that can't be applied is tried again before it is parked.
        poison_retries: u32 = 3, 0..=100;
        /// First pause before a poison event is tried again; doubles each time.
        poison_pause_ms: u64 = 100, 1..=600_000;
        /// Keys that may be parked; with more the consumer stops and says so.
        parked_keys_max: usize = 1000, 1..=1_000_000;
        /// How long an answer is kept under its Idempotency-Key.
        idempotency_hours: u64 = 24, 1..=8_760;
        /// Entries a row's history keeps: the last ones.
        history_rows: usize = 200, 1..=10_000;
        /// States and rows each context keeps in memory.
        cache_entries: usize = 512, 16..=10_000_000;
        /// States folded again at once by a release with another shape of them: each costs some hundred bytes, and fewer cost more passes over the log.
        refold_states: usize = 100000, 1..=100_000_000;
        /// Newest events each context keeps in memory for its consumers.
        tail_events: usize = 512, 16..=10_000_000;
        /// Free disk below which new requests get 503, while undo, take and refund go on.
        disk_reserve_mb: u64 = 64, 0..=1_000_000;
        /// Requests of one context that may be owed an undo before new ones are turned away.
        undoing_max: usize = 2048, 1..=1_000_000;
        /// Messages of other contexts that may wait for one context; further ones are dropped and sent again.
        messages_max: usize = 8192, 1..=10_000_000;
        /// Retries that are saved up at most while none is needed.
        retries_saved_max: u32 = 10, 1..=10_000;
        /// When to come back, told with a 503 of a context's own.
        retry_after_ms: u64 = 1000, 1..=600_000;
        /// How long positions that moved without effects wait for a group to go with.
        lazy_ms: u64 = 20, 0..=10_000;
        /// How often answers older than idempotency_hours are removed.
        prune_answers_ms: u64 = 60000, 1..=86_400_000;
        /// How often a context's status and the free disk are sampled.
        status_ms: u64 = 200, 1..=60_000;
        /// Pause before a store that failed is opened again.
        reopen_ms: u64 = 500, 1..=60_000;
        /// How long a writer stands still for a backup at most.
        backup_hold_ms: u64 = 20000, 1..=600_000;
        /// How long an operator's command waits for a context to answer.
        operator_wait_ms: u64 = 10000, 1..=600_000;
        /// How long the sandbox's slow provider takes: long, but within the usual limit of a call.
        sandbox_slow_ms: u64 = 350, 1..=60_000;
        /// How long the sandbox's late provider takes: past the usual limit of a call.
        sandbox_late_ms: u64 = 1200, 1..=60_000;
        /// How long a stop may take to finish what is under way.
        drain_ms: u64 = 10000, 100..=600_000;
    }
    where {
        undo_retry_ms <= undo_retry_max_ms;
        forget_tickets <= reserve_tickets;
        calls_max <= sagas_max;
        sandbox_slow_ms <= sandbox_late_ms;
    }
}

impl Limits {
    /// How long an answer is kept under its Idempotency-Key.
    pub fn idempotency_ms(&self) -> u64 {
        self.idempotency_hours * 3_600_000
    }
}
