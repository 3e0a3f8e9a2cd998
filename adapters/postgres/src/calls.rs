//! Calls answered or voided, until their caller has settled them.
use crate::fault::Done;
use crate::highest_id::{HighestIds, query_highest};
use crate::number::{bound, number, unsigned};
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::text::{self, Kept, Read};
use kernel::{CallKey, CallRecord, Commit, Id};
use std::collections::{BTreeMap, HashMap};
use tokio_postgres::Row;

const COLUMNS: &str = "coalesce(caller_whole, caller), ticket, step, call, body, answer";

const PUT: &str = "INSERT INTO @calls (caller, ticket, step, caller_whole, call, body, answer)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
    ON CONFLICT (caller, ticket, step) DO UPDATE SET call = excluded.call, body = excluded.body, answer = excluded.answer";

/// What a group leaves of its callers' calls: below which ticket none of an earlier group, and which of its own.
#[derive(Default)]
struct Net<'a> {
    forget: BTreeMap<&'a str, u64>,
    put: BTreeMap<(&'a str, Id, u32), &'a CallRecord>,
}

impl<'a> Net<'a> {
    fn of(commits: &'a [Commit]) -> Net<'a> {
        let mut net = Net::default();
        for commit in commits {
            for (key, called) in &commit.calls {
                net.put.insert((&key.caller, key.ticket, key.step), called);
            }
            for (caller, below) in &commit.forget {
                net.put.retain(|(of, ticket, _), _| of != caller || ticket >= below);
                let most = net.forget.entry(caller).or_default();
                *most = below.0.max(*most);
            }
        }
        net
    }
}

/// Tickets below these are forgotten already, by caller: a deletion does not look for them again.
pub(crate) type Forgotten = HashMap<String, u64>;

/// Returns what is forgotten once the statements are durable.
pub(crate) fn write<'a>(
    schema: &SchemaName,
    commits: &'a [Commit],
    forgotten: &Forgotten,
    statements: &mut Vec<Statement<'a>>,
) -> Done<Forgotten> {
    let net = Net::of(commits);
    for (caller, below) in &net.forget {
        let from = forgotten.get(*caller).copied().unwrap_or_default();
        let sql = schema.sql("DELETE FROM @calls WHERE caller = $1 AND ticket >= $2 AND ticket < $3");
        statements.push(Statement::new(sql, values![text::key(caller).0, bound(from), bound(*below)]));
    }
    if !net.put.is_empty() {
        statements.push(put(schema, &net)?);
    }
    let mut forgets: Forgotten = net.forget.iter().map(|(caller, below)| (caller.to_string(), *below)).collect();
    // a call that was put where others are forgotten is looked for there again
    for (caller, ticket, _) in net.put.keys() {
        let before = forgets.get(*caller).or(forgotten.get(*caller)).copied();
        if let Some(before) = before {
            forgets.insert(caller.to_string(), before.min(ticket.0));
        }
    }
    Ok(forgets)
}

fn put<'a>(schema: &SchemaName, net: &Net<'a>) -> Done<Statement<'a>> {
    let (mut callers, mut wholes): (Vec<Kept<'_>>, Vec<Option<Kept<'_>>>) = Default::default();
    let (mut tickets, mut steps, mut calls, mut bodies, mut answers) = (vec![], vec![], vec![], vec![], vec![]);
    for ((caller, ticket, step), called) in &net.put {
        let (short, whole) = text::key(caller);
        callers.push(short);
        wholes.push(whole);
        tickets.push(number(ticket.0)?);
        steps.push(i64::from(*step));
        let (call, body, answer) = match called {
            CallRecord::Done { call, body, answer } => (Some(&**call), Some(&**body), Some(&**answer)),
            CallRecord::Void => (None, None, None),
        };
        calls.push(call.map(Kept::new));
        bodies.push(body.map(Kept::new));
        answers.push(answer.map(Kept::new));
    }
    Ok(Statement::new(schema.sql(PUT), values![callers, tickets, steps, wholes, calls, bodies, answers]))
}

pub(crate) fn may_have(session: &Session, schema: &SchemaName, highest_ids: &HighestIds, key: &CallKey) -> Done<bool> {
    let sql = schema.sql("SELECT max(ticket) FROM @calls WHERE caller = $1");
    let load = || query_highest(session, &Statement::new(sql, values![text::key(&key.caller).0]));
    highest_ids.may_have(&key.caller, key.ticket, load)
}

pub(crate) fn get(session: &Session, schema: &SchemaName, key: &CallKey) -> Done<Option<CallRecord>> {
    let sql = format!("SELECT {COLUMNS} FROM @calls WHERE caller = $1 AND ticket = $2 AND step = $3");
    let values = values![text::key(&key.caller).0, bound(key.ticket.0), i64::from(key.step)];
    let rows = session.query(&Statement::new(schema.sql(&sql), values))?;
    rows.first().map(|row| Ok(read(row)?.1)).transpose()
}

pub(crate) fn keys(session: &Session, schema: &SchemaName, caller: &str, from: Id, to: Id) -> Done<Vec<CallKey>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM @calls WHERE caller = $1 AND ticket >= $2 AND ticket < $3 ORDER BY ticket, step"
    );
    let values = values![text::key(caller).0, bound(from.0), bound(to.0)];
    let rows = session.query(&Statement::new(schema.sql(&sql), values))?;
    rows.iter().map(|row| Ok(read(row)?.0)).collect()
}

pub(crate) fn all(session: &Session, schema: &SchemaName) -> Done<Vec<(CallKey, CallRecord)>> {
    let sql = format!("SELECT {COLUMNS} FROM @calls ORDER BY caller, ticket, step");
    session.query(&Statement::new(schema.sql(&sql), vec![]))?.iter().map(read).collect()
}

fn read(row: &Row) -> Done<(CallKey, CallRecord)> {
    let maybe = |nth| Ok::<_, tokio_postgres::Error>(row.try_get::<_, Option<Read>>(nth)?.map(|read| read.0));
    let (ticket, step) = (unsigned(row.try_get(1)?)?, unsigned(row.try_get(2)?)? as u32);
    let caller = row.try_get::<_, Read>(0)?.0.to_string();
    let called = match (maybe(3)?, maybe(4)?, maybe(5)?) {
        (Some(call), Some(body), Some(answer)) => CallRecord::Done { call: call.to_string().into(), body, answer },
        _ => CallRecord::Void,
    };
    Ok((CallKey { caller: caller.into(), ticket: Id(ticket), step }, called))
}
