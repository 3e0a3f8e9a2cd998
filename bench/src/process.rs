//! The process that is measured: started on a folder of its own, seen from outside, ended by its number.
use rustix::process::{Pid, Signal, kill_process};
use serde::Deserialize;
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A process that is not ready after this time counts as failed.
const START_MAX: Duration = Duration::from_secs(120);
const LOOK_PAUSE: Duration = Duration::from_millis(1);

pub struct BenchedProcess {
    child: Child,
    pub address: SocketAddr,
    /// From its start until it took requests.
    pub started: Duration,
    folder: PathBuf,
}

/// The file in which the process says where it is.
#[derive(Deserialize)]
struct Running {
    pid: u32,
    url: String,
}

impl BenchedProcess {
    /// Runs a system, or all there are, with its data in `folder`, on a free port of this machine alone.
    pub fn start(
        program: &Path,
        system: Option<&String>,
        settings: &[String],
        folder: &Path,
    ) -> Result<BenchedProcess> {
        BenchedProcess::start_by(Command::new(program), system, settings, folder)
    }

    /// The same, with so many open files at most.
    pub fn start_with_files(
        program: &Path,
        system: Option<&String>,
        settings: &[String],
        folder: &Path,
        files: u64,
    ) -> Result<BenchedProcess> {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\"")]).arg(program);
        BenchedProcess::start_by(shell, system, settings, folder)
    }

    fn start_by(
        mut command: Command,
        system: Option<&String>,
        settings: &[String],
        folder: &Path,
    ) -> Result<BenchedProcess> {
        let began = Instant::now();
        command.arg("run").args(system).args(settings).args([
            "--listen",
            "127.0.0.1:0",
            "--set",
            "http.context_ports=off",
            "--data",
        ]);
        let child = command.arg(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut process = BenchedProcess { child, address, started: Duration::ZERO, folder: folder.to_path_buf() };
        process.wait(began)?;
        process.started = began.elapsed();
        Ok(process)
    }

    fn wait(&mut self, began: Instant) -> Result<()> {
        while began.elapsed() < START_MAX {
            if let Some(status) = self.child.try_wait()? {
                return Err(Error::other(format!("the process that was started has ended: {status}")));
            }
            if let Some(address) = self.read_address().filter(|address| ready(*address)) {
                self.address = address;
                return Ok(());
            }
            std::thread::sleep(LOOK_PAUSE);
        }
        Err(ErrorKind::TimedOut.into())
    }

    fn read_address(&self) -> Option<SocketAddr> {
        let note = std::fs::read(self.folder.join("running.json")).ok()?;
        let running: Running = serde_json::from_slice(&note).ok()?;
        let host = running.url.strip_prefix("http://")?;
        host.parse().ok().filter(|_| running.pid == self.child.id())
    }

    pub fn memory_mb(&self, line: &str) -> f64 {
        memory_mb(self.child.id(), line)
    }

    pub fn processor(&self) -> Duration {
        processor(self.child.id())
    }

    pub fn disk_bytes(&self) -> u64 {
        bytes(&self.folder)
    }

    /// In order, if it can; nobody else is asked to end.
    pub fn stop(mut self) {
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _gone_already = kill_process(pid, Signal::TERM);
        }
        let began = Instant::now();
        while began.elapsed() < START_MAX && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(LOOK_PAUSE);
        }
    }
}

impl Drop for BenchedProcess {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A line of a process' status, in MB: what it has in memory (`VmRSS`), what it had at most (`VmHWM`).
pub fn memory_mb(pid: u32, line: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let found = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
    let kb = found.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or(0.0) / 1024.0
}

/// What a process has had of all processors.
pub fn processor(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}

fn ready(address: SocketAddr) -> bool {
    let asked = || -> Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        write!(stream, "GET /health/ready HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"HTTP/1.1 200")
    };
    asked().unwrap_or(false)
}

fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.metadata().map_or(0, |it| if it.is_dir() { bytes(&entry.path()) } else { it.len() }))
        .sum()
}
