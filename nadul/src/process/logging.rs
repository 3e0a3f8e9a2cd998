//! What the process says of itself: lines on standard error, numbers for `/metrics`. Both once a process.
use crate::catalogue::CatalogueEntry;
use crate::log_settings::{LineFormat, LogLevel, LogSettings};
use crate::out;
use crate::settings::{Origin, Resolved};
use telemetry::{InstalledLines, LevelFilter, LinesError, LogFormat, RenderPrometheus};

/// Lines are written from now on, those of a panic too; the last ones when the value goes.
pub fn start(settings: &Resolved, systems: &[&CatalogueEntry]) -> Option<InstalledLines> {
    let log = LogSettings::read(&settings.group("log"));
    let format = match log.format {
        LineFormat::Json => LogFormat::Json,
        LineFormat::Text => LogFormat::Text,
    };
    let failed = |error: &LinesError| out::note(&format!("nadul: no log lines are written: {error}"));
    let lines = telemetry::install_lines(level(log.level, settings, systems), format).inspect_err(failed).ok()?;
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "a thread has panicked")));
    Some(lines)
}

/// Before the edge opens: what is counted earlier is lost.
pub fn recorder() -> Option<RenderPrometheus> {
    telemetry::install_recorder().inspect_err(|error| tracing::warn!(%error, "nothing is recorded for /metrics")).ok()
}

/// What a system that runs asks for itself (`log_level`) wins over `log.level`; of several the one that says most.
fn level(general: LogLevel, settings: &Resolved, systems: &[&CatalogueEntry]) -> LevelFilter {
    let own = systems.iter().flat_map(|entry| settings.values(entry.name));
    let own = own.filter(|value| value.setting.name == "log_level" && value.origin != Origin::Default);
    own.filter_map(|value| value.text.parse().ok()).max().unwrap_or(filter(general))
}

fn filter(level: LogLevel) -> LevelFilter {
    match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    }
}
