//! A statement and its values.
use tokio_postgres::types::ToSql;

pub(crate) type Value<'a> = Box<dyn ToSql + Sync + 'a>;

pub(crate) struct Statement<'a> {
    pub sql: String,
    pub values: Vec<Value<'a>>,
}

impl<'a> Statement<'a> {
    pub fn new(sql: impl Into<String>, values: Vec<Value<'a>>) -> Statement<'a> {
        Statement { sql: sql.into(), values }
    }

    pub fn values(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.values.iter().map(|value| &**value as &(dyn ToSql + Sync)).collect()
    }
}

/// The values of a statement, each of its own type.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$(Box::new($value) as $crate::statement::Value<'_>),*] };
}
pub(crate) use values;
