//! A database as it was at one instant, in a file: taken while it is at work, and put back.
use crate::Database;
use crate::binaries;
use std::process::Command;

/// The whole of a database, or what was in one schema of it.
pub struct DumpFile(tempfile::NamedTempFile);

impl Database {
    /// As `pg_dump` takes it: one instant for all schemas, whoever writes meanwhile.
    pub fn dump(&self) -> DumpFile {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let path = file.path().to_string_lossy().into_owned();
        run("pg_dump", &["--format=custom", "--file", &path, &self.url]);
        DumpFile(file)
    }

    /// Everything is put back; what came later is gone.
    pub fn restore(&self, dump: &DumpFile) {
        let schemas =
            self.sql("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$|^public$'");
        schemas.concat().iter().for_each(|schema| drop(self.sql(&format!("DROP SCHEMA \"{schema}\" CASCADE"))));
        run("pg_restore", &["--exit-on-error", "--dbname", &self.url, &dump.path()]);
    }

    /// One schema is put back, and the others stay as they are.
    pub fn restore_schema(&self, dump: &DumpFile, schema: &str) {
        self.sql(&format!("DROP SCHEMA \"{schema}\" CASCADE; CREATE SCHEMA \"{schema}\""));
        run("pg_restore", &["--exit-on-error", "--schema", schema, "--dbname", &self.url, &dump.path()]);
    }
}

impl DumpFile {
    fn path(&self) -> String {
        self.0.path().to_string_lossy().into_owned()
    }
}

fn run(program: &str, arguments: &[&str]) {
    let bin = binaries::folder().expect("a Postgres server's programs");
    let output = Command::new(bin.join(program)).args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}
