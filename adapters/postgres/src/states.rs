//! States of things, by kind and id.
use crate::fault::Done;
use crate::highest_id::{HighestIds, query_highest};
use crate::number::{bound, limit, number, unsigned};
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::text::{Kept, Read};
use kernel::{Commit, Id, Name};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Kinds by name, and their numbers in the table.
pub(crate) type Kinds = HashMap<String, i32>;

pub(crate) fn kinds(session: &Session, schema: &SchemaName) -> Done<Kinds> {
    let rows = session.query(&Statement::new(schema.sql("SELECT name, number FROM @kinds"), vec![]))?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Each state of a group once, at its newest, and the kinds that are new with them.
pub(crate) fn write<'a>(
    schema: &SchemaName,
    commits: &'a [Commit],
    kinds: &Kinds,
    statements: &mut Vec<Statement<'a>>,
) -> Done<Vec<(Name, i32)>> {
    let mut last: BTreeMap<(Name, Id), &'a str> = BTreeMap::new();
    for state in commits.iter().flat_map(|commit| &commit.states) {
        last.insert((state.kind, state.id), &state.body);
    }
    let mut new: Vec<(Name, i32)> = vec![];
    let (mut numbers, mut ids, mut bodies) = (vec![], vec![], vec![]);
    for ((kind, id), body) in last {
        let known = kinds.get(kind).copied().or(new.iter().find(|(name, _)| *name == kind).map(|(_, number)| *number));
        let of_kind = known.unwrap_or_else(|| {
            let next = kinds.values().copied().chain(new.iter().map(|(_, number)| *number)).max().unwrap_or(0) + 1;
            new.push((kind, next));
            next
        });
        numbers.push(of_kind);
        ids.push(number(id.0)?);
        bodies.push(Kept::new(body));
    }
    for (name, number) in &new {
        let sql = schema.sql("INSERT INTO @kinds (number, name) VALUES ($1, $2)");
        statements.push(Statement::new(sql, values![*number, *name]));
    }
    if !ids.is_empty() {
        let sql = schema.sql(
            "INSERT INTO @states (kind, id, body) SELECT * FROM unnest($1::int[], $2::bigint[], $3::text[])
             ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
        );
        statements.push(Statement::new(sql, values![numbers, ids, bodies]));
    }
    Ok(new)
}

pub(crate) fn may_have(
    session: &Session,
    schema: &SchemaName,
    (kinds, highest_ids): (&Kinds, &HighestIds),
    kind: &str,
    id: Id,
) -> Done<bool> {
    let Some(number) = kinds.get(kind) else { return Ok(false) };
    let sql = schema.sql("SELECT max(id) FROM @states WHERE kind = $1");
    highest_ids.may_have(kind, id, || query_highest(session, &Statement::new(sql, values![*number])))
}

pub(crate) fn get(session: &Session, schema: &SchemaName, kinds: &Kinds, kind: &str, id: Id) -> Done<Option<Arc<str>>> {
    let Some(number) = kinds.get(kind) else { return Ok(None) };
    let sql = schema.sql("SELECT body FROM @states WHERE kind = $1 AND id = $2");
    let rows = session.query(&Statement::new(sql, values![*number, bound(id.0)]))?;
    rows.first().map(|row| Ok(row.try_get::<_, Read>(0)?.0)).transpose()
}

pub(crate) fn after(
    session: &Session,
    schema: &SchemaName,
    kind: &str,
    after: Id,
    at_most: usize,
) -> Done<Vec<(Id, Arc<str>)>> {
    let sql = schema.sql(
        "SELECT id, body FROM @states WHERE kind = (SELECT number FROM @kinds WHERE name = $1) AND id > $2
         ORDER BY id LIMIT $3",
    );
    let rows = session.query(&Statement::new(sql, values![kind, bound(after.0), limit(at_most)]))?;
    rows.iter().map(|row| Ok((Id(unsigned(row.try_get(0)?)?), row.try_get::<_, Read>(1)?.0))).collect()
}
