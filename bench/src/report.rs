//! What was measured, as a table and as JSON.
use serde::Serialize;
use std::fmt;

#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What was done when it was measured.
    pub under: String,
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct BenchReport {
    /// Repeats everything.
    pub command: String,
    /// Processors of the machine; client and server share them.
    pub processors: usize,
    pub figures: Vec<Figure>,
}

impl BenchReport {
    pub fn add(&mut self, under: &str, name: &str, value: f64, unit: &'static str) {
        self.figures.push(Figure { under: under.to_string(), name: name.to_string(), value, unit });
    }

    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a report is plain data")
    }
}

impl fmt::Display for BenchReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\non {} processors, shared by the server and its load", self.command, self.processors)?;
        let width = self.figures.iter().map(|figure| figure.name.chars().count()).max().unwrap_or(0);
        let mut under = "";
        for figure in &self.figures {
            if figure.under != under {
                under = &figure.under;
                writeln!(f, "\n{under}")?;
            }
            writeln!(f, "  {:<width$}  {:>12} {}", figure.name, number(figure.value), figure.unit)?;
        }
        Ok(())
    }
}

/// Three digits that count.
fn number(value: f64) -> String {
    match value.abs() {
        big if big >= 100.0 => format!("{value:.0}"),
        some if some >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
