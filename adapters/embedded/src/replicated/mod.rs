//! One process of several that work for a system: it owns some contexts, stands by for others, and knows where the rest is.
//!
//! Each context with a store here has a [`Seat`]: a thread of its own that says that this replica is there, reads what is durable, claims the
//! store when nobody owns it, and gives it to another replica before this one goes. Rules, machine and driver are those of one process;
//! what crosses a process is behind the ports of [`Elsewhere`].
mod claim;
mod feed;
mod give;
mod host;
mod network;
mod opening;
mod ready;
mod seat;
mod watch;

pub use host::{NotTaken, ReplicatedHost};
pub use opening::{Elsewhere, FeedOfOthers, ReplicaTimes, ReplicatedOpening, TellHeir};
pub use seat::{Seat, SeatRole};
