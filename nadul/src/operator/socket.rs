//! A socket in the data folder: only who may write the folder may ask there. One request a connection, one line of JSON each way.
use super::backup::{Copied, copy_systems};
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use runtime::port::work::SystemAtWork;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Longer than any path.
const LINE_MAX: u64 = 64 * 1024;
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// A pause after a client could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Request {
    /// Of these systems.
    Backup { to: PathBuf, systems: Vec<String> },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Reply {
    Copied(Copied),
    Failed(String),
}

/// Open while it lives.
pub struct OperatorSocket(PathBuf);

impl OperatorSocket {
    /// The folder's lock is held, so a socket that is there is left over from a process that is gone.
    pub fn open(folder: &Folder, systems: Vec<Arc<dyn SystemAtWork>>) -> Result<OperatorSocket, String> {
        let path = folder.socket();
        let address = address(&path)?;
        let _ = std::fs::remove_file(&path);
        let failed = |error: std::io::Error| format!("{} can't be made: {error}", path.display());
        let listener = UnixListener::bind_addr(&address).map_err(failed)?;
        let serve = move || {
            for stream in listener.incoming() {
                match stream {
                    Ok(stream) => drop(answer(stream, &systems)),
                    Err(_) => std::thread::sleep(ACCEPT_PAUSE), // no file handle is left, most likely
                }
            }
        };
        std::thread::Builder::new().name("operator".into()).spawn(serve).map_err(failed)?;
        Ok(OperatorSocket(path))
    }
}

/// An operating system takes shorter paths for sockets than for files.
fn address(path: &Path) -> Result<SocketAddr, String> {
    SocketAddr::from_pathname(path).map_err(|_| {
        let (shown, bytes) = (path.display(), path.as_os_str().len());
        let advice = "name the data folder by a shorter path (a symbolic link will do), or back up while nothing runs";
        format!("the path {shown} has {bytes} bytes, more than a socket may have; {advice}")
    })
}

impl Drop for OperatorSocket {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn answer(mut stream: UnixStream, systems: &[Arc<dyn SystemAtWork>]) -> std::io::Result<()> {
    stream.set_read_timeout(Some(READ_TIMEOUT))?;
    let mut line = String::new();
    BufReader::new((&stream).take(LINE_MAX)).read_line(&mut line)?;
    let answer = match serde_json::from_str(&line) {
        Ok(Request::Backup { to, systems: named }) => {
            let is_named = |system: &&Arc<dyn SystemAtWork>| named.iter().any(|name| name == system.system().name);
            let systems: Vec<_> = systems.iter().filter(is_named).map(Arc::as_ref).collect();
            copy_systems(&to, &systems).map_or_else(Reply::Failed, Reply::Copied)
        }
        Err(error) => Reply::Failed(format!("this process does not understand the request: {error}")),
    };
    writeln!(stream, "{}", serde_json::to_string(&answer)?)
}

/// Asks the process that has the folder for a backup of these systems; `to` is absolute.
pub fn backup(folder: &Folder, to: &Path, systems: Vec<String>) -> CommandResult<Copied> {
    let failed = |error: &dyn std::fmt::Display| {
        CommandError::unreadable(format!("the process on {} can't be asked: {error}", folder.path().display()))
    };
    let request = serde_json::to_string(&Request::Backup { to: to.to_path_buf(), systems }).map_err(|e| failed(&e))?;
    let address = address(&folder.socket()).map_err(|why| failed(&why))?;
    let mut stream = UnixStream::connect_addr(&address).map_err(|error| match error.kind() {
        ErrorKind::NotFound => failed(&"it is one of several (nadul serve); end it, then back up its folder"),
        _ => failed(&error),
    })?;
    writeln!(stream, "{request}").map_err(|error| failed(&error))?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).map_err(|error| failed(&error))?;
    match serde_json::from_str(&line) {
        Ok(Reply::Copied(copied)) => Ok(copied),
        Ok(Reply::Failed(why)) => Err(CommandError::new(why)),
        Err(_) => Err(failed(&"it ended before it answered")),
    }
}
