//! The replicas of a context, as each says of itself that it is there.
use crate::fault::{Done, Fault};
use crate::identity::Whose;
use crate::lease::Lease;
use crate::number::bound;
use crate::schema_name::SchemaName;
use crate::session::{Sent, Session};
use crate::statement::{Statement, values};
use runtime::port::replica::{Replica, ReplicaState};

/// A row that is lost when the server crashes comes again with the next look.
const LOOKING: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL synchronous_commit = off";

const PUT: &str = "INSERT INTO @replicas (id, url, release, state, seen) VALUES ($1, $2, $3, $4, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET url = excluded.url, release = excluded.release, state = excluded.state,
        seen = excluded.seen";

/// The server's clock may have been set back since.
const LIST: &str = "SELECT id, url, release, state FROM @replicas
    WHERE seen BETWEEN clock_timestamp() - interval '3 s' AND clock_timestamp() + interval '3 s' ORDER BY id";

/// Those that others say something of at this moment are not waited for.
const FORGET_OLD: &str = "DELETE FROM @replicas WHERE id = ANY (ARRAY(SELECT id FROM @replicas
    WHERE seen NOT BETWEEN clock_timestamp() - interval '1 min' AND clock_timestamp() + interval '1 min'
    FOR UPDATE SKIP LOCKED))";

/// Says that this replica is there, and hears of the lease and of the others, in one round trip.
pub(crate) fn look(
    session: &Session,
    whose: &Whose<'_>,
    me: &Replica,
    forgets_old: bool,
) -> Done<(Lease, Vec<Replica>)> {
    let schema = whose.schema;
    let mut statements = vec![put(schema, me), Lease::statement(schema), Statement::new(schema.sql(LIST), vec![])];
    if forgets_old {
        statements.push(Statement::new(schema.sql(FORGET_OLD), vec![]));
    }
    let rows = match session.piece(LOOKING, &statements) {
        Sent::Done(rows) => rows,
        Sent::Refused(_, fault) | Sent::Unknown(fault) => return Err(fault),
    };
    let [_, lease, replicas, ..] = rows.as_slice() else { return Err(Fault::Late) };
    let replicas = replicas.iter().map(|row| {
        let (release, state): (i64, &str) = (row.try_get(2)?, row.try_get(3)?);
        let release = u64::try_from(release).unwrap_or_default();
        Ok(Replica { id: row.try_get(0)?, url: row.try_get(1)?, release, state: read(state) })
    });
    Ok((Lease::of(lease, whose)?, replicas.collect::<Done<_>>()?))
}

fn put<'a>(schema: &SchemaName, me: &Replica) -> Statement<'a> {
    let Replica { id, url, release, state } = me.clone();
    Statement::new(schema.sql(PUT), values![id, url, bound(release), word(state)])
}

/// The others forget it at once.
pub(crate) fn forget(session: &Session, schema: &SchemaName, id: &str) -> Done<()> {
    session.query(&Statement::new(schema.sql("DELETE FROM @replicas WHERE id = $1"), values![id])).map(|_| ())
}

fn word(state: ReplicaState) -> &'static str {
    match state {
        ReplicaState::Starting => "starting",
        ReplicaState::Ready => "ready",
        ReplicaState::Leaving => "leaving",
    }
}

/// One that says of itself what this release does not know is not relied on.
fn read(word: &str) -> ReplicaState {
    match word {
        "ready" => ReplicaState::Ready,
        "leaving" => ReplicaState::Leaving,
        _ => ReplicaState::Starting,
    }
}
