//! Every limit and time of the edge, by name.
use kernel::{Setting, Settings};
use std::net::IpAddr;

/// Declared as `[http]` settings.
pub const SETTINGS: &[Setting] = &[
    Setting::text(
        "address",
        "127.0.0.1",
        "The address every port listens on; a loopback one while nobody has to log in.",
    ),
    Setting::whole("gateway_port", "8088", 0, 65_535, "The gateway's port; 0: any free one."),
    Setting::one_of(
        "context_ports",
        &["declared", "any", "off"],
        "declared",
        "Each context's own port when one system runs: the one its page lists, any free one, or none.",
    ),
    Setting::text("host_names", "", "Host names that are answered, separated by commas; empty: all."),
    Setting::text("cors_origins", "", "Origins whose pages may ask, separated by commas; empty: none."),
    Setting::whole("body_bytes_max", "65536", 1, 1 << 30, "Largest body of a request, in bytes; above that 413."),
    Setting::whole("json_depth_max", "32", 1, 127, "How deep a request's JSON may be nested."),
    Setting::whole("text_chars_max", "1000", 1, 1_000_000, "Most characters a text field may have."),
    Setting::whole("idempotency_key_chars_max", "200", 1, 1_000, "Most characters an Idempotency-Key may have."),
    Setting::whole("page_size", "20", 1, 10_000, "Rows of a page whose size is not asked for."),
    Setting::whole("page_size_max", "200", 1, 10_000, "Most rows of a page; a larger size counts as this."),
    Setting::whole("request_timeout_ms", "5000", 10, 600_000, "How long a request may take; after that 503."),
    Setting::whole("retry_after_ms", "1000", 1, 600_000, "When to come back, told with a 503 of the edge's own."),
    Setting::whole(
        "header_timeout_ms",
        "10000",
        10,
        600_000,
        "How long a client may take to send its headers, or stay silent.",
    ),
    Setting::whole(
        "body_timeout_ms",
        "10000",
        10,
        600_000,
        "How long a client may take to send its body; after that 408.",
    ),
    Setting::whole("header_bytes_max", "16384", 8_192, 1 << 20, "Largest head of a request, in bytes; above that 431."),
    Setting::whole("connections_max", "4096", 1, 1_000_000, "Open connections of one port; more wait to be accepted."),
    Setting::whole("requests_max", "1024", 1, 1_000_000, "Requests under way at once; above that 503."),
    Setting::whole("reads_max", "32", 1, 400, "Reads of the stores at once; more wait their turn."),
    Setting::whole("wait_max_ms", "10000", 0, 600_000, "Longest wait a client may ask for with Prefer: wait."),
    Setting::whole("streams_max", "2048", 1, 1_000_000, "Open live streams; above that 503."),
    Setting::whole("stream_heartbeat_ms", "15000", 10, 600_000, "Pause between two signs of life on a quiet stream."),
    Setting::whole(
        "stream_buffer_groups",
        "256",
        1,
        65_536,
        "Commit groups a stream may lag behind before it reads them from the store.",
    ),
    Setting::whole("stream_rows", "200", 1, 10_000, "Rows a stream reads from the store at a time."),
    Setting::whole("access_log_every", "100", 0, 1_000_000, "One request in so many is logged; 0: none, 1: all."),
    Setting::whole(
        "drain_ms",
        "5000",
        10,
        600_000,
        "How long open connections may take to finish when the edge stops.",
    ),
];

/// The same as values.
#[derive(Clone, Debug)]
pub struct Bounds {
    pub address: Option<IpAddr>,
    pub gateway_port: u16,
    pub context_ports: ContextPorts,
    pub host_names: Vec<String>,
    pub cors_origins: Vec<String>,
    pub body_bytes_max: usize,
    pub json_depth_max: usize,
    pub text_chars_max: usize,
    pub idempotency_key_chars_max: usize,
    pub page_size: u64,
    pub page_size_max: u64,
    pub request_timeout_ms: u64,
    pub retry_after_ms: u64,
    pub header_timeout_ms: u64,
    pub body_timeout_ms: u64,
    pub header_bytes_max: usize,
    pub connections_max: usize,
    pub requests_max: usize,
    pub reads_max: usize,
    pub wait_max_ms: u64,
    pub streams_max: usize,
    pub stream_heartbeat_ms: u64,
    pub stream_rows: usize,
    pub access_log_every: u64,
    pub drain_ms: u64,
}

/// Where contexts listen beside the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContextPorts {
    Declared,
    Any,
    Off,
}

impl Bounds {
    pub fn of(settings: &Settings) -> Bounds {
        let size = |name| settings.whole(name) as usize;
        let list = |name| {
            let all = settings.text(name).unwrap_or_default().split(',').map(str::trim);
            all.filter(|item| !item.is_empty()).map(str::to_string).collect()
        };
        Bounds {
            address: settings.text("address").and_then(|text| text.parse().ok()),
            gateway_port: settings.whole("gateway_port") as u16,
            context_ports: match settings.text("context_ports") {
                Some("any") => ContextPorts::Any,
                Some("off") => ContextPorts::Off,
                _ => ContextPorts::Declared,
            },
            host_names: list("host_names"),
            cors_origins: list("cors_origins"),
            body_bytes_max: size("body_bytes_max"),
            json_depth_max: size("json_depth_max"),
            text_chars_max: size("text_chars_max"),
            idempotency_key_chars_max: size("idempotency_key_chars_max"),
            page_size: settings.whole("page_size"),
            page_size_max: settings.whole("page_size_max"),
            request_timeout_ms: settings.whole("request_timeout_ms"),
            retry_after_ms: settings.whole("retry_after_ms"),
            header_timeout_ms: settings.whole("header_timeout_ms"),
            body_timeout_ms: settings.whole("body_timeout_ms"),
            header_bytes_max: size("header_bytes_max"),
            connections_max: size("connections_max"),
            requests_max: size("requests_max"),
            reads_max: size("reads_max"),
            wait_max_ms: settings.whole("wait_max_ms"),
            streams_max: size("streams_max"),
            stream_heartbeat_ms: settings.whole("stream_heartbeat_ms"),
            stream_rows: size("stream_rows"),
            access_log_every: settings.whole("access_log_every"),
            drain_ms: settings.whole("drain_ms"),
        }
    }

    pub fn text(&self) -> kernel::FormLimits {
        kernel::FormLimits { text_chars_max: self.text_chars_max }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds::of(&Settings::defaults(SETTINGS))
    }
}
