//! Figures of one load, and of the process under it.
use crate::load::LoadOutcome;
use crate::process::BenchedProcess;
use crate::report::BenchReport;
use crate::times::Times;
use std::time::Duration;

/// The process before a load, to be compared with after it.
pub struct ProcessBefore {
    processor: Duration,
    bytes: u64,
}

impl ProcessBefore {
    pub fn sample(process: &BenchedProcess) -> ProcessBefore {
        ProcessBefore { processor: process.processor(), bytes: process.disk_bytes() }
    }
}

pub fn requests(report: &mut BenchReport, under: &str, outcome: &LoadOutcome) {
    report.add(under, "requests", outcome.rate(), "a second");
    times(report, under, "answer", &outcome.times);
    for (status, count) in outcome.statuses.iter().filter(|(status, _)| **status >= 300) {
        report.add(under, &format!("answers {status}"), *count as f64, "");
    }
    report.add(under, "failed", outcome.failed() as f64, "");
}

/// What a client waits that connects anew, beside what those wait who are connected.
pub fn newcomers(report: &mut BenchReport, under: &str, users: usize, outcome: &LoadOutcome) {
    times(report, under, &format!("a newly connected client waits beside {users} busy ones"), &outcome.newcomers);
    times(report, under, "and they wait meanwhile", &outcome.times);
    report.add(under, "new connections without an answer", outcome.newcomers_lost as f64, "");
}

pub fn view(report: &mut BenchReport, under: &str, outcome: &LoadOutcome) {
    times(report, under, "page behind its answer", &outcome.lag);
    let drained = outcome.drained.map_or(f64::NAN, |drained| drained.as_secs_f64() * 1000.0);
    report.add(under, "last row on the page after the last answer", drained, "ms");
}

pub fn reads(report: &mut BenchReport, under: &str, outcome: &LoadOutcome) {
    let looks = outcome.rows.count() + outcome.pages.count();
    report.add(under, "looks beside them", looks as f64 / outcome.took.as_secs_f64().max(f64::EPSILON), "a second");
    times(report, under, "one row", &outcome.rows);
    times(report, under, "a page of 20, any of them", &outcome.pages);
    report.add(under, "rows not there yet, or never", outcome.not_there as f64, "");
    report.add(under, "looks without an answer", outcome.unread as f64, "");
}

pub fn process(
    report: &mut BenchReport,
    under: &str,
    process: &BenchedProcess,
    before: &ProcessBefore,
    outcome: &LoadOutcome,
) {
    let requests = outcome.times.count().max(1) as f64;
    let processor = process.processor().saturating_sub(before.processor);
    report.add(under, "processor time of the server, a request", processor.as_secs_f64() * 1e6 / requests, "us");
    report.add(under, "memory", process.memory_mb("VmRSS"), "MB");
    report.add(under, "memory at most", process.memory_mb("VmHWM"), "MB");
    let grown = process.disk_bytes().saturating_sub(before.bytes);
    report.add(under, "disk, a request", grown as f64 / requests, "bytes");
}

pub fn times(report: &mut BenchReport, under: &str, what: &str, times: &Times) {
    for (name, percent) in [("p50", 50.0), ("p99", 99.0), ("p99.9", 99.9)] {
        report.add(under, &format!("{what} {name}"), times.ms(percent), "ms");
    }
}
