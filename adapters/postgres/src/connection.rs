//! How connections are made: whose session ends what, and after how long.
use crate::address::ServerAddress;
use crate::fault::Done;
use crate::options::PostgresOptions;
use crate::tls::ServerTls;
use std::time::Duration;
use tokio_postgres::config::TargetSessionAttrs;
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Writer,
    /// Of an owner, and of a replica that stands by.
    Heartbeat,
    /// Waits for a lock as long as it takes: what it says decides.
    Resolver,
    Reader,
    /// Reads a whole store.
    Proof,
}

impl Kind {
    pub fn statement(self, options: &PostgresOptions) -> Duration {
        Duration::from_millis(match self {
            Kind::Writer | Kind::Resolver => options.statement_ms,
            Kind::Heartbeat => options.statement_ms.min(options.lease_ms / 2),
            Kind::Reader => options.read_ms,
            Kind::Proof => 24 * 3600 * 1000,
        })
    }

    /// After so long nobody waits for an answer any more.
    pub fn patience(self, options: &PostgresOptions) -> Duration {
        match self {
            // a lease may end meanwhile: another connection is tried in time
            Kind::Heartbeat => self.statement(options),
            Kind::Writer | Kind::Resolver | Kind::Reader | Kind::Proof => {
                self.statement(options) + Duration::from_millis(options.connect_ms)
            }
        }
    }
}

/// Plans are made once and never by what the server has counted: every statement goes by an index that was made for it.
const PLANS: &str = "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

pub(crate) fn config(address: &ServerAddress, options: &PostgresOptions, kind: Kind) -> Config {
    let mut config = address.0.clone();
    let statement_ms = kind.statement(options).as_millis();
    let lock_ms = if kind == Kind::Resolver { 0 } else { options.lock_ms };
    let mut settings = format!(
        "-c synchronous_commit=on -c idle_in_transaction_session_timeout=1500 -c statement_timeout={statement_ms} -c lock_timeout={lock_ms} {PLANS}"
    );
    if matches!(kind, Kind::Reader | Kind::Proof) {
        settings.push_str(" -c default_transaction_read_only=on");
    }
    if kind == Kind::Proof {
        settings.push_str(" -c idle_in_transaction_session_timeout=0");
    }
    config.options(settings);
    config.ssl_mode(options.tls.mode());
    config.application_name("nadul");
    config.connect_timeout(Duration::from_millis(options.connect_ms));
    config.tcp_user_timeout(Duration::from_secs(3));
    config.keepalives_idle(Duration::from_secs(2));
    config.keepalives_interval(Duration::from_secs(1));
    config.keepalives_retries(3);
    if matches!(kind, Kind::Writer | Kind::Heartbeat | Kind::Resolver) {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    config
}

/// The connection itself is driven by the runtime that this is waited for in.
pub(crate) async fn open(config: &Config, tls: &ServerTls) -> Done<Client> {
    let (client, connection) = config.connect(MakeRustlsConnect::new(tls.config()?)).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection to Postgres ended");
        }
    });
    Ok(client)
}
