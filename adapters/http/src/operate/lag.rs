//! How many events each consumer of a system has still to consume.
use crate::server::hosted_system::HostedSystem;
use kernel::Name;
use runtime::port::work::Status;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(crate) struct Lag {
    #[serde(skip)]
    pub context: Name,
    pub consumer: String,
    pub source: String,
    pub events: u64,
}

pub(crate) fn statuses(hosted: &HostedSystem) -> BTreeMap<Name, Status> {
    let contexts = hosted.system().contexts.iter().map(|context| context.name);
    contexts.map(|context| (context, hosted.work.status(context))).collect()
}

pub(crate) fn of_all(statuses: &BTreeMap<Name, Status>) -> Vec<Lag> {
    let of = |(context, status): (&Name, &Status)| {
        let lags = status.head.positions.iter().map(|(link, consumed)| {
            let source = link.source.to_string();
            let newest = statuses.get(source.as_str()).map_or(0, |of| newest(of, source == *context));
            let events = newest.saturating_sub(*consumed);
            Lag { context, consumer: link.consumer.to_string(), source, events }
        });
        lags.collect::<Vec<_>>()
    };
    statuses.iter().flat_map(of).collect()
}

/// Of another context a consumer never reaches what is private behind the newest published event.
fn newest(status: &Status, is_own: bool) -> u64 {
    if is_own { status.head.position } else { status.head.published() }
}
