//! The two kinds of lines on a board, as every event-storming board draws them.
use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineStyle {
    /// Asked and answered: a saga waits for the other context.
    Solid,
    /// Published and heard: a policy follows an event, nobody waits.
    Dotted,
}

impl LineStyle {
    pub const ALL: [LineStyle; 2] = [LineStyle::Solid, LineStyle::Dotted];

    /// What the line means, for a legend.
    pub fn meaning(self) -> &'static str {
        match self {
            LineStyle::Solid => "solid: asked and answered (saga)",
            LineStyle::Dotted => "dotted: published and heard (whenever)",
        }
    }

    /// In mermaid's words, with a label.
    pub(crate) fn mermaid(self, label: &str) -> String {
        match self {
            LineStyle::Solid => format!("-- {label} -->"),
            LineStyle::Dotted => format!("-. {label} .->"),
        }
    }
}
