//! A file for its own account alone, made once: of two processes that make it at the same time, both go on with the same one.
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// What the file holds; made with what `make` gives where there is none.
///
/// # Errors
/// It can't be read or written, said with its name.
pub fn read_or_make(path: &Path, make: impl FnOnce() -> Result<String, String>) -> Result<String, String> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        read => return read.map_err(|error| named(&error)),
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let text = make()?;
    let written = fs::create_dir_all(folder).and_then(|()| write_whole(folder, path, &text));
    written.and_then(|()| fs::read_to_string(path)).map_err(|error| named(&error))
}

/// Nobody ever sees a part of it, and one that is there stays.
fn write_whole(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?; // mode 0600
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(there) if there.error.kind() != ErrorKind::AlreadyExists => Err(there.error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn it_is_made_once_and_for_its_owner_alone() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("deep/access.key");
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let path = path.clone();
                std::thread::spawn(move || read_or_make(&path, || Ok(format!("{n}"))))
            })
            .collect();
        let mut read: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("ends").expect("read")).collect();
        read.dedup();
        assert_eq!(read.len(), 1, "{read:?}");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
    }
}
