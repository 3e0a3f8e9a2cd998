//! The data folder: where each store lies, who has it, and where that process is found.
use crate::command_error::{CommandError, CommandResult};
use crate::private_files;
use kernel::{Name, System};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a process that starts waits for commands that read; most are done in an instant.
const READERS_PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(10);

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
        let lock = self.exclusively(file.map_err(|error| self.cannot("written", &error))?)?;
        let _ = std::fs::remove_file(self.note()); // of a process that ended without a word
        Ok(lock)
    }

    /// Keeps others from running on the folder while it is read; others may read it too. Nothing is written into it.
    /// `None`: nobody has ever run there.
    pub fn hold_at_rest(&self) -> CommandResult<Option<Lock>> {
        let Some(file) = self.lock_file()? else { return Ok(None) };
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(Lock { folder: self.clone(), _file: file })),
            Err(TryLockError::WouldBlock) => Err(CommandError::unreadable(self.taken_sentence())),
            Err(TryLockError::Error(error)) => Err(self.cannot("locked", &error)),
        }
    }

    /// Commands that read are waited for, but not long.
    fn exclusively(&self, file: File) -> CommandResult<Lock> {
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { folder: self.clone(), _file: file }),
                Err(TryLockError::Error(error)) => return Err(self.cannot("locked", &error)),
                Err(TryLockError::WouldBlock) if self.is_taken()? => {
                    return Err(CommandError::unreadable(self.taken_sentence()));
                }
                Err(TryLockError::WouldBlock) if start.elapsed() < READERS_PATIENCE => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(self.read_error()),
            }
        }
    }

    fn read_error(&self) -> CommandError {
        let folder = self.0.display();
        let advice = "let it end, or name another folder with --data";
        CommandError::unreadable(format!(
            "another command reads the data folder {folder} (such as nadul check); {advice}"
        ))
    }

    fn lock_file(&self) -> CommandResult<Option<File>> {
        match File::open(self.lock()) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.cannot("read", &error)),
        }
    }

    /// Before anything is made there.
    pub fn expect_free(&self) -> CommandResult {
        if self.is_taken()? { Err(CommandError::unreadable(self.taken_sentence())) } else { Ok(()) }
    }

    /// Whether it is there; an error where this account can't see that.
    pub fn exists(&self) -> CommandResult<bool> {
        self.0.try_exists().map_err(|error| self.cannot("read", &error))
    }

    /// Whether a context has a store; an error where this account can't see that.
    pub fn has_store(&self, system: &str, context: &str) -> CommandResult<bool> {
        self.store(system, context).try_exists().map_err(|error| self.cannot("read", &error))
    }

    /// An earlier release, or whoever copied them, may have let all accounts read the stores.
    pub fn narrow(&self, system: &System) {
        narrow(&self.0.join(system.name));
        for context in &system.contexts {
            let store = self.store(system.name, context.name);
            for end in ["", "-wal", "-shm", ".lock"] {
                let mut file = store.clone().into_os_string();
                file.push(end);
                narrow(Path::new(&file));
            }
        }
    }

    fn cannot(&self, what: &str, error: &std::io::Error) -> CommandError {
        CommandError::unreadable(format!("the data folder {} can't be {what}: {error}", self.0.display()))
    }

    fn lock(&self) -> PathBuf {
        self.0.join("nadul.lock")
    }

    fn taken_sentence(&self) -> String {
        let who = self.read_note().map_or("another process".into(), |running| {
            format!("process {} ({}, {})", running.pid, running.systems.join(", "), running.url)
        });
        format!("{who} has the data folder {}; stop it, or name another folder with --data", self.0.display())
    }

    fn read_note(&self) -> Option<RunningProcess> {
        serde_json::from_str(&std::fs::read_to_string(self.note()).ok()?).ok()
    }

    /// Whether a process has the folder.
    pub fn is_taken(&self) -> CommandResult<bool> {
        Ok(self.lock_file()?.is_some_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))))
    }

    /// The process that has the folder.
    pub fn running(&self) -> CommandResult<RunningProcess> {
        let nobody = || {
            let advice =
                "start it with nadul run, or name its folder with --data, or the address of a gateway with --at";
            CommandError::unreadable(format!("nothing runs on the data folder {}; {advice}", self.0.display()))
        };
        if !self.is_taken()? {
            return Err(nobody());
        }
        if let Err(error) = File::open(self.note())
            && error.kind() != ErrorKind::NotFound
        {
            return Err(CommandError::unreadable(format!("{} can't be read: {error}", self.note().display())));
        }
        self.read_note().ok_or_else(|| {
            let folder = self.0.display();
            CommandError::unreadable(format!("the process on the data folder {folder} is still starting; try again"))
        })
    }
}

fn narrow(path: &Path) {
    let path_shown = path.display();
    match private_files::narrow(path) {
        Ok(true) => tracing::warn!(path = %path_shown, "every account could use this; now its owner alone can"),
        Ok(false) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => {
            tracing::warn!(path = %path_shown, %error, "other accounts may use this, and that can't be changed")
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_may_read_a_folder_at_rest_and_nobody_runs_on_it_meanwhile() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::named(Some(home.path())).expect("it is named");
        assert!(folder.hold_at_rest().expect("it can be read").is_none(), "nobody has run there");
        drop(folder.take().expect("it is free"));
        let readers = [folder.hold_at_rest(), folder.hold_at_rest()].map(|held| held.expect("both may read"));
        assert!(!folder.is_taken().expect("it can be read"));
        let said = folder.take().err().expect("it is being read");
        assert!(said.text.contains("another command reads the data folder"), "{said:?}");
        drop(readers);
        let _lock = folder.take().expect("it is free again");
        assert!(folder.is_taken().expect("it can be read"));
        let said = folder.hold_at_rest().err().expect("a process has it");
        assert!(said.text.contains("another process has the data folder"), "{said:?}");
    }
}
