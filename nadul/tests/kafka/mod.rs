//! Published events on a real broker, as a subscriber sees them: sent by a process that is killed, to a broker that is killed, hangs, or loses the topic.
//!
//! Systems have topics of their own, so each test of the shared broker takes another system.
mod away;
mod killed;
mod marketing;
mod relayed;
mod settings;
mod subscriber;
mod switched_on;
mod topic;
