//! What every process that serves clients has: log lines, numbers, signals, files it may have open, and what it says on standard output.
pub mod announcements;
pub mod disk;
pub mod logging;
pub mod open_files;
pub mod signals;
