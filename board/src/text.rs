//! A board as lines of text.
use crate::{Board, LineStyle};
use kernel::Name;

impl Board {
    pub fn text(&self) -> String {
        let mut out = format!("{} (topic {})\n", self.system, self.topic);
        for column in &self.columns {
            out += &format!("\n{}\n", column.context);
            let mut line = |label: &str, items: &[String]| {
                if !items.is_empty() {
                    out += &format!("  {label:<10} {}\n", items.join(" · "));
                }
            };
            let owned = |names: &[Name]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
            line("commands", &column.commands);
            let people = column.people.iter().map(|standing| {
                let own = if standing.own { ", own" } else { "" };
                format!("{}: {}{own}", standing.role, standing.command)
            });
            line("people", &people.collect::<Vec<_>>());
            line("answers", &owned(&column.answers));
            line("publishes", &owned(&column.published));
            line("private", &owned(&column.private));
            line("shows", &owned(&column.collections));
            for saga in &column.sagas {
                let asks: Vec<String> = saga.asks.iter().map(|(name, to, _)| format!("{name} ({to})")).collect();
                out += &format!("  saga       {}: {}\n", saga.name, asks.join(" → "));
            }
            for arrow in self.arrows.iter().filter(|a| a.context == column.context && !a.commands.is_empty()) {
                out += &format!("  whenever   {}.{} then {}\n", arrow.source, arrow.event, arrow.commands.join(" or "));
            }
        }
        out += "\nlines\n";
        LineStyle::ALL.iter().for_each(|line| out += &format!("  {}\n", line.meaning()));
        out += "\nconserved at rest\n";
        self.conserved.iter().for_each(|(rule, sentence)| out += &format!("  {rule}: {sentence}\n"));
        out
    }
}
