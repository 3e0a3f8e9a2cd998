//! One connection, driven by the thread that waits for it. Nothing that its session knows is relied on.
use crate::address::ServerAddress;
use crate::connection::{self, Kind};
use crate::fault::{Done, Fault};
use crate::options::PostgresOptions;
use crate::statement::Statement;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
use tokio_postgres::{Client, Row};

/// How a transaction begins that writes. A writer's session lets nothing be written without it: a group is sent whole, and
/// where its BEGIN alone was refused each of its statements would be kept by itself.
pub(crate) const WRITING: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
/// The same, with as much time for each statement as it takes.
pub(crate) const WRITING_UNHURRIED: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = 0";
const ONLY_IN_TRANSACTIONS: &str = "SET default_transaction_read_only = on";

type Running<'a> = Pin<Box<dyn Future<Output = Result<Vec<Row>, tokio_postgres::Error>> + 'a>>;

pub(crate) struct Session {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    client: Client,
    prepared: RefCell<HashMap<String, tokio_postgres::Statement>>,
    /// An answer did not come in time and may come later, or a transaction could not be ended.
    is_late: Cell<bool>,
    patience: Cell<Duration>,
}

/// For what takes as long as it takes: a server that is gone is noticed by its connection, and one that hangs is waited for no longer.
const UNHURRIED: Duration = Duration::from_secs(3600);

/// What became of a piece of statements.
pub(crate) enum Sent {
    /// All of it is durable: the rows of each statement.
    Done(Vec<Vec<Row>>),
    /// Nothing of it is, and why: the statement's number, and the server's word.
    Refused(usize, Fault),
    /// The server did not say.
    Unknown(Fault),
}

