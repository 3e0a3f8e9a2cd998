//! Every limit and time of the edge, by name.
pub mod host_name;
pub mod origin;
pub mod public_url;
pub mod trusted_proxies;

use crate::settings::host_name::HostNames;
use crate::settings::origin::CorsOrigins;
use crate::settings::public_url::PublicUrl;
use crate::settings::trusted_proxies::TrustedProxies;
use kernel::Settings;
use std::net::IpAddr;
use std::time::Duration;

kernel::settings! {
    /// The `[http]` settings.
    pub struct HttpSettings {
        /// The address every port listens on; any but a loopback one needs access.mode oidc, and TLS or plain_http.
        address: IpAddr = "127.0.0.1";
        /// The gateway's port; 0: any free one.
        gateway_port: u16 = 8088, 0..=65_535;
        /// Each context's own port when one system runs: the one its page lists, any free one, or none.
        context_ports: ContextPorts = "declared";
        /// A PEM file of the certificate that every port shows, and of those above it: with it and tls_key all speak TLS alone. Read again when it changes.
        tls_cert: String = "";
        /// A PEM file of that certificate's private key.
        tls_key: String = "";
        /// Whether other machines may be answered without TLS, as a proxy or a mesh before this process does it.
        plain_http: bool = false;
        /// The address under which clients know the gateway, such as https://taxi.example; empty: the one they ask.
        public_url: PublicUrl = "";
        /// Addresses and networks of proxies, separated by commas: what they say of their clients in X-Forwarded-For, -Proto and -Host is believed.
        trusted_proxies: TrustedProxies = "";
        /// Host names that are answered, separated by commas; empty: those of this machine (localhost, loopback addresses, the address) and that of public_url; *: all.
        host_names: HostNames = "";
        /// Origins whose pages may ask, separated by commas; empty: none; *: all, without credentials.
        cors_origins: CorsOrigins = "";
        /// Whether /sandbox is answered, to this machine alone.
        sandbox: bool = true;
        /// Whether /operator is answered, to this machine alone.
        operator: bool = true;
        /// Largest body of a request, in bytes; above that 413.
        body_bytes_max: usize = 65536, 1..=1 << 30;
        /// How deep a request's JSON may be nested.
        json_depth_max: usize = 32, 1..=127;
        /// Most characters a text field may have.
        text_chars_max: usize = 1000, 1..=1_000_000;
        /// Most characters an Idempotency-Key may have.
        idempotency_key_chars_max: usize = 200, 1..=1_000;
        /// Rows of a page whose size is not asked for.
        page_size: u64 = 20, 1..=10_000;
        /// Most rows of a page; a larger size counts as this.
        page_size_max: u64 = 200, 1..=10_000;
        /// Bytes of rows after which a page ends early. Its next link goes on right behind it; `page` counts full pages.
        page_bytes_max: usize = 1_048_576, 1_024..=1 << 30;
        /// How long a request may take; after that 503.
        request_timeout_ms: u64 = 5000, 10..=600_000;
        /// How long after request_timeout_ms a context's word on a command is waited for; after that its outcome is unknown.
        outcome_wait_ms: u64 = 15000, 0..=600_000;
        /// When to come back, told with a 503 of the edge's own.
        retry_after_ms: u64 = 1000, 1..=600_000;
        /// How long a client may take to send its headers, or stay silent.
        header_timeout_ms: u64 = 10000, 10..=600_000;
        /// How long a client may take to send its body; after that 408.
        body_timeout_ms: u64 = 10000, 10..=600_000;
        /// How long a client may take nothing of its answer; after that its connection is closed.
        write_timeout_ms: u64 = 10000, 10..=600_000;
        /// Largest head of a request, in bytes; above that 431.
        header_bytes_max: usize = 16384, 8_192..=1 << 20;
        /// Open connections of all ports; on more only health, metrics and the operator are answered.
        connections_max: usize = 4096, 1..=1_000_000;
        /// Requests under way at once, until their answers are sent; above that 503.
        requests_max: usize = 1024, 1..=1_000_000;
        /// Bytes of answers that are still to be sent, of all clients; above that reads get 503.
        unsent_bytes_max: usize = 67_108_864, 4_194_304..=1 << 40;
        /// Bodies that have still to arrive at once; above that 503. At most a quarter of the connections.
        bodies_max: usize = 1024, 1..=1_000_000;
        /// Reads of the stores at once; more wait their turn.
        reads_max: usize = 32, 1..=400;
        /// Longest wait a client may ask for with Prefer: wait.
        wait_max_ms: u64 = 10000, 0..=600_000;
        /// Requests that wait with Prefer: wait at once; above that 503. At most an eighth of the connections.
        waits_max: usize = 512, 1..=1_000_000;
        /// Open live streams; above that 503. At most half of the connections.
        streams_max: usize = 2048, 1..=1_000_000;
        /// Most paths that one connection to /live watches; together they count as one live stream.
        watches_max: usize = 20, 1..=1_000;
        /// Most paths that all connections to /live watch together; above that 503.
        watched_max: usize = 16_384, 1..=10_000_000;
        /// Pause between two signs of life on a quiet stream.
        stream_heartbeat_ms: u64 = 15000, 10..=600_000;
        /// Commit groups a stream may lag behind before it reads them from the store.
        stream_buffer_groups: usize = 256, 1..=65_536;
        /// Bytes of rows that are kept for the streams of one context that lag behind; beyond that they read from the store.
        stream_buffer_bytes: usize = 16_777_216, 1_024..=1 << 30;
        /// Rows a stream reads from the store at a time.
        stream_rows: usize = 200, 1..=10_000;
        /// Bytes of rows behind which a read of a stream from the store ends.
        stream_read_bytes: usize = 32_768, 1_024..=1 << 30;
        /// How long a request waits for the owner of its context to be known, while it changes; after that 503.
        handover_hold_ms: u64 = 4500, 0..=600_000;
        /// Requests that wait at once for the owner of their context; above that 503.
        held_max: usize = 512, 0..=1_000_000;
        /// Span of time of each point of /operator/figures, of which the last 180 are kept.
        figures_span_ms: u64 = 5000, 50..=600_000;
        /// One request in so many is logged; 0: none, 1: all.
        access_log_every: u64 = 100, 0..=1_000_000;
        /// How long open connections may take to finish when the edge stops.
        drain_ms: u64 = 5000, 10..=600_000;
    }
    where {
        page_size <= page_size_max;
    }
}

