//! The statements of a page: its rows, and the rows at the edges of a find.
use crate::number::{bound, limit};
use crate::page::Look;
use crate::page::start::{Place, Start};
use crate::statement::{Statement, Value, values};

/// A condition on rows, and the values it names.
struct Condition<'a> {
    sql: String,
    values: Vec<Value<'a>>,
}

impl Condition<'_> {
    /// The rows of the find, or all.
    fn of(look: &Look<'_>) -> Self {
        match (&look.index().find_column, look.query.find) {
            (Some(column), Some((_, key))) => {
                Condition { sql: format!("listed AND {column} = $1"), values: values![key] }
            }
            _ => Condition { sql: "listed".into(), values: vec![] },
        }
    }

    /// "$3"
    fn value(&mut self, value: i64) -> String {
        self.values.push(Box::new(value));
        format!("${}", self.values.len())
    }

    /// Rows on one side of a place: "(k2, id) >= ($2, $3)".
    fn side(&mut self, look: &Look<'_>, than: &str, (order, id): Place) -> String {
        let place = look.index().order.map(|_| order).into_iter().chain([id]);
        let marks: Vec<String> = place.map(|part| self.value(part)).collect();
        format!("({}) {than} ({})", look.index().order_columns().join(", "), marks.join(", "))
    }
}

/// Rows are passed over in the index alone; those of the page are fetched.
pub(super) fn listed(look: &Look<'_>, start: &Start) -> Statement<'static> {
    let (query, number) = (look.query, look.stored.number);
    let mut condition = Condition::of(look);
    let find = condition.sql.clone();
    let (from, behind, way) = if query.descending { ("<", "<", "DESC") } else { (">=", ">", "ASC") };
    let after = query.after.map(|(key, id)| (behind, (key, bound(id.0))));
    if let Some((than, place)) = after.or(start.place.map(|place| (from, place))) {
        let side = condition.side(look, than, place);
        condition.sql = format!("{find} AND {side}");
    }
    let edge = start.edge.map(|edge| {
        let side = condition.side(look, if query.descending { ">=" } else { "<" }, edge);
        format!(" - (SELECT count(*) FROM @rows_{number} WHERE {find} AND {side})")
    });
    let rows = condition.value(limit(query.limit.rows.saturating_add(1)));
    let offset = format!("{}::bigint{}", condition.value(start.offset), edge.unwrap_or_default());
    let columns = look.index().order_columns();
    let by = columns.iter().map(|column| format!("{column} {way}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "{} WHERE id = ANY (ARRAY(SELECT id FROM @rows_{number} WHERE {} ORDER BY {by} LIMIT {rows} OFFSET greatest({offset}, 0)))
         ORDER BY {by}",
        look.stored.get, condition.sql
    );
    Statement::new(look.schema.sql(&sql), condition.values)
}

/// How many rows of the find lie before the first place and from the other one on. Without places: all of them.
pub(super) fn at_edges(look: &Look<'_>, edges: Option<(Place, Place)>) -> Statement<'static> {
    let mut condition = Condition::of(look);
    let count = |condition: &str| format!("(SELECT count(*) FROM @rows_{} WHERE {condition})", look.stored.number);
    let find = condition.sql.clone();
    let counts = match edges {
        None => count(&find),
        Some((first, last)) => [("<", first), (">=", last)]
            .map(|(than, place)| count(&format!("{find} AND {}", condition.side(look, than, place))))
            .join(" + "),
    };
    Statement::new(look.schema.sql(&format!("SELECT {counts}")), condition.values)
}
