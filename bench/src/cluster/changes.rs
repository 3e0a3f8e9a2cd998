//! How long requests wait while a context gets another owner: asked to give it away, and killed.
use crate::cluster::folder::ClusterFolder;
use crate::load::{Load, LoadOutcome};
use crate::load_run;
use crate::options::ClusterOptions;
use crate::run::Run;
use crate::times::Times;
use rustix::process::Signal;
use std::io::{Error, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Users who send requests meanwhile.
const USERS: usize = 8;
/// Load before and after each change, so that a wait is seen whole.
const AROUND: Duration = Duration::from_millis(500);

pub fn measure(run: &mut Run<'_>, cluster: &ClusterFolder<'_>, options: &ClusterOptions) -> Result<()> {
    let context = &options.context;
    let kinds = [("given away", Signal::TERM, options.hand_overs), ("owner killed", Signal::KILL, options.kills)];
    for (what, signal, rounds) in kinds.into_iter().filter(|(.., rounds)| *rounds > 0) {
        let under = format!("{context} {what}, {rounds} times, {USERS} users");
        (run.progress)(&under);
        let (outcome, waits) = while_changing(run, cluster, || one(cluster, context, signal), rounds)?;
        for (name, percent) in [("p50", 50.0), ("p99", 99.0)] {
            run.report.add(&under, &format!("nobody was answered for {name}"), waits.silence.ms(percent), "ms");
        }
        run.report.add(&under, "nobody was answered for at most", waits.silence.longest_ms(), "ms");
        run.report.add(&under, "the slowest answer of a change p50", waits.slowest.ms(50.0), "ms");
        run.report.add(&under, "the slowest answer of all", waits.slowest.longest_ms(), "ms");
        run.report.add(&under, "answers", outcome.times.count() as f64, "");
        for (status, count) in outcome.statuses.iter().filter(|(status, _)| **status >= 300) {
            run.report.add(&under, &format!("answers {status}"), *count as f64, "");
        }
        run.report.add(&under, "failed", outcome.failed() as f64, "");
    }
    Ok(())
}

/// The owner goes, another process owns the context, and the first one comes back.
fn one(cluster: &ClusterFolder<'_>, context: &str, signal: Signal) -> Result<(Instant, Instant)> {
    let owner = cluster.settled(context)?;
    std::thread::sleep(AROUND);
    let began = Instant::now();
    let ended = cluster.end(&owner, signal)?;
    cluster.another_owner(context, &owner)?;
    cluster.start(ended)?;
    cluster.settled(context)?;
    std::thread::sleep(AROUND);
    Ok((began, Instant::now()))
}

#[derive(Default)]
struct Waits {
    /// Of each change: the longest time in which no answer came.
    silence: Times,
    /// Of each change: the slowest answer.
    slowest: Times,
}

/// Changes owners while users send requests, and finds each change in what they were answered.
fn while_changing(
    run: &mut Run<'_>,
    cluster: &ClusterFolder<'_>,
    change: impl Fn() -> Result<(Instant, Instant)>,
    rounds: u64,
) -> Result<(LoadOutcome, Waits)> {
    let over = Arc::new(AtomicBool::new(false));
    let load = Load {
        users: USERS,
        watched: false,
        recorded: true,
        sent_before: run.sent,
        ..Load::of(cluster.gateway, run.mixes)
    };
    let (outcome, changes) = std::thread::scope(|threads| {
        let until = over.clone();
        let users = threads.spawn(move || load_run::run_until((load, &Arc::default()), until));
        let changes: Result<Vec<_>> = (0..rounds).map(|_| change()).collect();
        over.store(true, Ordering::Relaxed);
        (users.join(), changes)
    });
    let outcome = outcome.map_err(|_| Error::other("the users broke"))??;
    run.sent += outcome.sent;
    let mut waits = Waits::default();
    for (began, ended) in changes? {
        let during = |(at, _): &&(Instant, Duration)| (began..=ended).contains(at);
        let answers: Vec<_> = outcome.answers.iter().filter(during).collect();
        // from the change to its first answer, between two answers, and from the last one to the end
        let instants = answers.iter().map(|(at, _)| *at);
        let instants: Vec<Instant> = std::iter::once(began).chain(instants).chain(std::iter::once(ended)).collect();
        waits.silence.add(instants.windows(2).map(|two| two[1] - two[0]).max().unwrap_or_default());
        waits.slowest.add(answers.iter().map(|(_, took)| *took).max().unwrap_or(ended - began));
    }
    Ok((outcome, waits))
}
