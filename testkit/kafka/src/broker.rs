//! A broker of our own on free ports of this machine.
use crate::certificate::BrokerCertificate;
use crate::jars;
use crate::shell::Shell;
use crate::topic::Topic;
use std::net::TcpListener;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Another process may take a port that was free a moment ago.
const TRIES: usize = 3;

/// Who may sign in, by PLAIN and by SCRAM-SHA-256.
pub const USER: &str = "nadul";
pub const PASSWORD: &str = "s3cret";

#[derive(Default)]
pub struct KafkaBroker {
    /// For clients who do not sign in.
    pub bootstrap: String,
    /// For clients who do.
    pub sign_in_at: String,
    /// The same two under TLS.
    pub tls_at: String,
    pub tls_sign_in_at: String,
    /// Who has signed what it shows there, as PEM.
    pub root_certificate: String,
    shell: Option<Mutex<Shell>>,
}

impl KafkaBroker {
    /// The broker that is named, or that of this process, for tests that leave it as it is.
    pub fn shared() -> &'static KafkaBroker {
        static NAMED: OnceLock<Option<KafkaBroker>> = OnceLock::new();
        let named = NAMED.get_or_init(|| {
            let bootstrap = std::env::var("NADUL_TEST_KAFKA").ok()?;
            Some(KafkaBroker { bootstrap, ..KafkaBroker::default() })
        });
        named.as_ref().unwrap_or_else(|| KafkaBroker::own())
    }

    /// The broker of this process, whose users and certificate are known.
    pub fn own() -> &'static KafkaBroker {
        static BROKER: OnceLock<KafkaBroker> = OnceLock::new();
        BROKER.get_or_init(KafkaBroker::start)
    }

    /// One more, which the test may stop and start.
    ///
    /// # Panics
    /// Where this machine has neither its jars nor Maven: `./test` installs what is missing.
    pub fn start() -> KafkaBroker {
        let jars = jars::folder();
        let shown = BrokerCertificate::of("127.0.0.1").expect("a certificate");
        let tried = (0..TRIES).find_map(|_| {
            let ports = free_ports();
            let mut shell = Shell::start(&jars, ports, &shown.keystore);
            let [bootstrap, sign_in_at, tls_at, tls_sign_in_at, _] = ports.map(|port| format!("127.0.0.1:{port}"));
            let (root_certificate, is_ready) = (shown.root.clone(), shell.heard("ready"));
            let shell = Some(Mutex::new(shell));
            let broker = KafkaBroker { bootstrap, sign_in_at, tls_at, tls_sign_in_at, root_certificate, shell };
            is_ready.then_some(broker)
        });
        tried.expect("a broker that starts")
    }

    pub fn topic(&self, name: &str) -> Topic {
        Topic::new(&self.bootstrap, name)
    }

    /// As kill −9 does.
    pub fn kill(&self) {
        self.tell("kill", "killed");
    }

    /// On the data that it had.
    pub fn start_again(&self) {
        self.tell("start", "ready");
    }

    /// It holds its connections and answers nothing.
    pub fn pause(&self) {
        self.tell("pause", "paused");
    }

    pub fn go_on(&self) {
        self.tell("continue", "continued");
    }

    fn tell(&self, word: &str, answer: &str) {
        let shell = self.shell.as_ref().expect("a broker that the test has started");
        shell.lock().unwrap_or_else(PoisonError::into_inner).tell(word, answer);
    }
}

fn free_ports() -> [u16; 5] {
    let free = [(); 5].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    free.map(|listener| listener.local_addr().expect("its address").port())
}
