//! Many processes that run already: what a request costs through their gateway, and how long requests wait while an owner changes.
mod changes;
mod folder;

use crate::figures;
use crate::load::{Load, LoadOutcome};
use crate::options::ClusterOptions;
use crate::run::Run;
use folder::ClusterFolder;
use std::io::Result;

/// Of the load under which a row's way to the page is measured.
const STEADY_RATE: f64 = 500.0;
/// Users enough for that rate.
const STEADY_USERS: usize = 64;
/// Users who only look, where nobody writes but one.
const READERS: usize = 64;

pub fn measure(run: &mut Run<'_>, options: &ClusterOptions) -> Result<()> {
    let cluster = ClusterFolder::open(&options.folder, &run.options.program, &run.options.system)?;
    memory(run, &cluster, "at rest")?;
    (run.progress)("warming up");
    run.load(cluster.gateway, |load| Load { time: run.options.warm_up, ..load })?;
    full(run, &cluster)?;
    steady(run, &cluster)?;
    reads(run, &cluster)?;
    memory(run, &cluster, "after that")?;
    changes::measure(run, &cluster, options)
}

fn full(run: &mut Run<'_>, cluster: &ClusterFolder<'_>) -> Result<()> {
    let under = format!("{} users through the gateway", run.options.users);
    (run.progress)(&under);
    let before = cluster.processor()?;
    let outcome = run.load(cluster.gateway, |load| load)?;
    figures::requests(&mut run.report, &under, &outcome);
    figures::view(&mut run.report, &under, &outcome);
    let took = cluster.processor()?.saturating_sub(before);
    let requests = outcome.times.count().max(1) as f64;
    run.report.add(&under, "processor time of all processes, a request", took.as_secs_f64() * 1e6 / requests, "us");
    Ok(())
}

fn steady(run: &mut Run<'_>, cluster: &ClusterFolder<'_>) -> Result<()> {
    let under = format!("{STEADY_RATE} requests a second");
    (run.progress)(&under);
    let before = cluster.kafka_bytes();
    let outcome = run.load(cluster.gateway, |load| Load { users: STEADY_USERS, rate: Some(STEADY_RATE), ..load })?;
    figures::requests(&mut run.report, &under, &outcome);
    figures::view(&mut run.report, &under, &outcome);
    if let Some((before, after)) = before.zip(cluster.kafka_bytes()) {
        let bytes = after.saturating_sub(before) as f64 / outcome.times.count().max(1) as f64;
        run.report.add(&under, "written to Kafka, a request", bytes, "bytes");
    }
    Ok(())
}

fn reads(run: &mut Run<'_>, cluster: &ClusterFolder<'_>) -> Result<()> {
    let under = format!("{READERS} readers");
    (run.progress)(&under);
    let look = |load: Load| Load { users: 1, rate: Some(1.0), readers: READERS, watched: false, ..load };
    let outcome: LoadOutcome = run.load(cluster.gateway, look)?;
    figures::reads(&mut run.report, &under, &outcome);
    Ok(())
}

fn memory(run: &mut Run<'_>, cluster: &ClusterFolder<'_>, when: &str) -> Result<()> {
    let (under, mut all) = (format!("memory {when}"), 0.0);
    for name in cluster.names()? {
        let mb = cluster.memory_mb(&name, "VmRSS")?;
        all += mb;
        run.report.add(&under, &name, mb, "MB");
    }
    run.report.add(&under, "all processes, without Postgres and Kafka", all, "MB");
    Ok(())
}
