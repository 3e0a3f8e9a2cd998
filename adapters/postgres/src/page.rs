//! Pages of listed rows, and how many there are in all, at one moment.
use crate::fault::{Done, Fault, failed};
use crate::index;
use crate::number::{bound, limit};
use crate::rows;
use crate::schema_name::SchemaName;
use crate::session::{Sent, Session};
use crate::statement::{Statement, Value, values};
use crate::stored_table::StoredTable;
use runtime::port::store::{Query, RowPage};

/// Both statements see the same groups.
pub(crate) const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

pub(crate) fn page(session: &Session, schema: &SchemaName, stored: &StoredTable, query: &Query) -> Done<RowPage> {
    if !is_declared(stored, query) {
        let name = &stored.table.name;
        return failed(format!("The table {name} is not declared to be found or sorted that way."));
    }
    let statements = [total(schema, stored, query), listed(schema, stored, query)];
    let [total, listed] = match session.piece(ONE_MOMENT, &statements) {
        Sent::Done(rows) => <[_; 2]>::try_from(rows).map_err(|_| Fault::Late)?,
        Sent::Refused(_, fault) | Sent::Unknown(fault) => return Err(fault),
    };
    let total: i64 = total.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default();
    let read = listed.iter().map(|row| rows::read(stored, row));
    let (rows, more) = query.limit.take(read, |(_, row)| Some(row))?;
    Ok(RowPage { rows, total: total as u64, more })
}

/// Whether the table has an index for it.
pub(crate) fn is_declared(StoredTable { table, .. }: &StoredTable, query: &Query) -> bool {
    query.find.is_none_or(|(find, _)| table.is_found_by(find)) && query.sort.is_none_or(|sort| sort < table.sorts)
}

/// The rows of the find, or all, as a condition.
fn filter<'a>(stored: &StoredTable, query: &Query) -> (String, Vec<Value<'a>>) {
    let index = &stored.indexes[index::nth(&stored.table, query)];
    match (&index.find_column, query.find) {
        (Some(column), Some((_, key))) => (format!("listed AND {column} = $1"), values![key]),
        _ => ("listed".into(), vec![]),
    }
}

fn total<'a>(schema: &SchemaName, stored: &StoredTable, query: &Query) -> Statement<'a> {
    let (filter, values) = filter(stored, query);
    Statement::new(schema.sql(&format!("SELECT count(*) FROM @rows_{} WHERE {filter}", stored.number)), values)
}

fn listed<'a>(schema: &SchemaName, stored: &StoredTable, query: &Query) -> Statement<'a> {
    let (mut filter, mut values) = filter(stored, query);
    let index = &stored.indexes[index::nth(&stored.table, query)];
    let (than, way) = if query.descending { ("<", "DESC") } else { (">", "ASC") };
    let columns = index.order_columns();
    if let Some((key, id)) = query.after {
        let place: Vec<i64> = index.order.map(|_| key).into_iter().chain([bound(id.0)]).collect();
        let marks: Vec<String> = (1..=place.len()).map(|nth| format!("${}", values.len() + nth)).collect();
        filter = format!("{filter} AND ({}) {than} ({})", columns.join(", "), marks.join(", "));
        values.extend(place.into_iter().flat_map(|part| values![part]));
    }
    let by = columns.iter().map(|column| format!("{column} {way}")).collect::<Vec<_>>().join(", ");
    let offset = if query.after.is_some() { 0 } else { bound(query.offset) };
    let at = values.len();
    values.extend(values![limit(query.limit.rows.saturating_add(1)), offset]);
    let get = &stored.get;
    Statement::new(
        schema.sql(&format!("{get} WHERE {filter} ORDER BY {by} LIMIT ${} OFFSET ${}", at + 1, at + 2)),
        values,
    )
}
