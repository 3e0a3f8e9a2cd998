//! What `./cluster up` has started: its processes by name, found by the files of its folder.
use crate::process;
use rustix::process::{Pid, Signal, kill_process};
use serde::Deserialize;
use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A process that has not done after this time what it should is an error.
const WAIT_MAX: Duration = Duration::from_secs(60);
/// Each look is a program that asks all processes.
const LOOK_PAUSE: Duration = Duration::from_millis(100);
const END_PAUSE: Duration = Duration::from_millis(1);

pub struct ClusterFolder<'a> {
    folder: &'a Path,
    program: &'a Path,
    system: &'a str,
    pub gateway: SocketAddr,
}

/// A context as `nadul status` tells it.
#[derive(Deserialize)]
struct ContextStatus {
    context: String,
    owner: Option<Owner>,
    replicas: Vec<KnownReplica>,
}

#[derive(Deserialize)]
struct Owner {
    url: String,
}

#[derive(Deserialize)]
struct KnownReplica {
    state: String,
}

/// A process that was ended: what it needs to be started again.
pub struct Ended {
    name: String,
    command: Vec<String>,
}

impl<'a> ClusterFolder<'a> {
    /// # Errors
    /// Nothing was started in this folder, or another system.
    pub fn open(folder: &'a Path, program: &'a Path, system: &'a str) -> Result<ClusterFolder<'a>> {
        let found = read(&folder.join("system"))?;
        if found != system {
            return Err(Error::other(format!("{} has {found}, not {system}", folder.display())));
        }
        let port = read(&folder.join("gateway.port"))?;
        let port = port.parse().map_err(|_| Error::other(format!("gateway.port has no port: {port}")))?;
        Ok(ClusterFolder { folder, program, system, gateway: SocketAddr::from(([127, 0, 0, 1], port)) })
    }

    /// Of all processes, in order.
    pub fn names(&self) -> Result<Vec<String>> {
        let entries = std::fs::read_dir(self.folder.join("pid"))?.collect::<Result<Vec<_>>>()?;
        let mut names: Vec<_> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        Ok(names)
    }

    fn pid_file(&self, name: &str) -> PathBuf {
        self.folder.join("pid").join(name)
    }

    pub fn pid(&self, name: &str) -> Result<u32> {
        let text = read(&self.pid_file(name))?;
        text.parse().map_err(|_| Error::other(format!("pid/{name} has no number: {text}")))
    }

    fn status(&self) -> Result<Vec<ContextStatus>> {
        let mut command = Command::new(self.program);
        command.args(["status", self.system, "--json", "--config"]).arg(self.folder.join("nadul.toml"));
        let said = command.stderr(Stdio::null()).output()?;
        serde_json::from_slice(&said.stdout).map_err(|_| Error::other("nadul status does not tell who owns what"))
    }

    /// The process that owns a context.
    fn process(&self, status: &ContextStatus) -> Option<String> {
        let (_, port) = status.owner.as_ref()?.url.rsplit_once(':')?;
        let is_its = |name: &String| read(&self.folder.join(format!("{name}.port"))).is_ok_and(|its| its == port);
        self.names().ok()?.into_iter().find(is_its)
    }

    /// The owner, once every process of the context is ready.
    pub fn settled(&self, context: &str) -> Result<String> {
        let processes = self.names()?.iter().filter(|name| is_of(name, context)).count();
        let is_ready = |replica: &&KnownReplica| replica.state == "ready";
        self.wait(context, |of| of.replicas.iter().filter(is_ready).count() == processes)
    }

    /// The owner, once it is another process.
    pub fn another_owner(&self, context: &str, before: &str) -> Result<String> {
        self.wait(context, |of| self.process(of).is_some_and(|owner| owner != before))
    }

    /// The owner, once the status of its context is so.
    fn wait(&self, context: &str, is_so: impl Fn(&ContextStatus) -> bool) -> Result<String> {
        let began = Instant::now();
        while began.elapsed() < WAIT_MAX {
            let status = self.status().unwrap_or_default();
            let of = status.iter().find(|one| one.context == context).filter(|of| is_so(of));
            if let Some(owner) = of.and_then(|of| self.process(of)) {
                return Ok(owner);
            }
            std::thread::sleep(LOOK_PAUSE);
        }
        Err(Error::other(format!("{context} has not come to rest after {} s", WAIT_MAX.as_secs())))
    }

    /// Ends a process, and waits until it is gone.
    pub fn end(&self, name: &str, signal: Signal) -> Result<Ended> {
        let pid = self.pid(name)?;
        let line = std::fs::read(format!("/proc/{pid}/cmdline"))?;
        let words = line.split(|byte| *byte == 0).filter(|word| !word.is_empty());
        let command: Vec<_> = words.map(|word| String::from_utf8_lossy(word).into_owned()).collect();
        if !command.iter().any(|word| word == &self.folder.join("nadul.toml").display().to_string()) {
            return Err(Error::other(format!("{name} (process {pid}) does not run for {}", self.folder.display())));
        }
        let known = i32::try_from(pid).ok().and_then(Pid::from_raw).ok_or(ErrorKind::NotFound)?;
        kill_process(known, signal)?;
        let began = Instant::now();
        while runs(pid) {
            if began.elapsed() > WAIT_MAX {
                return Err(Error::other(format!("{name} (process {pid}) does not end")));
            }
            std::thread::sleep(END_PAUSE);
        }
        Ok(Ended { name: name.to_string(), command })
    }

    /// Starts it as it was, in a process group of its own, so that it stays when the measuring ends.
    pub fn start(&self, Ended { name, command }: Ended) -> Result<()> {
        let (program, arguments) = command.split_first().ok_or(ErrorKind::NotFound)?;
        let log = |file: String| File::create(self.folder.join("log").join(file));
        let mut process = Command::new(program);
        process.args(arguments).process_group(0).stdin(Stdio::null());
        let process = process.stdout(log(name.clone())?).stderr(log(format!("{name}.err"))?).spawn()?;
        std::fs::write(self.pid_file(&name), format!("{}\n", process.id()))
    }

    pub fn memory_mb(&self, name: &str, line: &str) -> Result<f64> {
        Ok(process::memory_mb(self.pid(name)?, line))
    }

    /// Bytes in the logs of the topics of this folder's Kafka; `None`: it has no Kafka of its own.
    pub fn kafka_bytes(&self) -> Option<u64> {
        let entries = |folder: &Path| Some(std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()));
        // Kafka's own topics begin with two underscores
        let is_topic = |path: &PathBuf| {
            path.is_dir() && !path.file_name().unwrap_or_default().as_encoded_bytes().starts_with(b"__")
        };
        let files = entries(&self.folder.join("kafka"))?
            .filter(is_topic)
            .flat_map(|topic| entries(&topic).into_iter().flatten());
        let logs = files.filter(|file| file.extension().is_some_and(|extension| extension == "log"));
        Some(logs.filter_map(|log| log.metadata().ok()).map(|log| log.len()).sum())
    }

    pub fn processor(&self) -> Result<Duration> {
        self.names()?.iter().map(|name| Ok(process::processor(self.pid(name)?))).sum()
    }
}

/// A process is named after its context: `catch-1`.
pub fn is_of(name: &str, context: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(of, _)| of == context)
}

fn runs(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn read(file: &Path) -> Result<String> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| Error::other(format!("{}: {error}; was ./cluster up run?", file.display())))?;
    Ok(text.trim().to_string())
}
