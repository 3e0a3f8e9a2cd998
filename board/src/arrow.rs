//! What follows from each event, found by running each policy on example events.
use crate::line_style::LineStyle;
use kernel::{Context, EmptyReader, EventContext, Id, Name, Policy, Timestamp};
use serde::Serialize;

/// One policy arrow: whenever `event` of `source`, `context` does `command` to one of its `kind`; an empty command: it lets it pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Arrow {
    pub source: Name,
    pub event: Name,
    pub context: Name,
    pub kind: Name,
    pub commands: Vec<String>,
    pub line: LineStyle,
}

/// Every arrow of a context's policies.
pub(crate) fn arrows(context: &Context) -> impl Iterator<Item = Arrow> {
    context.policies.iter().flat_map(|policy| {
        commands(policy).into_iter().map(|(event, commands)| Arrow {
            source: policy.source,
            event,
            context: context.name,
            kind: policy.commands,
            commands,
            line: LineStyle::Dotted,
        })
    })
}

/// Each kind of event of the policy's source, with the commands that may follow it.
fn commands(policy: &Policy) -> Vec<(Name, Vec<String>)> {
    let mut found: Vec<(Name, Vec<String>)> = policy.kinds.iter().map(|kind| (kind.name, vec![])).collect();
    for (event_type, event) in (policy.examples)() {
        let (source, at) = (policy.source, Timestamp(0));
        let context = EventContext { event_type, source, position: 1, key: Id(1), at, local: &EmptyReader };
        let Some(addressed) = (policy.run)(&event, &context) else { continue };
        let Some((_, commands)) = found.iter_mut().find(|(kind, _)| *kind == event_type) else { continue };
        if !commands.contains(&addressed.name()) {
            commands.push(addressed.name());
        }
    }
    found
}
