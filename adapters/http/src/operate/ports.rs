//! The ports of a context, and what is plugged into each of them now.
use crate::server::hosted_system::HostedSystem;
use kernel::Name;
use runtime::port::work::Links;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Port {
    side: Side,
    port: Name,
    adapter: Name,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Side {
    In,
    Out,
}

pub(super) fn of(hosted: &HostedSystem, context: Name) -> Vec<Port> {
    let Some(declared) = hosted.context(context) else { return vec![] };
    let Links { feed, peers, published } = hosted.work.links();
    let calls = declared.plans().any(|plan| !plan.steps().is_empty());
    let all = [
        Some((Side::In, "commands, reads and live streams", "HTTP")),
        (!declared.subscriptions().is_empty()).then_some((Side::In, "events of other contexts", feed)),
        (!declared.callees.is_empty()).then_some((Side::In, "calls of other contexts", peers)),
        Some((Side::Out, "store", store(hosted, context))),
        declared.events().any(|event| event.published).then_some((Side::Out, "published events", published)),
        calls.then_some((Side::Out, "calls to other contexts", peers)),
        declared.provider.map(|provider| (Side::Out, provider.name, "sandbox")),
    ];
    all.into_iter().flatten().map(|(side, port, adapter)| Port { side, port, adapter }).collect()
}

fn store(hosted: &HostedSystem, context: Name) -> Name {
    match hosted.work.reader(context) {
        Some(reader) => reader.adapter(),
        None if hosted.work.is_running(context) => "in another process",
        None => "none: it is stopped",
    }
}
