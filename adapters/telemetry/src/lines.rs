//! Log lines: readable on a terminal, one JSON object a line elsewhere.
use kernel::Settings;
use std::io::IsTerminal;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::reload;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, Registry, fmt};

/// The level that is logged from; it can be changed while the process runs.
#[derive(Clone)]
pub struct Level(reload::Handle<LevelFilter, Registry>);

impl Level {
    /// `error`, `warn`, `info`, `debug` or `trace`; false for any other word, and nothing changes.
    pub fn set(&self, word: &str) -> bool {
        word.parse::<LevelFilter>().is_ok_and(|level| self.0.reload(level).is_ok())
    }

    pub fn get(&self) -> String {
        self.0.clone_current().unwrap_or(LevelFilter::INFO).to_string()
    }
}

/// Reads `level` and `format` (`text` or `json`) of the `[log]` settings; lines go to standard error. Once a process.
pub fn install(settings: &Settings) -> Result<Level, TryInitError> {
    let level = settings.text("level").and_then(|word| word.parse().ok()).unwrap_or(LevelFilter::INFO);
    let (filter, handle) = reload::Layer::new(level);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match settings.text("format") {
        Some("json") => lines.json().flatten_event(true).with_current_span(false).boxed(),
        _ => lines.with_target(false).with_ansi(std::io::stderr().is_terminal()).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).try_init()?;
    Ok(Level(handle))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Setting;

    const SETTINGS: &[Setting] =
        &[Setting::text("level", "warn", "The least."), Setting::text("format", "json", "How.")];

    #[test]
    fn the_level_is_changed_while_running() {
        let level = install(&Settings::defaults(SETTINGS)).expect("the first one here");
        assert_eq!(level.get(), "warn");
        assert!(level.set("debug"));
        assert_eq!(level.get(), "debug");
        assert!(!level.set("loud"));
        assert_eq!(level.get(), "debug");
        assert!(install(&Settings::defaults(SETTINGS)).is_err());
    }
}
