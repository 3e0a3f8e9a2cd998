//! A ceiling: one thread, one SQLite file with full durability, one row a commit, groups as large as the clients make them.
use crate::times::Times;
use rusqlite::{Connection, Result};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// As long as the row of a request.
const BODY: &str =
    r#"{"price":25000,"startingPoint":"Gangnam Station","destination":"Incheon Airport","customer":"customer1"}"#;

pub struct Commits {
    pub took: Duration,
    pub times: Times,
}

impl Commits {
    pub fn rate(&self) -> f64 {
        self.times.count() as f64 / self.took.as_secs_f64().max(f64::EPSILON)
    }
}

/// Each client asks again when its commit is durable.
pub fn measure(folder: &Path, clients: usize, time: Duration) -> Result<Commits> {
    let connection = Connection::open(folder.join("bare.db"))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE log (position INTEGER PRIMARY KEY, body TEXT NOT NULL)")?;
    let ((commit, commits), (report, reported)) = (channel(), channel());
    let writer = std::thread::spawn(move || write(&connection, &commits, &report));
    let (began, mut times) = (Instant::now(), Times::default());
    for _ in 0..clients {
        let _the_writer_has_broken = commit.send(Instant::now());
    }
    while began.elapsed() < time {
        let Ok(sent) = reported.recv() else { break };
        times.add(Instant::elapsed(&sent));
        let _the_writer_has_broken = commit.send(Instant::now());
    }
    let took = began.elapsed();
    drop(commit);
    writer.join().unwrap_or(Ok(()))?;
    Ok(Commits { took, times })
}

fn write(connection: &Connection, commits: &Receiver<Instant>, report: &Sender<Instant>) -> Result<()> {
    while let Ok(first) = commits.recv() {
        let group: Vec<Instant> = std::iter::once(first).chain(commits.try_iter()).collect();
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for _ in &group {
            connection.prepare_cached("INSERT INTO log (body) VALUES (?1)")?.execute([BODY])?;
        }
        connection.prepare_cached("COMMIT")?.execute([])?;
        for sent in group {
            let _the_clients_are_gone = report.send(sent);
        }
    }
    Ok(())
}
