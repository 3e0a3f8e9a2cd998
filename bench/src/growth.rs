//! The same figures with more and more in the store.
use crate::load::Load;
use crate::process::BenchedProcess;
use crate::run::Run;
use std::io::{Error, Result};
use std::time::Duration;

/// Users who fill the store: the real path, in larger groups.
const FILLERS: usize = 400;
/// A fill that takes longer is an error.
const FILL_MAX: Duration = Duration::from_secs(3600);

pub fn grow(run: &mut Run<'_>) -> Result<()> {
    for size in run.options.growth.clone() {
        (run.progress)(&format!("filling up to {size} requests"));
        let process = run.start(&format!("{} requests stored", run.stored))?;
        fill(run, &process, size)?;
        process.stop();
        let store = format!("{} requests stored", run.stored);
        let process = run.start(&store)?;
        run.measure(&process, &store)?;
        process.stop();
    }
    Ok(())
}

fn fill(run: &mut Run<'_>, process: &BenchedProcess, size: u64) -> Result<()> {
    let wanted = size.saturating_sub(run.stored);
    if wanted == 0 {
        return Ok(());
    }
    let stored = run.stored;
    run.load(process.address, |load| Load { users: FILLERS, time: FILL_MAX, count: wanted, ..load })?;
    if run.stored == stored {
        return Err(Error::other("not one request was taken"));
    }
    Ok(())
}