kernel::setting_words! {
    /// Where contexts listen beside the gateway.
    pub enum ContextPorts {
        Declared = "declared",
        Any = "any",
        Off = "off",
    }
}

impl HttpSettings {
    /// What is wrong with the group's values, each with its name.
    pub fn faults(given: &Settings) -> Vec<String> {
        let faults = given.faults(HttpSettings::SETTINGS);
        if faults.is_empty() { HttpSettings::contradictions(given) } else { faults }
    }

    /// Values that are sound alone and do not fit each other.
    pub fn contradictions(given: &Settings) -> Vec<String> {
        let (size, most) = (given.whole("page_size"), given.whole("page_size_max"));
        let is_above = size > most;
        is_above
            .then(|| format!("page_size: at most page_size_max, which is {most}, not \"{size}\""))
            .into_iter()
            .collect()
    }

    /// How long a request may take.
    pub fn request_time(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms)
    }

    /// How long a context may take for a command, its last word included.
    pub fn command_time(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms + self.outcome_wait_ms)
    }

    /// Whether clients use TLS, up to this process or to a proxy before it.
    pub fn is_https(&self) -> bool {
        self.has_tls() || self.public_url.is_https()
    }

    /// Whether every port speaks TLS.
    pub fn has_tls(&self) -> bool {
        !self.tls_cert.is_empty()
    }

    pub fn form_limits(&self) -> kernel::FormLimits {
        kernel::FormLimits { text_chars_max: self.text_chars_max }
    }
}
