//! What a command says on standard output. A reader that went away (`| head`) ends the command quietly.
use crate::command_error::{CommandError, CommandResult};
use std::io::{ErrorKind, Write};

/// Writes a text as it is.
pub fn print(text: &str) -> CommandResult {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => CommandError::silent(0),
        _ => CommandError::new(format!("can't write the answer: {error}")),
    })
}

/// One value as JSON, for programs.
pub fn json(value: &impl serde::Serialize) -> CommandResult {
    let text = serde_json::to_string_pretty(value).map_err(|e| CommandError::new(format!("can't write JSON: {e}")))?;
    print(&format!("{text}\n"))
}

/// Columns padded to their widest cell; the last one is left as it is.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string() + "\n"
    };
    rows.iter().map(line).collect()
}
