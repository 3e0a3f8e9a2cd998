//! What an operator sees and does: health, metrics, the status of contexts, parked events, the sandbox.
mod context;
pub(crate) mod contexts;
mod event_stream;
pub(crate) mod events;
pub(crate) mod figures;
pub(crate) mod health;
pub(crate) mod lag;
pub(crate) mod metrics;
pub(crate) mod parked;
pub(crate) mod payment;
mod ports;
mod recent_events;
pub(crate) mod rules;
pub(crate) mod running;
mod states;
mod value_stream;
