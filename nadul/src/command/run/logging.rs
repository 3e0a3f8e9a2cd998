//! What the process says of itself: lines on standard error, numbers for `/metrics`. Both once a process.
use crate::catalogue::Entry;
use crate::settings::{Origin, Resolved};
use telemetry::{Format, LevelFilter, Render};

pub fn start(settings: &Resolved, systems: &[&Entry]) {
    let json = settings.group("log").text("format") == Some("json");
    let format = if json { Format::Json } else { Format::Text };
    if let Err(error) = telemetry::install_lines(level(settings, systems), format) {
        tracing::warn!(%error, "lines are written as they were before");
    }
}

/// Before the edge opens: what is counted earlier is lost.
pub fn recorder() -> Option<Render> {
    telemetry::install_recorder().inspect_err(|error| tracing::warn!(%error, "nothing is recorded for /metrics")).ok()
}

/// What a system that runs asks for itself (`log_level`) wins over `log.level`; of several the one that says most.
fn level(settings: &Resolved, systems: &[&Entry]) -> LevelFilter {
    let own = systems.iter().flat_map(|entry| settings.of(entry.name));
    let own = own.filter(|value| value.setting.name == "log_level" && value.origin != Origin::Default);
    let general = settings.group("log").text("level").map(str::to_string);
    own.filter_map(|value| value.text.parse().ok())
        .max()
        .or_else(|| general.and_then(|level| level.parse().ok()))
        .unwrap_or(LevelFilter::INFO)
}
