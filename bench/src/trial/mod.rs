//! Trials: clients who take up what they can, what memory that takes, and whether health is answered meanwhile.
mod clients;
mod health;
mod rows;

use crate::mix;
use crate::overload_trial::OverloadTrial;
use crate::process::BenchedProcess;
use crate::run::Run;
use std::io::Result;
use std::time::Duration;

/// How long the clients of a trial stay.
const STAY: Duration = Duration::from_secs(5);
/// Open files that a process has by default on most machines.
const FEW_FILES: u64 = 1024;

fn count(trial: OverloadTrial) -> usize {
    match trial {
        OverloadTrial::IdleReaders => 4096,
        OverloadTrial::SlowBodies => 1024,
        OverloadTrial::Streams => 1100,
    }
}

/// What each client sends.
fn request(trial: OverloadTrial, mix: &mix::Mix) -> String {
    let mix::Mix { system, view, request, .. } = mix;
    let host = "HTTP/1.1\r\nhost: localhost\r\n";
    match trial {
        OverloadTrial::IdleReaders => format!("GET /{system}/{view}?size=200 {host}\r\n"),
        OverloadTrial::SlowBodies => format!("POST /{system}{} {host}content-length: 1000\r\n\r\n{{", request.path),
        OverloadTrial::Streams => format!("GET /{system}/{view} {host}accept: text/event-stream\r\n\r\n"),
    }
}

pub fn run(trial: OverloadTrial, run: &mut Run<'_>) -> Result<()> {
    let (mix, under) = (&run.mixes[0], format!("{} {}", count(trial), trial.name()));
    (run.progress)(&under);
    let process = start(trial, run)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(rows::place(process.address, mix))?;
    let before = process.memory_mb("VmRSS");
    let seen = runtime.block_on(async {
        clients::raise_limit();
        let clients = clients::open(process.address, count(trial), &request(trial, mix)).await;
        let health = health::watch(process.address, STAY).await;
        drop(clients);
        health
    });
    let report = &mut run.report;
    report.add(&under, "memory before", before, "MB");
    report.add(&under, "memory at most", process.memory_mb("VmHWM"), "MB");
    report.add(&under, "health answered", seen.times.count() as f64, "times");
    report.add(&under, "health not answered", seen.unanswered as f64, "times");
    report.add(&under, "health p50", seen.times.ms(50.0), "ms");
    report.add(&under, "health at the latest", seen.times.longest_ms(), "ms");
    process.stop();
    Ok(())
}

fn start(trial: OverloadTrial, run: &Run<'_>) -> Result<BenchedProcess> {
    let options = run.options;
    let (system, folder) = (Some(&options.system), run.folder.join(trial.name()));
    let system = system.filter(|system| *system != mix::ALL);
    match trial {
        OverloadTrial::IdleReaders | OverloadTrial::SlowBodies => {
            BenchedProcess::start(&options.program, system, &options.settings, &folder)
        }
        OverloadTrial::Streams => {
            BenchedProcess::start_with_files(&options.program, system, &options.settings, &folder, FEW_FILES)
        }
    }
}
