//! Log lines on standard error: for people, or one JSON object a line.
use crate::background_writer::{BackgroundWriter, FlushOnDrop};
use crate::printable;
use std::io::IsTerminal;
use tracing::Subscriber;
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::debug_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
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

/// Log lines that are written; the last ones are flushed when it goes.
pub struct InstalledLines {
    pub level: LogLevelHandle,
    _flush: FlushOnDrop,
}

/// Why no log lines are written.
#[derive(Debug)]
pub enum LinesError {
    /// The machine gives no thread for them.
    Thread(std::io::Error),
    /// Lines are written already.
    Twice(TryInitError),
}

impl std::fmt::Display for LinesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LinesError::Thread(error) => error.fmt(f),
            LinesError::Twice(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LinesError {}

/// Writes log lines from now on, once a process. Nobody who logs waits for whoever reads them.
pub fn install_lines(level: LevelFilter, format: LogFormat) -> Result<InstalledLines, LinesError> {
    let (filter, handle) = reload::Layer::new(level);
    let (writer, flush) = BackgroundWriter::start(std::io::stderr()).map_err(LinesError::Thread)?;
    let lines = match format {
        LogFormat::Json => fmt::layer().with_writer(writer).json().flatten_event(true).with_current_span(false).boxed(),
        LogFormat::Text => for_people(writer, std::io::stderr().is_terminal()).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).try_init().map_err(LinesError::Twice)?;
    Ok(InstalledLines { level: LogLevelHandle(handle), _flush: flush })
}

/// Values may be what a customer wrote, so none reaches the terminal as it is.
fn for_people<S: Subscriber + for<'a> LookupSpan<'a>>(
    writer: BackgroundWriter,
    colours: bool,
) -> impl Layer<S> + Send + Sync {
    let fields = debug_fn(|line, field, value| {
        let value = format!("{value:?}");
        match (field.name(), printable::escape(&value)) {
            ("message", text) => write!(line, "{text}"),
            (name, text) => write!(line, "{name}={text}"),
        }
    });
    fmt::layer().fmt_fields(fields.delimited(" ")).with_writer(writer).with_target(false).with_ansi(colours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, pipe};

    #[test]
    fn no_value_controls_the_terminal() {
        let (reader, stream) = pipe().expect("a pipe");
        let (writer, _flush) = BackgroundWriter::start(stream).expect("a thread");
        let lines = tracing_subscriber::registry().with(for_people(writer, false));
        tracing::subscriber::with_default(lines, || {
            let customer = "kim\u{9b}2J\u{202e}\n2026 INFO forged";
            tracing::error!(%customer, quoted = customer, error = ?std::io::Error::other(customer), "{customer}");
        });
        let line = BufReader::new(reader).lines().next().expect("a line").expect("UTF-8");
        assert_eq!(printable::escape(&line), line, "one line, and nothing in it is hidden");
        assert_eq!(line.matches("INFO forged").count(), 4, "{line}");
        assert!(line.contains("customer=kim\\u{9b}2J\\u{202e}\\n2026 INFO forged"), "{line}");
    }

    #[test]
    fn the_level_is_changed_while_running() {
        let lines = install_lines(LevelFilter::WARN, LogFormat::Json).expect("the first one here");
        let level = &lines.level;
        assert_eq!(level.get(), LevelFilter::WARN);
        assert!(level.set(LevelFilter::DEBUG));
        assert_eq!(level.get(), LevelFilter::DEBUG);
        assert!(install_lines(LevelFilter::WARN, LogFormat::Text).is_err());
    }
}
