//! What the seed decides before a lifetime begins: the processes of each context, their leases and clocks, and the limits.
use super::Simulation;
use super::faults::{ActiveFaults, Fault};
use super::lease::LeaseTimes;
use super::random::Random;
use super::replica::SimReplica;
use super::service::Service;
use super::time::{SimClock, WorldTime};
use runtime::limits::Limits;
use std::sync::Arc;

/// As long as a lease lasts by default; shorter ones end more often.
const LEASE_MS: u64 = 3000;

/// How many processes each context has at most, `None`: one, which nobody takes its store from; and how long their leases last.
pub(super) fn cluster(of: &Simulation, random: &Random, active: &ActiveFaults) -> (Option<usize>, LeaseTimes) {
    let may_be = active.on(Fault::Replicas) && of.is_in_memory() && of.replicas != Some(1);
    if !may_be || !random.percent(60) {
        return (None, LeaseTimes { lease_ms: LEASE_MS });
    }
    let most = 1 + random.index(3);
    let lease_ms = random.one_of(&[150, 300, 1000, LEASE_MS]).copied().unwrap_or(LEASE_MS);
    (Some(of.replicas.unwrap_or(most)), LeaseTimes { lease_ms })
}

pub(super) fn services(
    of: &Simulation,
    limits: &Limits,
    time: &Arc<WorldTime>,
    random: &Random,
    active: &ActiveFaults,
    cluster: Option<usize>,
) -> Vec<Service> {
    let replica = |context: &kernel::Context| {
        let skew_ms = if active.on(Fault::Skew) { random.below(160) } else { 0 };
        let clock = SimClock::new(time.clone(), random.below(1_000_000_000), skew_ms);
        SimReplica::new(context.name, clock, limits)
    };
    let service = |context: &kernel::Context| {
        let count = match (cluster, of.replicas) {
            (None, _) => 1,
            (Some(_), Some(count)) => count,
            (Some(most), None) => 1 + random.index(most),
        };
        let replicas = (0..count).map(|_| replica(context)).collect();
        Service::new(context, of.disk(context), replicas, time)
    };
    of.system.contexts.iter().map(service).collect()
}

/// Small and different in each lifetime, so that every limit is met.
pub(super) fn random_limits(of: &Simulation, random: &Random) -> Limits {
    let one = |all: &[u64]| random.one_of(all).copied().unwrap_or(1);
    Limits {
        cache_entries: 16,
        reserve_tickets: one(&[1, 2, 4, 16, 256]),
        forget_tickets: one(&[1, 2, 8, 64]),
        sagas_max: one(&[2, 8, 512, 512]) as usize,
        undo_share: one(&[1, 4, 128]) as usize,
        breaker_failures: one(&[2, 8, 100]) as u32,
        history_rows: one(&[3, 200]) as usize,
        queue_max: one(&[2, 1024, 1024]) as usize,
        messages_max: one(&[4, 8192, 8192]) as usize,
        group_max: one(&[1, 3, 256]) as usize,
        events_per_turn: one(&[1, 4, 256]) as usize,
        gather_ms: one(&[0, 10, 40]),
        lazy_ms: one(&[0, 20, 100]),
        reopen_ms: one(&[20, 500]),
        ..of.limits.clone()
    }
}
