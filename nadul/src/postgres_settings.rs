//! What can be set about stores on Postgres, as `[postgres]` settings.
use kernel::Secret;

kernel::setting_words! {
    /// As every client of Postgres names it.
    pub enum SslMode { Disable = "disable", Prefer = "prefer", Require = "require", VerifyFull = "verify-full" }
}

kernel::settings! {
    /// The `[postgres]` settings.
    pub struct PostgresSettings {
        /// Which contexts keep their store on Postgres, separated by commas: SYSTEM/CONTEXT, SYSTEM for all of it, or all; the others keep a file each.
        contexts: Vec<String> = "";
        /// The database that has a schema for each of them: postgres://USER@HOST:5432/DATABASE.
        url: Secret = "";
        /// Contexts with a database of their own instead, with spaces between them: SYSTEM/CONTEXT=postgres://USER@HOST:5432/DATABASE. Stores in several databases are only backed up at rest.
        databases: Secret = "";
        /// The password, where a url has none; the environment is a better place for it than a command line.
        password: Secret = "";
        /// A file whose first line is the password.
        password_file: String = "";
        /// Whether connections are encrypted: prefer and require take any certificate, verify-full only one that a root certificate has signed for the server's name.
        sslmode: SslMode = "prefer";
        /// A file of PEM certificates that verify-full believes, such as /etc/ssl/certs/ca-certificates.crt.
        root_certificate: String = "";
        /// Readers' connections of one context; further readers wait. Each context has three more.
        readers_max: usize = 4, 1..=1_000;
        /// How long a server may take to accept a connection.
        connect_ms: u64 = 2000, 10..=600_000;
        /// The server ends a statement of a writer that takes longer.
        statement_ms: u64 = 5000, 10..=600_000;
        /// The server ends a statement of a reader that takes longer.
        read_ms: u64 = 30000, 10..=3_600_000;
        /// The server ends a statement that waits so long for a lock.
        lock_ms: u64 = 2000, 10..=600_000;
        /// How long the outcome of a group is looked for when the connection broke before it was known.
        resolve_ms: u64 = 10000, 10..=600_000;
        /// How long after its last heartbeat a process is still taken to own its contexts: the same for all processes of a system, and less than http.handover_hold_ms, so that requests wait for the next owner.
        lease_ms: u64 = 3000, 100..=600_000;
        /// How often a process says that it owns a context; at least twice in the time of its lease, whatever is set here.
        heartbeat_ms: u64 = 750, 10..=600_000;
    }
    where { heartbeat_ms <= lease_ms; }
}
