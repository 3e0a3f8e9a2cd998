//! What is measured, and how long.
use crate::bearers::{SETTINGS, Sign};
use crate::overload_trial::OverloadTrial;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct BenchOptions {
    /// The binary that is started and measured.
    pub program: PathBuf,
    /// Or [`crate::mix::ALL`].
    pub system: String,
    /// Each sends its next request when it has its answer.
    pub users: usize,
    pub time: Duration,
    pub warm_up: Duration,
    /// Ends sooner than by time when so many were answered.
    pub count: Option<u64>,
    /// What the process is started with beside its system: settings as on a command line.
    pub settings: Vec<String>,
    /// Every user signs in, and has a token of their own; `None`: nobody does.
    pub signed_in: Option<Sign>,
    /// How many requests are in the store when everything is measured again.
    pub growth: Vec<u64>,
    /// Instead of all that: what some clients do to the process.
    pub trials: Vec<OverloadTrial>,
    /// Instead of starting a process: what `./cluster up` runs in this folder.
    pub cluster: Option<ClusterOptions>,
}

/// Many processes that run already.
#[derive(Clone, Debug)]
pub struct ClusterOptions {
    pub folder: PathBuf,
    /// Which context gets another owner.
    pub context: String,
    /// How often a context is given to another process.
    pub hand_overs: u64,
    /// How often the process that owns a context is killed.
    pub kills: u64,
}

impl BenchOptions {
    pub fn new(program: PathBuf, system: &str) -> BenchOptions {
        BenchOptions {
            program,
            system: system.to_string(),
            users: 100,
            time: Duration::from_secs(10),
            warm_up: Duration::from_secs(3),
            count: None,
            settings: vec![],
            signed_in: None,
            growth: vec![],
            trials: vec![],
            cluster: None,
        }
    }

    /// Those that the process is started with.
    pub fn process_settings(&self) -> Vec<String> {
        let people = SETTINGS.iter().filter(|_| self.signed_in.is_some()).map(|word| word.to_string());
        self.settings.iter().cloned().chain(people).collect()
    }

    /// The command line that repeats the run.
    pub fn command(&self) -> String {
        let BenchOptions { system, users, time, warm_up, count, growth, trials, cluster, .. } = self;
        let (time, warm_up) = (time.as_secs(), warm_up.as_secs());
        let mut command = format!("nadul bench {system} --users {users} --seconds {time} --warm-up {warm_up}");
        command += &count.map_or(String::new(), |count| format!(" --count {count}"));
        command += if self.signed_in.is_some() { " --signed-in" } else { "" };
        self.settings.iter().for_each(|word| command += &format!(" {word}"));
        growth.iter().for_each(|size| command += &format!(" --growth {size}"));
        trials.iter().for_each(|trial| command += &format!(" --trial {}", trial.name()));
        if let Some(ClusterOptions { folder, context, hand_overs, kills }) = cluster {
            let folder = folder.display();
            command += &format!(" --cluster {folder} --context {context} --hand-overs {hand_overs} --kills {kills}");
        }
        command
    }
}
