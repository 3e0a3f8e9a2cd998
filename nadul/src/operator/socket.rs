//! A socket in the data folder: only who may write the folder may ask there. One question a connection, one line of JSON each way.
use super::backup::{Copied, of_systems};
use crate::failure::{Failure, Outcome};
use crate::folder::Folder;
use runtime::port::work::SystemAtWork;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Longer than any path.
const LINE_MAX: u64 = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Question {
    Backup { to: PathBuf },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Copied(Copied),
    Failed(String),
}

/// Open while it lives.
pub struct Door(PathBuf);

impl Door {
    /// The folder's lock is held, so a socket that is there is left over from a process that is gone.
    pub fn open(folder: &Folder, systems: Vec<Arc<dyn SystemAtWork>>) -> std::io::Result<Door> {
        let path = folder.door();
        let _ = std::fs::remove_file(&path);
        let listener = UnixListener::bind(&path)?;
        std::thread::Builder::new().name("door".into()).spawn(move || {
            listener.incoming().flatten().for_each(|stream| drop(answer(stream, &systems)));
        })?;
        Ok(Door(path))
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn answer(mut stream: UnixStream, systems: &[Arc<dyn SystemAtWork>]) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    BufReader::new((&stream).take(LINE_MAX)).read_line(&mut line)?;
    let answer = match serde_json::from_str(&line) {
        Ok(Question::Backup { to }) => of_systems(&to, systems).map_or_else(Answer::Failed, Answer::Copied),
        Err(error) => Answer::Failed(format!("this process does not understand the question: {error}")),
    };
    writeln!(stream, "{}", serde_json::to_string(&answer)?)
}

/// Asks the process that has the folder for a backup; `to` is absolute.
pub fn backup(folder: &Folder, to: &Path) -> Outcome<Copied> {
    let told = |error: &dyn std::fmt::Display| {
        Failure::unreadable(format!("the process on {} can't be asked: {error}", folder.path().display()))
    };
    let question = serde_json::to_string(&Question::Backup { to: to.to_path_buf() }).map_err(|e| told(&e))?;
    let mut stream = UnixStream::connect(folder.door()).map_err(|error| told(&error))?;
    writeln!(stream, "{question}").map_err(|error| told(&error))?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).map_err(|error| told(&error))?;
    match serde_json::from_str(&line) {
        Ok(Answer::Copied(copied)) => Ok(copied),
        Ok(Answer::Failed(why)) => Err(Failure::new(why)),
        Err(_) => Err(told(&"it ended before it answered")),
    }
}
