//! Checksums of records: one a record, and their sum a table, kept in the transaction that changes them.
//!
//! A sum does not care for order, so records come and go without reading the others; a changed record is named by
//! its own sum, a lost or smuggled one shows in the table's.
use rusqlite::{Connection, Result, params};
use xxhash_rust::xxh3::xxh3_64;

/// A table whose records have no log behind them, or are the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Log,
    Calls,
    Answers,
    Parked,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Log, Part::Calls, Part::Answers, Part::Parked];

    pub fn name(self) -> &'static str {
        match self {
            Part::Log => "log",
            Part::Calls => "calls",
            Part::Answers => "answers",
            Part::Parked => "parked",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub records: i64,
    pub sum: i64,
}

/// Every part's sum, in the writer's memory.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    now: [Sum; 4],
    stored: [Sum; 4],
}

impl Sums {
    pub fn load(connection: &Connection) -> Result<Sums> {
        let mut sums = Sums::default();
        for part in Part::ALL {
            sums.stored[part as usize] = read(connection, part)?;
        }
        sums.now = sums.stored;
        Ok(sums)
    }

    pub fn add(&mut self, part: Part, record: i64) {
        let Sum { records, sum } = &mut self.now[part as usize];
        (*records, *sum) = (*records + 1, sum.wrapping_add(record));
    }

    pub fn remove(&mut self, part: Part, record: i64) {
        let Sum { records, sum } = &mut self.now[part as usize];
        (*records, *sum) = (*records - 1, sum.wrapping_sub(record));
    }

    pub fn settle(&mut self, connection: &Connection) -> Result<()> {
        for part in Part::ALL.into_iter().filter(|part| self.now[*part as usize] != self.stored[*part as usize]) {
            let Sum { records, sum } = self.now[part as usize];
            let mut put = connection.prepare_cached("INSERT OR REPLACE INTO sums VALUES (?1, ?2, ?3)")?;
            put.execute(params![part.name(), records, sum])?;
        }
        self.stored = self.now;
        Ok(())
    }
}

/// As it is durable.
pub(crate) fn read(connection: &Connection, part: Part) -> Result<Sum> {
    let mut get = connection.prepare_cached("SELECT records, sum FROM sums WHERE part = ?1")?;
    let mut rows = get.query([part.name()])?;
    match rows.next()? {
        Some(row) => Ok(Sum { records: row.get(0)?, sum: row.get(1)? }),
        None => Ok(Sum::default()),
    }
}

/// The checksum of one record, its fields put in one after the other, each behind its length.
pub(crate) struct Record(Vec<u8>);

impl Default for Record {
    fn default() -> Record {
        Record(Vec::with_capacity(512)) // most records fit without growing
    }
}

impl Record {
    pub fn text(mut self, text: &str) -> Record {
        self.0.extend_from_slice(&(text.len() as u64).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    pub fn maybe(self, text: Option<&str>) -> Record {
        match text {
            Some(text) => self.number(1).text(text),
            None => self.number(0),
        }
    }

    pub fn number(mut self, number: i64) -> Record {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    pub fn bytes(mut self, bytes: &[u8; 16]) -> Record {
        self.0.extend_from_slice(bytes);
        self
    }

    pub fn sum(self) -> i64 {
        xxh3_64(&self.0) as i64
    }
}
