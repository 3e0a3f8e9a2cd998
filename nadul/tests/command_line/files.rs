//! Who may read what it writes: its own account alone, whatever the umask of its shell says.
use crate::trip;
use process::{Nadul, embedded_only};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// All of a folder, itself first, with what each account may do.
fn modes(path: &Path) -> Vec<(PathBuf, u32)> {
    let mode = fs::symlink_metadata(path).expect("it is there").permissions().mode() & 0o777;
    let below = fs::read_dir(path).into_iter().flatten().flatten().flat_map(|entry| modes(&entry.path()));
    std::iter::once((path.to_path_buf(), mode)).chain(below).collect()
}

#[track_caller]
fn expect_private(path: &Path) {
    let modes = modes(path);
    assert!(modes.len() > 5, "{modes:?}");
    for (path, mode) in modes {
        assert_eq!(mode & 0o077, 0, "{} is open to others: {mode:o}", path.display());
    }
}

#[test]
fn stores_notes_and_backups_are_for_its_account_alone() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve_through_shell("umask 000", &["taxi", "--data", "data"]);
    trip::catch(&server, "kim");
    assert_eq!(server.run(&["backup", "at-work", "--data", "data"]).code, Some(0));
    expect_private(&nadul.path().join("data"));
    server.stop();
    let mut backup = nadul.command_through_shell("umask 000", &["backup", "at-rest", "--data", "data"]);
    assert!(backup.status().expect("it runs").success());
    for folder in ["data", "at-work", "at-rest"] {
        expect_private(&nadul.path().join(folder));
    }
}

#[test]
fn stores_that_every_account_could_read_are_narrowed_and_a_folder_of_others_is_not() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    nadul.serve(&["taxi", "--data", "data"]).stop();
    let data = nadul.path().join("data");
    for (path, mode) in modes(&data) {
        fs::set_permissions(&path, Permissions::from_mode(mode | 0o055)).expect("it is ours");
    }
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catch(&server, "kim");
    expect_private(&data.join("taxi"));
    assert_eq!(modes(&data)[0].1, 0o755, "the folder may hold what is not ours");
    server.stop();
}
