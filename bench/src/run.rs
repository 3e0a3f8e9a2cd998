//! What one run of all measurements needs, and how each begins.
use crate::bearers::Bearers;
use crate::figures::{self, ProcessBefore};
use crate::load::{Load, LoadOutcome};
use crate::mix::{self, Mix};
use crate::options::BenchOptions;
use crate::process::BenchedProcess;
use crate::report::BenchReport;
use crate::{bare_commit, bare_server, load_run};
use std::io::{Error, Result};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

/// Readers of the page for each hundred users who send requests.
const READERS_PERCENT: usize = 10;

/// One run of all measurements.
pub struct Run<'a> {
    pub options: &'a BenchOptions,
    pub mixes: &'static [Mix],
    pub folder: &'a Path,
    /// Called with what is measured now.
    pub progress: &'a dyn Fn(&str),
    pub report: BenchReport,
    /// Who the users are, since a process was started.
    pub bearers: Arc<Bearers>,
    /// Requests in the store.
    pub stored: u64,
    /// Requests sent so far, so that no body comes twice.
    pub sent: u64,
}

impl Run<'_> {
    pub fn ceilings(&mut self) -> Result<(f64, f64)> {
        let BenchOptions { users, time, .. } = *self.options;
        (self.progress)("the bare server");
        let server = bare_server::measure(users, time)?;
        figures::requests(&mut self.report, "ceiling: the bare server, a constant answer", &server);
        (self.progress)("the bare group commit");
        let commits = bare_commit::measure(self.folder, users, time).map_err(Error::other)?;
        let under = "ceiling: the bare group commit, one row each";
        self.report.add(under, "commits", commits.rate(), "a second");
        figures::times(&mut self.report, under, "commit", &commits.times);
        Ok((server.rate(), commits.rate()))
    }

    /// The rate without readers.
    pub fn system(&mut self) -> Result<f64> {
        let process = self.start("an empty store")?;
        (self.progress)("warming up");
        self.load(process.address, |load| Load { time: self.options.warm_up, ..load })?;
        let rate = self.measure(&process, "from empty")?;
        process.stop();
        Ok(rate)
    }

    pub fn start(&mut self, with: &str) -> Result<BenchedProcess> {
        let BenchOptions { program, system, .. } = self.options;
        let systems = (system != mix::ALL).then_some(system);
        let data = self.folder.join("data");
        let process = BenchedProcess::start(program, systems, &self.options.process_settings(), &data)?;
        if let Some(sign) = self.options.signed_in {
            self.bearers = Arc::new(Bearers::sign(sign, &data, self.options.users)?);
        }
        self.report.add(&format!("start with {with}"), "ready", process.started.as_secs_f64() * 1000.0, "ms");
        self.report.add(&format!("start with {with}"), "memory", process.memory_mb("VmRSS"), "MB");
        Ok(process)
    }

    /// Users alone, then users and readers.
    pub fn measure(&mut self, process: &BenchedProcess, store: &str) -> Result<f64> {
        let users = self.options.users;
        let under = format!("{users} users, {store}");
        (self.progress)(&under);
        let before = ProcessBefore::sample(process);
        let outcome = self.load(process.address, |load| load)?;
        figures::requests(&mut self.report, &under, &outcome);
        figures::view(&mut self.report, &under, &outcome);
        figures::process(&mut self.report, &under, process, &before, &outcome);
        let under = format!("{users} users and newcomers, {store}");
        (self.progress)(&under);
        let met = self.load(process.address, |load| Load { newcomers: true, ..load })?;
        figures::newcomers(&mut self.report, &under, users, &met);
        let readers = (users * READERS_PERCENT / 100).max(1);
        let under = format!("{users} users and {readers} readers, {store}");
        (self.progress)(&under);
        let read = self.load(process.address, |load| Load { readers, ..load })?;
        figures::requests(&mut self.report, &under, &read);
        figures::reads(&mut self.report, &under, &read);
        Ok(outcome.rate())
    }

    pub fn load(&mut self, address: SocketAddr, change: impl FnOnce(Load) -> Load) -> Result<LoadOutcome> {
        let BenchOptions { users, time, count, .. } = *self.options;
        let count = count.unwrap_or(u64::MAX);
        let load = Load { users, time, count, sent_before: self.sent, ..Load::of(address, self.mixes) };
        let outcome = load_run::run(change(load), &self.bearers)?;
        self.sent += outcome.sent;
        self.stored += outcome.times.count();
        Ok(outcome)
    }
}
