//! A database of a test, and statements on it beside the store that is tested.
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

pub struct Database {
    pub url: String,
    /// Where it was made: another database of the same server.
    server: String,
    name: String,
}

/// One connection, for a test that holds a transaction or a lock.
pub struct TestSession {
    runtime: Runtime,
    client: Client,
}

impl Database {
    pub(crate) fn create(server: &str) -> Database {
        let name = format!("nadul_{:016x}", fastrand::u64(..));
        let admin = format!("{server}/postgres");
        TestSession::open(&admin).sql(&format!("CREATE DATABASE {name} ENCODING UTF8 TEMPLATE template0"));
        Database { url: format!("{server}/{name}"), server: admin, name }
    }

    /// The rows of the last statement, each value as its text.
    ///
    /// # Panics
    /// Where the server refuses it.
    pub fn sql(&self, sql: &str) -> Vec<Vec<String>> {
        self.session().sql(sql)
    }

    /// The only value of the only row.
    pub fn value(&self, sql: &str) -> String {
        self.sql(sql).concat().concat()
    }

    pub fn session(&self) -> TestSession {
        TestSession::open(&self.url)
    }

    /// Of an account of its own, which reads a schema and writes these of its tables alone.
    pub fn url_of_a_reader(&self, schema: &str, written: &[&str]) -> String {
        let role = self.reader();
        self.sql(&format!("CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {role}"));
        self.sql(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}"));
        for table in written {
            self.sql(&format!("GRANT ALL ON {schema}.{table} TO {role}"));
        }
        let (_, place) = self.url.split_once('@').expect("the address names an account");
        format!("postgres://{role}@{place}")
    }

    fn reader(&self) -> String {
        format!("{}_reader", self.name)
    }
}

impl Drop for Database {
    /// A server that is stopped takes it along.
    fn drop(&mut self) {
        let drops = [
            format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name),
            format!("DROP ROLE IF EXISTS {}", self.reader()),
        ];
        let _stays_where_the_server_is_stopped = TestSession::try_open(&self.server)
            .and_then(|session| drops.iter().try_for_each(|drop| session.try_sql(drop).map(|_| ())));
    }
}

impl TestSession {
    fn open(url: &str) -> TestSession {
        TestSession::try_open(url).expect("a connection to the test's server")
    }

    fn try_open(url: &str) -> Result<TestSession, tokio_postgres::Error> {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
            tokio::spawn(connection);
            Ok(client)
        })?;
        Ok(TestSession { runtime, client })
    }

    pub fn sql(&self, sql: &str) -> Vec<Vec<String>> {
        self.try_sql(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"))
    }

    fn try_sql(&self, sql: &str) -> Result<Vec<Vec<String>>, tokio_postgres::Error> {
        let said = self.runtime.block_on(self.client.simple_query(sql))?;
        let mut rows = vec![];
        for message in said {
            match message {
                SimpleQueryMessage::RowDescription(_) => rows.clear(),
                SimpleQueryMessage::Row(row) => {
                    rows.push((0..row.len()).map(|nth| row.get(nth).unwrap_or_default().to_string()).collect());
                }
                _ => {}
            }
        }
        Ok(rows)
    }
}
