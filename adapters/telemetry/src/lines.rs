//! Log lines on standard error: for people, or one JSON object a line.
use std::io::IsTerminal;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::reload;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, Registry, fmt};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people; coloured on a terminal.
    Text,
    Json,
}

/// The level that is logged from; it can be changed while the process runs.
#[derive(Clone, Debug)]
pub struct LogLevelHandle(reload::Handle<LevelFilter, Registry>);

impl LogLevelHandle {
    /// False where the level could not be changed.
    pub fn set(&self, level: LevelFilter) -> bool {
        self.0.reload(level).is_ok()
    }

    pub fn get(&self) -> LevelFilter {
        self.0.clone_current().unwrap_or(LevelFilter::INFO)
    }
}

/// Writes log lines from now on. Once a process; an error where lines are written already.
pub fn install_lines(level: LevelFilter, format: LogFormat) -> Result<LogLevelHandle, TryInitError> {
    let (filter, handle) = reload::Layer::new(level);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).boxed(),
        LogFormat::Text => lines.with_target(false).with_ansi(std::io::stderr().is_terminal()).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).try_init()?;
    Ok(LogLevelHandle(handle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_is_changed_while_running() {
        let level = install_lines(LevelFilter::WARN, LogFormat::Json).expect("the first one here");
        assert_eq!(level.get(), LevelFilter::WARN);
        assert!(level.set(LevelFilter::DEBUG));
        assert_eq!(level.get(), LevelFilter::DEBUG);
        assert!(install_lines(LevelFilter::WARN, LogFormat::Text).is_err());
    }
}
