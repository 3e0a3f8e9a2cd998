//! All measurements: the ceilings, the system from empty, and again when it has grown; or the trials; or many processes.
use crate::growth::grow;
use crate::options::BenchOptions;
use crate::report::BenchReport;
use crate::run::Run;
use crate::trial;
use crate::{cluster, mix};
use std::io::{Error, Result};
use std::sync::Arc;

/// Measures everything the options want, and names what it measures in `progress`.
///
/// # Errors
/// The system is unknown, the program can't be started, or the machine gives no folder.
pub fn run(options: &BenchOptions, progress: &dyn Fn(&str)) -> Result<BenchReport> {
    let mixes = mix::mixes(&options.system);
    if mixes.is_empty() {
        return Err(Error::other(format!("there is no load for {}", options.system)));
    }
    let folder = tempfile::tempdir()?;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let report = BenchReport { command: options.command(), processors, figures: vec![] };
    let mut run =
        Run { options, mixes, folder: folder.path(), progress, report, bearers: Arc::default(), stored: 0, sent: 0 };
    if let Some(cluster) = &options.cluster {
        cluster::measure(&mut run, cluster)?;
        return Ok(run.report);
    }
    if !options.trials.is_empty() {
        for overload in &options.trials {
            trial::run(*overload, &mut run)?;
        }
        return Ok(run.report);
    }
    let (server, commits) = run.ceilings()?;
    let rate = run.system()?;
    run.report.add("beside the ceilings", "of what the bare server answers", 100.0 * rate / server, "%");
    run.report.add("beside the ceilings", "of what the bare group commit writes", 100.0 * rate / commits, "%");
    grow(&mut run)?;
    Ok(run.report)
}
