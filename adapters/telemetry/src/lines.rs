//! Log lines on standard error: for people, or one JSON object a line.
use std::io::IsTerminal;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::reload;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, Registry, fmt};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people; coloured on a terminal.
    Text,
    Json,
}

/// The level that is logged from; it can be changed while the process runs.
#[derive(Clone, Debug)]
pub struct Level(reload::Handle<LevelFilter, Registry>);

impl Level {
    /// False where it could not be changed.
    pub fn set(&self, level: LevelFilter) -> bool {
        self.0.reload(level).is_ok()
    }

    pub fn get(&self) -> LevelFilter {
        self.0.clone_current().unwrap_or(LevelFilter::INFO)
    }
}

/// Once a process; an error where lines are written already.
pub fn install(level: LevelFilter, format: Format) -> Result<Level, TryInitError> {
    let (filter, handle) = reload::Layer::new(level);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        Format::Json => lines.json().flatten_event(true).with_current_span(false).boxed(),
        Format::Text => lines.with_target(false).with_ansi(std::io::stderr().is_terminal()).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).try_init()?;
    Ok(Level(handle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_is_changed_while_running() {
        let level = install(LevelFilter::WARN, Format::Json).expect("the first one here");
        assert_eq!(level.get(), LevelFilter::WARN);
        assert!(level.set(LevelFilter::DEBUG));
        assert_eq!(level.get(), LevelFilter::DEBUG);
        assert!(install(LevelFilter::WARN, Format::Text).is_err());
    }
}
