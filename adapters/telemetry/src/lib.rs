//! What a process says of itself: lines for people or for machines, at a level that can be changed while it runs, and the recorder behind `/metrics`.
mod lines;
mod recorder;

pub use lines::{Format, Level, install as install_lines};
pub use recorder::{Render, install as install_recorder};
pub use tracing_subscriber::filter::LevelFilter;
