//! Events of sources over a topic: each takes its place again, and what the topic does not bring is read from the log.
mod given;
mod healed;
mod lives;
mod order;
mod random;
