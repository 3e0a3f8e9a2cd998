//! What can be set about a process of several, as `[cluster]` settings.
use embedded::replicated::ReplicaTimes;
use std::net::IpAddr;
use std::time::Duration;

kernel::setting_words! {
    /// How a context hears those of other processes.
    pub enum FeedWord { Log = "log", Kafka = "kafka" }
}

kernel::settings! {
    /// The `[cluster]` settings.
    pub struct ClusterSettings {
        /// The address of the internal port, where processes of a system talk to each other; never for clients.
        address: IpAddr = "127.0.0.1";
        /// The internal port; 0: any free one.
        port: u16 = 9088, 0..=65_535;
        /// The internal port as other processes reach it, such as http://10.0.0.7:9088; empty: its address and port.
        url: String = "";
        /// Where other processes are looked for first, separated by commas: such urls, or those of names that lead to them.
        seeds: Vec<String> = "";
        /// A file with the key that this process signs with; nadul keys makes one.
        private_key: String = "";
        /// A folder of the keys that it believes, NAME.pem each: catch.pem for what is signed in the name of catch, nadul.pem for all.
        public_keys: String = "";
        /// A file of PEM certificates that those of other processes must lead to: with it processes talk under TLS alone.
        root_certificate: String = "";
        /// A PEM file of this process's certificate, for the names CONTEXT.SYSTEM.nadul of its contexts, and of those between it and a root.
        certificate: String = "";
        /// A PEM file of that certificate's private key.
        certificate_key: String = "";
        /// How contexts hear those of other processes: by their logs (log), or over the topic of the system with their logs behind it (kafka).
        feed: FeedWord = "log";
        /// A number that grows with each release: contexts go to the highest one that is ready. 0: made of the version.
        release: u64 = 0, 0..=1_000_000_000_000;
        /// How often a process says that it is there, and looks who owns its contexts.
        look_ms: u64 = 250, 10..=1_000;
        /// How often a process that stands by looks for what its owner has made durable.
        follow_ms: u64 = 100, 10..=1_000;
        /// How often the processes of other contexts are looked for.
        find_ms: u64 = 500, 10..=4_000;
        /// How long an owner finishes what is under way before it gives its context away.
        finish_ms: u64 = 1000, 0..=600_000;
        /// How long a context may be without an owner before its processes say that they are not ready.
        ownerless_ms: u64 = 10000, 100..=600_000;
        /// How long a process that was told to stop answers still, so that nobody is sent to one that is gone.
        linger_ms: u64 = 10000, 0..=600_000;
        /// Messages that may wait for one context of another process.
        messages_waiting_max: usize = 4096, 1..=1_000_000;
    }
}

impl ClusterSettings {
    /// Of the addresses of processes.
    pub fn scheme(&self) -> &'static str {
        if self.root_certificate.is_empty() { "http" } else { "https" }
    }

    pub fn times(&self) -> ReplicaTimes {
        let ms = Duration::from_millis;
        ReplicaTimes {
            look: ms(self.look_ms),
            follow: ms(self.follow_ms),
            finish: ms(self.finish_ms),
            ownerless: ms(self.ownerless_ms),
        }
    }

    pub fn release(&self) -> u64 {
        if self.release > 0 { self.release } else { of_version(env!("CARGO_PKG_VERSION")) }
    }
}

/// `1.2.3` is 1,002,003.
fn of_version(version: &str) -> u64 {
    let part = |part: &str| part.parse::<u64>().unwrap_or(0).min(999);
    version.split(['.', '-', '+']).take(3).map(part).fold(0, |number, part| number * 1000 + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_version_has_a_higher_number() {
        let numbers = ["0.1.0", "0.2.0", "0.2.1", "1.0.0-rc.1", "1.12.0"].map(of_version);
        assert_eq!(numbers, [1_000, 2_000, 2_001, 1_000_000, 1_012_000]);
    }
}