impl Session {
    pub fn connect(address: &ServerAddress, options: &PostgresOptions, kind: Kind) -> Done<Session> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| {
            Fault::Said(runtime::port::store::StoreError::Failed(format!(
                "No connection can be made: this machine gives no more handles ({error}). Raise the limit (ulimit -n)."
            )))
        })?;
        let config = connection::config(address, options, kind);
        let within = Duration::from_millis(options.connect_ms);
        let connected: Done<Client> = blocking(&runtime, async {
            let open = async {
                let client = connection::open(&config, &options.tls).await?;
                if kind == Kind::Writer {
                    client.batch_execute(ONLY_IN_TRANSACTIONS).await?;
                }
                Ok(client)
            };
            tokio::time::timeout(within, open).await.map_err(|_| Fault::Late)?
        });
        let client = connected?;
        let (prepared, is_late) = Default::default();
        let patience = Cell::new(kind.patience(options));
        Ok(Session { runtime: Some(runtime), client, prepared, is_late, patience })
    }

    /// Whether the next statement can only fail.
    pub fn is_broken(&self) -> bool {
        self.is_late.get() || self.client.is_closed()
    }

    /// A server that ends a session says so before it closes it.
    fn end_with(&self, fault: &Fault) {
        if fault.ends_session() {
            self.abandon();
        }
    }

    /// Is not used any more: nobody knows what its transaction has come to.
    pub fn abandon(&self) {
        self.is_late.set(true);
    }

    fn wait<T>(&self, future: impl Future<Output = Done<T>>) -> Done<T> {
        let Some(runtime) = &self.runtime else { return Err(Fault::Late) };
        let waited = blocking(runtime, async { tokio::time::timeout(self.patience.get(), future).await });
        waited.unwrap_or_else(|_| {
            self.is_late.set(true);
            Err(Fault::Late)
        })
    }

    /// Forgets what was prepared: tables have come or gone.
    pub fn forget_prepared(&self) {
        self.prepared.borrow_mut().clear();
    }

    async fn prepare(&self, sql: &str) -> Result<tokio_postgres::Statement, tokio_postgres::Error> {
        if let Some(known) = self.prepared.borrow().get(sql) {
            return Ok(known.clone());
        }
        let prepared = self.client.prepare(sql).await?;
        self.prepared.borrow_mut().insert(sql.to_string(), prepared.clone());
        Ok(prepared)
    }

    /// One statement, in a transaction of its own unless one is begun.
    pub fn query(&self, statement: &Statement<'_>) -> Done<Vec<Row>> {
        let asked = self.wait(async {
            let prepared = self.prepare(&statement.sql).await?;
            Ok(self.client.query(&prepared, &statement.values()).await?)
        });
        asked.inspect_err(|fault| self.end_with(fault))
    }

    /// Statements without values, in one transaction if they do not say otherwise.
    pub fn run(&self, sql: &str) -> Done<()> {
        let run = self.wait(async { Ok(self.client.batch_execute(sql).await?) });
        run.inspect_err(|fault| self.end_with(fault))
    }

    /// Runs this in one transaction, which is rolled back where it fails.
    pub fn transaction<T>(&self, begin: &str, inside: impl FnOnce() -> Done<T>) -> Done<T> {
        self.run(begin)?;
        let done = inside().and_then(|done| self.run("COMMIT").map(|()| done));
        if done.is_err() && !self.is_broken() && self.run("ROLLBACK").is_err() {
            self.abandon();
        }
        done
    }

    /// The same for a change of tables, which takes as long as they are large.
    pub fn unhurried_transaction<T>(&self, inside: impl FnOnce() -> Done<T>) -> Done<T> {
        self.unhurried(|| self.transaction(WRITING_UNHURRIED, inside))
    }

    fn unhurried<T>(&self, act: impl FnOnce() -> T) -> T {
        let before = self.patience.replace(UNHURRIED);
        let done = act();
        self.patience.set(before);
        done
    }

    /// [`Session::piece`] for statements that took longer than they may.
    pub fn unhurried_piece(&self, statements: &[Statement<'_>]) -> Sent {
        self.unhurried(|| self.piece(WRITING_UNHURRIED, statements))
    }

    /// A transaction that is sent whole: the server waits for nobody between its statements.
    ///
    /// A COMMIT after a statement that failed says ROLLBACK and is no failure, so the transaction is done only where every
    /// statement is. A value that can't be sent is noticed before the COMMIT leaves.
    pub fn piece(&self, begin: &str, statements: &[Statement<'_>]) -> Sent {
        let sent = self.wait(async {
            let mut prepared = vec![];
            for statement in statements {
                match self.prepare(&statement.sql).await {
                    Ok(statement) => prepared.push(statement),
                    Err(error) => return Ok(Sent::Refused(prepared.len(), error.into())),
                }
            }
            let values: Vec<_> = statements.iter().map(Statement::values).collect();
            let mut running: Vec<Running<'_>> = vec![self.simple(begin)];
            for (prepared, values) in prepared.iter().zip(&values) {
                running.push(Box::pin(self.client.query(prepared, values)));
            }
            Ok(self.in_order(running).await.judge())
        });
        let sent = sent.unwrap_or_else(Sent::Unknown);
        if let Sent::Refused(_, fault) | Sent::Unknown(fault) = &sent {
            self.end_with(fault);
        }
        sent
    }

    fn simple<'a>(&'a self, sql: &'a str) -> Running<'a> {
        Box::pin(async move { self.client.batch_execute(sql).await.map(|()| vec![]) })
    }

    /// Polls each for the first time in this order, which is the order in which they are sent; then the end of the
    /// transaction: a COMMIT only where all others could be sent.
    async fn in_order(&self, mut running: Vec<Running<'_>>) -> Results {
        let mut results: Vec<Option<Result<Vec<Row>, _>>> = running.iter().map(|_| None).collect();
        let mut commits = None;
        std::future::poll_fn(|context| {
            loop {
                for (future, result) in running.iter_mut().zip(&mut results).filter(|(_, result)| result.is_none()) {
                    if let Poll::Ready(ready) = future.as_mut().poll(context) {
                        *result = Some(ready);
                    }
                }
                if commits.is_some() {
                    break;
                }
                let is_whole = !results.iter().flatten().any(Result::is_err);
                commits = Some(is_whole);
                running.push(self.simple(if is_whole { "COMMIT" } else { "ROLLBACK" }));
                results.push(None);
            }
            if results.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        Results { commits: commits == Some(true), all: results.into_iter().flatten().collect() }
    }
}

/// Of BEGIN, of the statements, and of COMMIT, unless that was not sent.
struct Results {
    commits: bool,
    all: Vec<Result<Vec<Row>, tokio_postgres::Error>>,
}

impl Results {
    fn judge(mut self) -> Sent {
        let end = self.all.pop();
        let mut rows = vec![];
        for (nth, result) in self.all.into_iter().enumerate() {
            match result {
                Ok(found) => rows.push(found),
                Err(error) if !self.commits || error.as_db_error().is_some() => {
                    return Sent::Refused(nth.saturating_sub(1), error.into());
                }
                Err(error) => return Sent::Unknown(error.into()),
            }
        }
        match end {
            Some(Ok(_)) => Sent::Done(rows.split_off(1)),
            Some(Err(error)) => Sent::Unknown(error.into()),
            None => Sent::Unknown(Fault::Late),
        }
    }
}

impl Drop for Session {
    /// Also on a thread that runs async code, where a runtime can't be waited for.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Waits on this thread, whether or not it belongs to an async runtime.
fn blocking<T>(runtime: &Runtime, future: impl Future<Output = T>) -> T {
    match Handle::try_current() {
        Ok(around) if around.runtime_flavor() == RuntimeFlavor::MultiThread => {
            tokio::task::block_in_place(|| runtime.block_on(future))
        }
        Ok(_) | Err(_) => runtime.block_on(future),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::values;
    use postgres_server::PostgresServer;

    #[test]
    fn nothing_is_kept_of_a_piece_whose_begin_is_refused() {
        let database = PostgresServer::shared().database();
        database.sql("CREATE TABLE kept (number bigint)");
        let address = ServerAddress::parse(&database.url).expect("an address");
        let session = Session::connect(&address, &PostgresOptions::default(), Kind::Writer).expect("a session");
        let pieces = || [1_i64, 2].map(|number| Statement::new("INSERT INTO kept VALUES ($1)", values![number]));
        let sent = session.piece("BEGIN ISOLATION LEVEL NONE", &pieces());
        assert!(matches!(sent, Sent::Refused(0, _)));
        assert_eq!(database.value("SELECT count(*) FROM kept"), "0");
        assert!(matches!(session.piece(WRITING, &pieces()), Sent::Done(_)));
        assert_eq!(database.value("SELECT count(*) FROM kept"), "2");
    }
}
