//! States of things: a table a kind, made when the first of its kind is written.
use crate::connection::{bound, limit};
use crate::highest_id::{HighestIds, query_highest};
use kernel::{Commit, Id, Name};
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Kinds by name, and the numbers of their tables.
pub(crate) type Kinds = HashMap<String, i64>;

pub(crate) fn kinds(connection: &Connection) -> Result<Kinds> {
    let mut statement = connection.prepare("SELECT name, number FROM kinds")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Writes each state of a group once, at its newest, in the order of its table.
pub(crate) fn write(
    connection: &Connection,
    commits: &[Commit],
    kinds: &mut Kinds,
    highest_ids: &HighestIds,
) -> Result<()> {
    let mut last: BTreeMap<(Name, Id), &Arc<str>> = BTreeMap::new();
    for state in commits.iter().flat_map(|commit| &commit.states) {
        last.insert((state.kind, state.id), &state.body);
    }
    for of_kind in last.into_iter().collect::<Vec<_>>().chunk_by(|((one, _), _), ((other, _), _)| one == other) {
        let number = number(connection, of_kind[0].0.0, kinds)?;
        let put = format!("INSERT INTO states_{number} VALUES (?1, ?2) ON CONFLICT DO UPDATE SET body = excluded.body");
        let mut put = connection.prepare_cached(&put)?;
        for ((kind, id), body) in of_kind {
            put.execute(params![id.0, &***body])?;
            highest_ids.wrote(kind, *id);
        }
    }
    Ok(())
}

fn number(connection: &Connection, kind: Name, kinds: &mut Kinds) -> Result<i64> {
    if let Some(number) = kinds.get(kind) {
        return Ok(*number);
    }
    connection.execute("INSERT INTO kinds (name) VALUES (?1)", [kind])?;
    let number = connection.last_insert_rowid();
    connection.execute_batch(&format!("CREATE TABLE states_{number} (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"))?;
    kinds.insert(kind.to_string(), number);
    Ok(number)
}

pub(crate) fn may_have(
    connection: &Connection,
    kinds: &Kinds,
    highest_ids: &HighestIds,
    kind: &str,
    id: Id,
) -> Result<bool> {
    let Some(number) = kinds.get(kind) else { return Ok(false) };
    highest_ids.may_have(kind, id, || query_highest(connection, &format!("SELECT max(id) FROM states_{number}"), []))
}

pub(crate) fn get(connection: &Connection, kinds: &Kinds, kind: &str, id: Id) -> Result<Option<Arc<str>>> {
    let Some(number) = kinds.get(kind) else { return Ok(None) };
    let mut get = connection.prepare_cached(&format!("SELECT body FROM states_{number} WHERE id = ?1"))?;
    get.query_row([id.0], |row| Ok(row.get_ref(0)?.as_str()?.into())).optional()
}

pub(crate) fn after(connection: &Connection, kind: &str, after: Id, at_most: usize) -> Result<Vec<(Id, Arc<str>)>> {
    let mut find = connection.prepare_cached("SELECT number FROM kinds WHERE name = ?1")?;
    let Some(number) = find.query_row([kind], |row| row.get::<_, i64>(0)).optional()? else { return Ok(vec![]) };
    let sql = format!("SELECT id, body FROM states_{number} WHERE id > ?1 ORDER BY id LIMIT ?2");
    let mut states = connection.prepare_cached(&sql)?;
    let states = states.query_map(params![bound(after.0), limit(at_most)], |row| {
        Ok((Id(row.get(0)?), row.get_ref(1)?.as_str()?.into()))
    })?;
    states.collect()
}
