//! What the process says of itself on standard error, as `[log]` settings.
use kernel::Setting;

pub const SETTINGS: &[Setting] = &[
    Setting::one_of("level", &["error", "warn", "info", "debug", "trace"], "info", "The least that is worth a line."),
    Setting::one_of("format", &["text", "json"], "text", "Lines for people, or one JSON object a line."),
];
