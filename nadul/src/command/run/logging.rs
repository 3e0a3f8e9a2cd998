//! What the process says of itself, on standard error.
use crate::catalogue::Entry;
use crate::settings::{Origin, Resolved};
use tracing_subscriber::filter::LevelFilter;

pub fn start(settings: &Resolved, systems: &[&Entry]) {
    let lines = tracing_subscriber::fmt().with_max_level(level(settings, systems)).with_writer(std::io::stderr);
    let lines = lines.with_ansi(false);
    match settings.group("log").text("format") {
        Some("json") => lines.json().flatten_event(true).init(),
        _ => lines.with_target(false).init(),
    }
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
