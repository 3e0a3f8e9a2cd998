//! The schema of a context: its name, and statements on its tables.
use crate::fault::{Done, failed};

/// Postgres cuts a longer name.
const BYTES_MAX: usize = 63;

/// `taxi_catch`: a context's schema, the only one that its store touches.
#[derive(Clone, Debug)]
pub(crate) struct SchemaName(String);

impl SchemaName {
    pub fn of(system: &str, context: &str) -> Done<SchemaName> {
        let name = format!("{system}_{context}").replace('-', "_");
        let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_plain || name.len() > BYTES_MAX {
            return failed(format!("{name} can't be the name of a schema: letters, digits and at most {BYTES_MAX}."));
        }
        Ok(SchemaName(name))
    }

    pub fn name(&self) -> &str {
        &self.0
    }

    /// A statement whose tables and functions are written with an `@` before them. No setting of a session says where they are.
    pub fn sql(&self, text: &str) -> String {
        text.replace('@', &format!("\"{}\".", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_the_schema_of_each_table() {
        let schema = SchemaName::of("call-taxi", "call").expect("a name");
        assert_eq!(schema.sql("SELECT 1 FROM @log"), "SELECT 1 FROM \"call_taxi_call\".log");
    }

    #[test]
    fn a_name_that_would_be_cut_or_quoted_is_refused() {
        assert!(SchemaName::of("taxi", "a\"b").is_err());
        assert!(SchemaName::of("taxi", &"long".repeat(20)).is_err());
    }
}
