//! Whether a system is ready, and why not.
use crate::town::Town;
use runtime::port::work::SystemAtWork;

#[test]
fn a_system_whose_consumer_stands_still_is_not_ready() {
    // nobody waits for what pickup makes of a hail, so it is not made durable
    let stuck = |limits: &mut runtime::limits::Limits| {
        (limits.gather_ms, limits.lazy_ms, limits.stall_ms, limits.status_ms) = (60_000, 60_000, 100, 10);
    };
    let town = Town::with(stuck, |_| {});
    town.wait_for("a system that has recovered", |town| town.host.is_ready());
    assert_eq!(town.hail(), "done");
    town.wait_for("a reason", |town| !town.host.is_ready());
    let reason = town.host.unready_reason().unwrap_or_default();
    assert!(reason.contains(" stands still: ") && reason.contains("has more to read"), "{reason}");
}
