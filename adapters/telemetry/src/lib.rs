//! What a process reports of itself: log lines for people, in which no value controls their terminal, or for machines, at a level that can be changed while it runs, and the recorder behind `/metrics`.
mod background_writer;
mod lines;
pub mod printable;
mod recorder;

pub use background_writer::{BackgroundWriter, FlushOnDrop};
pub use lines::{InstalledLines, LinesError, LogFormat, LogLevelHandle, install_lines};
pub use recorder::{RenderPrometheus, install_recorder};
pub use tracing_subscriber::filter::LevelFilter;
