//! What the process says of itself, on standard error.
use crate::settings::Resolved;
use tracing_subscriber::filter::LevelFilter;

pub fn start(settings: &Resolved) {
    let settings = settings.group("log");
    let level = settings.text("level").and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::INFO);
    let lines = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).with_ansi(false);
    match settings.text("format") {
        Some("json") => lines.json().flatten_event(true).init(),
        _ => lines.with_target(false).init(),
    }
}
