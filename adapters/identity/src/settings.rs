//! Who has to sign in and with whom, and how much each caller may ask, as `[access]` settings.
use crate::provider_client::is_safe;
use hyper::Uri;
use kernel::{Secret, SettingValue};

kernel::setting_words! {
    /// Who says who somebody is: nobody, the key of this data folder (whoever asks is told apart, not kept out), or an OpenID Connect provider.
    pub enum AccessMode { Open = "open", Local = "local", Oidc = "oidc" }
}

impl AccessMode {
    /// As the setting has it.
    pub fn word(self) -> &'static str {
        match self {
            AccessMode::Open => "open",
            AccessMode::Local => "local",
            AccessMode::Oidc => "oidc",
        }
    }
}

kernel::settings! {
    /// The `[access]` settings.
    pub struct AccessSettings {
        /// Who has to sign in: open: nobody; local: everybody, under any name and roles; oidc: everybody, at an OpenID Connect provider. open and local listen on loopback addresses only.
        mode: AccessMode = "open";
        /// The provider's name, as its tokens and its discovery document have it, such as https://id.example/realms/nadul; https, or loopback.
        issuer: String = "";
        /// For whom the provider's tokens must be made.
        audience: String = "";
        /// Issuers whose people are those of today's, separated by commas; their tokens are not taken.
        former_issuers: Vec<String> = "";
        /// The name under which the provider knows the pages' sign-in; empty: pages have none.
        client_id: String = "";
        /// The secret that goes with client_id; neither it nor a file: a public client.
        client_secret: Secret = "";
        /// A file whose first line is that secret.
        client_secret_file: String = "";
        /// The claim that lists roles: one name, or a path of names with dots such as realm_access.roles.
        roles_claim: String = "roles";
        /// The claim that says who it is; email counts only where email_verified is true.
        subject_claim: String = "sub";
        /// How far the clocks of the provider and of this machine may be apart.
        leeway_s: u64 = 30, 0..=1_000_000;
        /// How long the provider's keys are used before they are asked for again.
        keys_max_age_s: u64 = 300, 1..=1_000_000;
        /// How long after a question for keys the next one is sent, because of an unknown key or because it failed.
        keys_pause_s: u64 = 10, 1..=1_000_000;
        /// How long the keys go on to be used while the provider can't be reached.
        keys_stale_hours: u64 = 24, 1..=1_000_000;
        /// How long a session of the pages lasts from signing in.
        session_hours: u64 = 8, 1..=1_000_000;
        /// A file of keys for sessions, the same for all processes: 32 bytes in base64 a line, the first encrypts and all decrypt; empty: session.key of the data folder.
        session_keys_file: String = "";
        /// Requests of one caller, or of one address where nobody is signed in.
        requests_per_s: u32 = 50, 1..=1_000_000;
        /// Requests such a caller may send at once.
        burst: u32 = 100, 1..=1_000_000;
        /// Open live streams of one caller.
        streams_per_caller: u32 = 50, 1..=1_000_000;
        /// Refused tokens and failed sign-ins of one address.
        failures_per_min: u32 = 10, 1..=1_000_000;
        /// Whether /sandbox is answered in mode oidc, to an operator.
        sandbox: bool = false;
        /// What a program sends as Authorization: Bearer to read /metrics; it opens nothing else.
        metrics_token: Secret = "";
    }
}

impl AccessSettings {
    /// What the chosen mode lacks, each in a sentence that names the setting.
    pub fn faults(&self, public_url: &str) -> Vec<String> {
        if self.mode != AccessMode::Oidc {
            return vec![];
        }
        let is_missing = |text: &str| text.trim().is_empty();
        let mut faults = vec![];
        let mut expect = |is_right: bool, said: &str| {
            if !is_right {
                faults.push(said.to_string());
            }
        };
        let issuer = self.issuer.parse().is_ok_and(|uri| is_safe(&uri));
        expect(
            issuer,
            "access.issuer must be an https address (http only on this machine) in mode oidc, such as https://id.example/realms/nadul",
        );
        expect(
            !is_missing(&self.audience),
            "access.audience must say in mode oidc for whom the issuer's tokens are made",
        );
        expect(!is_missing(&self.subject_claim), "access.subject_claim must name a claim, such as sub");
        expect(!is_missing(&self.roles_claim), "access.roles_claim must name a claim, such as roles");
        if let Err(fault) = self.client_secret() {
            expect(false, &fault);
        }
        if self.client_id.is_empty() {
            expect(
                self.client_secret.is_empty(),
                "access.client_id must name the client that access.client_secret is of",
            );
            expect(
                self.client_secret_file.is_empty(),
                "access.client_id must name the client that access.client_secret_file is of",
            );
        } else {
            expect(
                is_origin(public_url),
                "http.public_url must say where browsers find the pages, such as https://nadul.example, as access.client_id is set",
            );
        }
        faults
    }

    /// # Errors
    /// A file that can't be read, or a secret that is given twice.
    pub(crate) fn client_secret(&self) -> Result<Secret, String> {
        if self.client_secret_file.is_empty() {
            return Ok(self.client_secret.clone());
        }
        if !self.client_secret.is_empty() {
            return Err("access.client_secret and access.client_secret_file are both set: leave one out".into());
        }
        let named = |why: &str| format!("access.client_secret_file: {} {why}", self.client_secret_file);
        let text = std::fs::read_to_string(&self.client_secret_file)
            .map_err(|error| named(&format!("can't be read: {error}")))?;
        match text.lines().next().map(str::trim).filter(|line| !line.is_empty()) {
            Some(line) => Ok(Secret::read(line)),
            None => Err(named("has no secret in its first line")),
        }
    }
}

/// A scheme and a host, without a path.
fn is_origin(text: &str) -> bool {
    let is_bare = |uri: &Uri| is_safe(uri) && uri.path() == "/" && uri.query().is_none();
    text.parse().is_ok_and(|uri| is_bare(&uri))
}
