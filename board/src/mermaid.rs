//! A board as a mermaid flowchart.
use crate::{Board, LineStyle};

impl Board {
    pub fn mermaid(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        LineStyle::ALL.iter().for_each(|line| out += &format!("  %% {}\n", line.meaning()));
        for column in &self.columns {
            // not the bare name: `call` and `end` are words of mermaid's own
            out += &format!("  subgraph in_{0}[\"{0}\"]\n", column.context);
            for event in &column.published {
                out += &format!("    {event}[\"{event}\"]:::event\n");
            }
            for saga in &column.sagas {
                out += &format!("    {0}_{1}([\"{2}\"]):::command\n", column.context, slug(saga.name), saga.name);
            }
            for view in &column.views {
                out += &format!("    {0}_{1}[/\"{2}\"/]:::view\n", column.context, slug(view), view);
            }
            out += "  end\n";
        }
        let mut roles: Vec<_> = self.columns.iter().flat_map(|column| &column.people).map(|at| at.role).collect();
        roles.sort_unstable();
        roles.dedup();
        roles.iter().for_each(|role| out += &format!("  role_{0}(({0})):::person\n", role));
        for column in &self.columns {
            for standing in &column.people {
                let (role, command) = (standing.role, &standing.command);
                out += &format!("  role_{role} -->|\"{command}\"| in_{}\n", column.context);
            }
        }
        for column in &self.columns {
            for saga in &column.sagas {
                for (name, to, _) in &saga.asks {
                    let (saga_name, line) = (slug(saga.name), saga.line.mermaid(name));
                    out += &format!("  {}_{saga_name} {line} in_{to}\n", column.context);
                }
            }
        }
        for arrow in &self.arrows {
            for command in &arrow.commands {
                out += &format!("  {} {} in_{}\n", arrow.event, arrow.line.mermaid(command), arrow.context);
            }
        }
        out += "  classDef event fill:#ffb86b,stroke:#b35c00\n  classDef command fill:#8ec5ff,stroke:#1d5fa7\n  classDef view fill:#b7e4b0,stroke:#3a7d32\n";
        if !roles.is_empty() {
            out += "  classDef person fill:#fff2a8,stroke:#8a7400\n";
        }
        out
    }
}

fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}
