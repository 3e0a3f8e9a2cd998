//! Events set aside, few by their limit, so kept as JSON.
use crate::fault::Done;
use crate::number::{number, unsigned};
use crate::schema_name::SchemaName;
use crate::session::Session;
use crate::statement::{Statement, values};
use crate::text::{self, Read};
use kernel::{Commit, Parked};
use runtime::port::store::ParkedEvent;
use std::collections::BTreeMap;

const PUT: &str = "INSERT INTO @parked (consumer, source, position, consumer_whole, source_whole, parked)
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])
    ON CONFLICT (consumer, source, position) DO UPDATE SET parked = excluded.parked";

const DELETE: &str =
    "DELETE FROM @parked p USING unnest($1::text[], $2::text[], $3::bigint[]) AS d (consumer, source, position)
    WHERE p.consumer = d.consumer AND p.source = d.source AND p.position = d.position";

/// Each place of a group once, at its newest.
pub(crate) fn write<'a>(schema: &SchemaName, commits: &'a [Commit], statements: &mut Vec<Statement<'a>>) -> Done<()> {
    let mut last: BTreeMap<(&'a str, &'a str, u64), &'a Option<Parked>> = BTreeMap::new();
    for ((consumer, source, position), parked) in commits.iter().flat_map(|commit| &commit.parked) {
        last.insert((consumer, source, *position), parked);
    }
    let (put, gone): (Vec<_>, Vec<_>) = last.into_iter().partition(|(_, parked)| parked.is_some());
    if !gone.is_empty() {
        let (consumers, sources, positions, ..) = places(&gone)?;
        statements.push(Statement::new(schema.sql(DELETE), values![consumers, sources, positions]));
    }
    if !put.is_empty() {
        let (consumers, sources, positions, whole_consumers, whole_sources) = places(&put)?;
        let parked = put.iter().map(|(_, parked)| serde_json::to_string(parked)).collect::<Result<Vec<_>, _>>()?;
        let values = values![consumers, sources, positions, whole_consumers, whole_sources, parked];
        statements.push(Statement::new(schema.sql(PUT), values));
    }
    Ok(())
}

type Texts<'a> = Vec<text::Kept<'a>>;
type MaybeTexts<'a> = Vec<Option<text::Kept<'a>>>;

fn places<'a, T>(
    all: &[((&'a str, &'a str, u64), T)],
) -> Done<(Texts<'a>, Texts<'a>, Vec<i64>, MaybeTexts<'a>, MaybeTexts<'a>)> {
    let (consumers, whole_consumers) = all.iter().map(|((consumer, ..), _)| text::key(consumer)).unzip();
    let (sources, whole_sources) = all.iter().map(|((_, source, _), _)| text::key(source)).unzip();
    let positions = all.iter().map(|((.., position), _)| number(*position)).collect::<Done<_>>()?;
    Ok((consumers, sources, positions, whole_consumers, whole_sources))
}

/// In the order in which they were set aside.
pub(crate) fn all(session: &Session, schema: &SchemaName) -> Done<Vec<ParkedEvent>> {
    let sql = schema.sql(
        "SELECT coalesce(consumer_whole, consumer), coalesce(source_whole, source), position, parked FROM @parked",
    );
    let mut events: Vec<ParkedEvent> = vec![];
    for row in session.query(&Statement::new(sql, vec![]))? {
        let text = |nth| Ok::<_, tokio_postgres::Error>(row.try_get::<_, Read>(nth)?.0.to_string());
        let place = (text(0)?, text(1)?, unsigned(row.try_get(2)?)?);
        events.push((place, serde_json::from_str(row.try_get(3)?)?));
    }
    events.sort_by_key(|(_, parked)| parked.order);
    Ok(events)
}
