//! Calls answered or voided, until their caller has settled them.
use crate::connection::bound;
use crate::highest_id::{HighestIds, query_highest};
use crate::sums::{Part, Record, Sums};
use kernel::{CallKey, CallRecord, Commit, Id};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

pub(crate) fn write(connection: &Connection, commit: &Commit, sums: &mut Sums, highest_ids: &HighestIds) -> Result<()> {
    for (key, called) in &commit.calls {
        put(connection, key, called, sums)?;
        highest_ids.wrote(&key.caller, key.ticket);
    }
    for (caller, below) in &commit.forget {
        let mut forget =
            connection.prepare_cached("DELETE FROM calls WHERE caller = ?1 AND ticket < ?2 RETURNING sum")?;
        let removed = forget.query_map(params![caller, bound(below.0)], |row| row.get(0))?;
        removed.collect::<Result<Vec<i64>>>()?.into_iter().for_each(|sum| sums.remove(Part::Calls, sum));
    }
    Ok(())
}

fn put(connection: &Connection, key: &CallKey, called: &CallRecord, sums: &mut Sums) -> Result<()> {
    let CallKey { caller, ticket, step } = key;
    let (call, body, answer) = match called {
        CallRecord::Done { call, body, answer } => (Some(&**call), Some(&**body), Some(&**answer)),
        CallRecord::Void => (None, None, None),
    };
    let sum = sum(key, called);
    let values = params![caller, ticket.0, step, call, body, answer, sum];
    // Nearly every call is new; only one that is there already has a sum to be taken off first.
    let mut add =
        connection.prepare_cached("INSERT INTO calls VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING")?;
    if add.execute(values)? == 0 {
        let mut old = connection
            .prepare_cached("DELETE FROM calls WHERE caller = ?1 AND ticket = ?2 AND step = ?3 RETURNING sum")?;
        sums.remove(Part::Calls, old.query_row(params![caller, ticket.0, step], |row| row.get(0))?);
        add.execute(values)?;
    }
    sums.add(Part::Calls, sum);
    Ok(())
}

pub(crate) fn may_have(connection: &Connection, highest_ids: &HighestIds, key: &CallKey) -> Result<bool> {
    let load = || query_highest(connection, "SELECT max(ticket) FROM calls WHERE caller = ?1", [&key.caller]);
    highest_ids.may_have(&key.caller, key.ticket, load)
}

pub(crate) fn get(connection: &Connection, key: &CallKey) -> Result<Option<CallRecord>> {
    let mut get = connection.prepare_cached(
        "SELECT caller, ticket, step, call, body, answer FROM calls WHERE caller = ?1 AND ticket = ?2 AND step = ?3",
    )?;
    get.query_row(params![key.caller, key.ticket.0, key.step], |row| Ok(read(row)?.1)).optional()
}

pub(crate) fn keys(connection: &Connection, caller: &str, from: Id, to: Id) -> Result<Vec<CallKey>> {
    let mut keys = connection.prepare_cached(
        "SELECT caller, ticket, step FROM calls WHERE caller = ?1 AND ticket >= ?2 AND ticket < ?3 ORDER BY ticket, step",
    )?;
    keys.query_map(params![caller, bound(from.0), bound(to.0)], key)?.collect()
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<(CallKey, CallRecord)>> {
    let mut all = connection
        .prepare_cached("SELECT caller, ticket, step, call, body, answer FROM calls ORDER BY caller, ticket, step")?;
    all.query_map([], read)?.collect()
}

fn key(row: &Row<'_>) -> Result<CallKey> {
    Ok(CallKey { caller: row.get::<_, String>(0)?.into(), ticket: Id(row.get(1)?), step: row.get(2)? })
}

pub(crate) fn read(row: &Row<'_>) -> Result<(CallKey, CallRecord)> {
    let called = match row.get::<_, Option<String>>(3)? {
        Some(call) => CallRecord::Done {
            call: call.into(),
            body: row.get_ref(4)?.as_str()?.into(),
            answer: row.get_ref(5)?.as_str()?.into(),
        },
        None => CallRecord::Void,
    };
    Ok((key(row)?, called))
}

pub(crate) fn sum(key: &CallKey, called: &CallRecord) -> i64 {
    let record = Record::default().text(&key.caller).number(key.ticket.0 as i64).number(key.step.into());
    match called {
        CallRecord::Done { call, body, answer } => record.text(call).text(body).text(answer).sum(),
        CallRecord::Void => record.sum(),
    }
}
