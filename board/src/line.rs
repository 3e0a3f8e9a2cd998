//! The two kinds of lines on a board, as every event-storming board draws them.
use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// Asked and answered: a saga waits for the other context.
    Solid,
    /// Published and heard: a policy follows an event, nobody waits.
    Dotted,
}

impl Line {
    pub const ALL: [Line; 2] = [Line::Solid, Line::Dotted];

    /// What the line means, for a legend.
    pub fn meaning(self) -> &'static str {
        match self {
            Line::Solid => "solid: asked and answered (saga)",
            Line::Dotted => "dotted: published and heard (whenever)",
        }
    }

    /// In mermaid's words, with a label.
    pub(crate) fn mermaid(self, label: &str) -> String {
        match self {
            Line::Solid => format!("-- {label} -->"),
            Line::Dotted => format!("-. {label} .->"),
        }
    }
}
