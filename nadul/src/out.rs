//! What a command says on standard output. A reader that went away (`| head`) ends the command quietly.
use crate::command_error::{CommandError, CommandResult};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::borrow::Cow;
use std::io::{ErrorKind, Write};
use std::time::Duration;
use telemetry::printable;

/// Writes lines for people. Whatever values they hold, none controls the terminal.
pub fn print(text: &str) -> CommandResult {
    print_as_it_is(&printable::escape_lines(text))
}

/// Writes a text that a program reads.
pub fn print_as_it_is(text: &str) -> CommandResult {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => CommandError::silent(0),
        _ => CommandError::new(format!("can't write the answer: {error}")),
    })
}

/// A line on standard error, beside the answer, for whoever reads it.
pub fn note(text: &str) {
    let _nobody_reads = writeln!(std::io::stderr(), "{}", printable::escape_lines(text));
}

/// Waits, but not longer than there is a reader of standard output; false once the reader went away.
pub fn pause(time: Duration) -> bool {
    let time = Timespec { tv_sec: time.as_secs() as i64, tv_nsec: i64::from(time.subsec_nanos()) };
    let out = std::io::stdout();
    let mut reader = [PollFd::new(&out, PollFlags::empty())];
    poll(&mut reader, Some(&time)).is_err() || reader[0].revents().is_empty()
}

/// One value as JSON, for programs.
pub fn json(value: &impl serde::Serialize) -> CommandResult {
    let text = serde_json::to_string_pretty(value).map_err(|e| CommandError::new(format!("can't write JSON: {e}")))?;
    print_as_it_is(&format!("{text}\n"))
}

/// Columns padded to their widest cell; the last one is left as it is. A cell is in one line, whatever it holds.
pub fn table(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(|cell| printable::escape(cell)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<Cow<'_, str>>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string() + "\n"
    };
    rows.iter().map(line).collect()
}
