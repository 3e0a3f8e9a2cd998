//! A run of the binary in a folder of its own, without settings from the environment of whoever tests.
use postgres_server::{Database, PostgresServer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};

pub struct Nadul {
    pub home: tempfile::TempDir,
    databases: Mutex<BTreeMap<String, Database>>,
    /// Settings of what was started as many processes, by the folder that `--data` names where it is one process.
    known: Mutex<BTreeMap<String, Vec<(&'static str, String)>>>,
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub struct CommandOutput {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

/// Cargo puts a package's binary one folder above its tests.
fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let folder = test.ancestors().find(|folder| folder.join("nadul").is_file());
    folder.expect("tests of the binary's own package are built with it").join("nadul")
}

impl Default for Nadul {
    fn default() -> Nadul {
        Nadul::new()
    }
}

impl Nadul {
    pub fn new() -> Nadul {
        Nadul {
            home: tempfile::tempdir().expect("a temporary folder"),
            databases: Mutex::default(),
            known: Mutex::default(),
        }
    }

    pub fn file(&self, name: &str, text: &str) -> &Nadul {
        std::fs::write(self.home.path().join(name), text).expect("a file in a temporary folder");
        self
    }

    pub fn path(&self) -> &Path {
        self.home.path()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        match arguments.iter().skip_while(|word| **word != "--data").nth(1) {
            Some(data) => self.command_on(data, arguments),
            None => self.command_on(&self.only_known().unwrap_or_default(), arguments),
        }
    }

    /// The folder of what was started as many processes, where it is one.
    fn only_known(&self) -> Option<String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.keys().next().filter(|_| known.len() == 1).cloned()
    }

    /// The same where `--data` would name another folder.
    pub(crate) fn command_on(&self, data: &str, arguments: &[&str]) -> Command {
        let mut command = self.bare(binary());
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        command.args(arguments).envs(known.get(data).cloned().unwrap_or_default());
        command
    }

    /// From now on, what is run on this folder has these settings in its environment.
    pub(crate) fn know(&self, data: &str, settings: Vec<(&'static str, String)>) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(data.to_string(), settings);
    }

    /// The address of a database in the place of this folder, for as long as this is.
    pub(crate) fn database_of(&self, data: &str) -> String {
        let mut databases = self.databases.lock().unwrap_or_else(PoisonError::into_inner);
        let database = databases.entry(data.to_string()).or_insert_with(|| PostgresServer::shared().database());
        database.url.clone()
    }

    /// The same, after words of a shell whose place the process then takes.
    pub fn command_through_shell(&self, words: &str, arguments: &[&str]) -> Command {
        let plain = self.command(arguments);
        let mut shell = self.bare("sh");
        shell.args(["-c", &format!("{words}; exec \"$0\" \"$@\"")]).arg(plain.get_program()).args(plain.get_args());
        shell
    }

    /// A program at home here, without the settings of whoever tests.
    pub fn bare(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NADUL_")).for_each(|(name, _)| {
            command.env_remove(name);
        });
        command.env_remove("CITYNAME").current_dir(self.home.path()).env("XDG_DATA_HOME", self.home.path());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> CommandOutput {
        output(&mut self.command(arguments))
    }

    pub fn run_with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> CommandOutput {
        output(self.command(arguments).envs(environment.iter().copied()))
    }

    /// What happened in a system or in one of its contexts, each event as the frame it has on a broker.
    pub fn log(&self, place: &str) -> Vec<Value> {
        let output = self.run(&["log", place, "--json", "--data", "data"]);
        assert_eq!(output.code, Some(0), "{output:?}");
        output.out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// The data at rest is proved, and there is no note about it.
    pub fn check_data(&self) {
        let output = self.run(&["check", "--data", "data"]);
        assert!(output.code == Some(0) && !output.out.contains("note"), "{output:?}");
    }
}

fn output(command: &mut Command) -> CommandOutput {
    let Output { status, stdout, stderr } = command.output().expect("the binary starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    CommandOutput { out: text(stdout), err: text(stderr), code: status.code() }
}
