//! Who owns a store on Postgres: a data folder, which one process has at a time. Whoever has the folder goes on with what the
//! process before it has owned.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Read, Result, Write};
use std::path::Path;

/// Host and path say where to look for the process; two containers may have both alike, so that a number tells the folders apart.
pub fn of(folder: &Folder) -> CommandResult<String> {
    let file = folder.path().join("store-owner");
    let number = kept(folder.path(), &file)
        .map_err(|error| CommandError::new(format!("{} can't be read or made: {error}", file.display())))?;
    if number.is_empty() {
        let said = format!("{} is empty; remove it while nothing runs on the folder", file.display());
        return Err(CommandError::unreadable(said));
    }
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let path = std::path::absolute(folder.path()).unwrap_or_else(|_| folder.path().to_path_buf());
    Ok(format!("{number}@{host}:{}", path.display()))
}

/// Made once, whole or not at all, and by the first of those that look for it at the same time.
fn kept(folder: &Path, file: &Path) -> Result<String> {
    match std::fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        read => return read.map(|text| text.trim().to_string()),
    }
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(new, "{}", random()?)?;
    new.as_file().sync_all()?;
    match new.persist_noclobber(file) {
        Err(failed) if failed.error.kind() != ErrorKind::AlreadyExists => return Err(failed.error),
        Ok(_) => File::open(folder)?.sync_all()?,
        Err(_) => {}
    }
    std::fs::read_to_string(file).map(|text| text.trim().to_string())
}

/// The system's: two processes that start in the same moment have different ones.
fn random() -> Result<String> {
    let mut bytes = [0; 8];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let mut text = String::new();
    for byte in bytes {
        write!(text, "{byte:02x}").map_err(std::io::Error::other)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn owner(home: &Path) -> String {
        of(&Folder::named(Some(home)).expect("it is named")).expect("it can be written")
    }

    #[test]
    fn a_folder_is_one_owner_for_good_and_no_other_folder_is() {
        let (one, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let first = owner(one.path());
        assert!(first.ends_with(&one.path().display().to_string()), "{first}");
        assert_eq!(owner(one.path()), first);
        let number = |owner: &str| owner.split_once('@').map(|(number, _)| number.to_string());
        assert_ne!(number(&owner(other.path())), number(&first), "even where host and path are alike");
    }

    #[test]
    fn of_several_that_make_it_at_once_all_have_the_same_one() {
        let home = tempfile::tempdir().expect("a folder");
        let owners: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| owner(home.path()))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert!(owners.iter().all(|owner| *owner == owners[0]), "{owners:?}");
        let files: Vec<_> = std::fs::read_dir(home.path()).expect("a folder").flatten().collect();
        assert_eq!(files.len(), 1, "{files:?}");
        let mode = files[0].metadata().expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn one_that_was_emptied_is_no_owner() {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("store-owner"), "\n").expect("it can be written");
        let said = of(&Folder::named(Some(home.path())).expect("it is named")).expect_err("nobody");
        assert!(said.text.contains("store-owner is empty"), "{said:?}");
    }
}
