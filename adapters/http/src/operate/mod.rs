//! What an operator sees and does: health, metrics, the status of contexts, parked events, the sandbox.
pub(crate) mod contexts;
pub(crate) mod health;
pub(crate) mod metrics;
pub(crate) mod parked;
pub(crate) mod payment;
pub(crate) mod running;
