//! The data folder: where each store lies, who has it, and where that process is found.
use crate::command_error::{CommandError, CommandResult};
use kernel::Name;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// The process that has the folder, as it says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunningProcess {
    pub pid: u32,
    /// Of the gateway.
    pub url: String,
    pub systems: Vec<String>,
}

/// Gone with the process that holds it, however that ends.
pub struct Lock {
    folder: Folder,
    _file: File,
}

impl Folder {
    /// The named one; else the user's own.
    pub fn named(named: Option<&Path>) -> CommandResult<Folder> {
        if let Some(path) = named {
            return Ok(Folder(path.to_path_buf()));
        }
        let home = directories::ProjectDirs::from("", "", "nadul").ok_or_else(|| {
            CommandError::unreadable("this user has no home folder to keep data in; name a folder with --data DIR")
        })?;
        Ok(Folder(home.data_dir().to_path_buf()))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn store(&self, system: &str, context: &str) -> PathBuf {
        self.0.join(system).join(format!("{context}.db"))
    }

    pub fn socket(&self) -> PathBuf {
        self.0.join("nadul.sock")
    }

    fn note(&self) -> PathBuf {
        self.0.join("running.json")
    }

    /// Makes the folder where it is missing, and has it for this process alone.
    pub fn take(&self) -> CommandResult<Lock> {
        std::fs::create_dir_all(&self.0).map_err(|error| self.cannot("made", &error))?;
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(self.lock());
        let lock = self.locked(file.map_err(|error| self.cannot("written", &error))?)?;
        let _ = std::fs::remove_file(self.note()); // of a process that ended without a word
        Ok(lock)
    }

    /// Keeps others from running on the folder, without writing anything into it. `None`: nobody has ever run there.
    pub fn alone(&self) -> CommandResult<Option<Lock>> {
        match File::open(self.lock()) {
            Ok(file) => self.locked(file).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.cannot("read", &error)),
        }
    }

    fn locked(&self, file: File) -> CommandResult<Lock> {
        match file.try_lock() {
            Ok(()) => Ok(Lock { folder: self.clone(), _file: file }),
            Err(TryLockError::WouldBlock) => Err(CommandError::unreadable(self.taken())),
            Err(TryLockError::Error(error)) => Err(self.cannot("locked", &error)),
        }
    }

    fn cannot(&self, what: &str, error: &std::io::Error) -> CommandError {
        CommandError::unreadable(format!("the data folder {} can't be {what}: {error}", self.0.display()))
    }

    fn lock(&self) -> PathBuf {
        self.0.join("nadul.lock")
    }

    fn taken(&self) -> String {
        let who = self.note_of().map_or("another process".into(), |running| {
            format!("process {} ({}, {})", running.pid, running.systems.join(", "), running.url)
        });
        format!("{who} has the data folder {}; stop it, or name another folder with --data", self.0.display())
    }

    fn note_of(&self) -> Option<RunningProcess> {
        serde_json::from_str(&std::fs::read_to_string(self.note()).ok()?).ok()
    }

    /// Whether a process has the folder.
    pub fn is_taken(&self) -> bool {
        let file = File::open(self.lock());
        file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }

    /// The process that has the folder.
    pub fn running(&self) -> CommandResult<RunningProcess> {
        let nobody = || {
            let advice = "start it with nadul run, or name its folder with --data";
            CommandError::unreadable(format!("nothing runs on the data folder {}; {advice}", self.0.display()))
        };
        if !self.is_taken() {
            return Err(nobody());
        }
        self.note_of().ok_or_else(|| {
            let folder = self.0.display();
            CommandError::unreadable(format!("the process on the data folder {folder} is still starting; try again"))
        })
    }
}

impl Lock {
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Says where this process is found.
    pub fn announce(&self, url: &str, systems: &[Name]) -> CommandResult {
        let systems = systems.iter().map(|name| name.to_string()).collect();
        let running = RunningProcess { pid: std::process::id(), url: url.to_string(), systems };
        let text = serde_json::to_string(&running).map_err(|error| CommandError::new(error.to_string()))?;
        let note = self.folder.note();
        std::fs::write(&note, text + "\n")
            .map_err(|e| CommandError::new(format!("can't write {}: {e}", note.display())))
    }

    /// Takes it back: nobody is found here any more.
    pub fn withdraw(&self) {
        let _ = std::fs::remove_file(self.folder.note());
    }
}
