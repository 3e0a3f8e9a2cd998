//! What the process says of itself: lines on standard error, numbers for `/metrics`. Both once a process.
use crate::catalogue::CatalogueEntry;
use crate::log_settings::{LineFormat, LogLevel, LogSettings};
use crate::settings::{Origin, Resolved};
use telemetry::{LevelFilter, LogFormat, RenderPrometheus};

pub fn start(settings: &Resolved, systems: &[&CatalogueEntry]) {
    let log = LogSettings::read(&settings.group("log"));
    let format = match log.format {
        LineFormat::Json => LogFormat::Json,
        LineFormat::Text => LogFormat::Text,
    };
    if let Err(error) = telemetry::install_lines(level(log.level, settings, systems), format) {
        tracing::warn!(%error, "lines are written as they were before");
    }
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
