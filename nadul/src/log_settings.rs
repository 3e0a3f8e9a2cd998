//! What the process writes to standard error, as `[log]` settings.

kernel::settings! {
    /// The `[log]` settings.
    pub struct LogSettings {
        /// The least that is worth a line.
        level: LogLevel = "info";
        /// Lines for people, or one JSON object a line.
        format: LineFormat = "text";
    }
}

kernel::setting_words! {
    /// How much is logged.
    pub enum LogLevel {
        Error = "error",
        Warn = "warn",
        Info = "info",
        Debug = "debug",
        Trace = "trace",
    }
}

kernel::setting_words! {
    /// What a line of the log looks like.
    pub enum LineFormat {
        Text = "text",
        Json = "json",
    }
}
