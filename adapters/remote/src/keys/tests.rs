//! Keys are read as they were made, here or with other tools.
use super::{KeyPaths, Keys, make_key_pair, speaks_for};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

fn paths(folder: &Path) -> KeyPaths {
    KeyPaths { private_key: folder.join("shared.pem"), public_keys: folder.join("public") }
}

fn openssl(arguments: &[&str], path: &Path) {
    let done = Command::new("openssl").args(arguments).arg(path).output().expect("openssl runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_made_key_pair_is_read_back_and_known_by_the_name_of_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    make_key_pair(&paths(folder.path())).expect("made");
    let keys = Keys::read(&paths(folder.path())).expect("read");
    assert_eq!(keys.name, "shared");
    assert!(keys.believed.contains_key("shared"));
}

#[test]
fn a_key_speaks_for_the_contexts_in_its_name() {
    let speaks = |key: &str| ["catch", "pickup"].map(|context| speaks_for(key, context));
    assert_eq!(speaks("catch"), [true, false]);
    assert_eq!(speaks("catch.pickup"), [true, true]);
    assert_eq!(speaks("catch.2026-11"), [true, false]);
    assert_eq!(["nadul", "nadul.2026-11"].map(speaks), [[true, true]; 2]);
    assert_eq!(["gateway", "catch-1", "Catch", "", "shared"].map(speaks), [[false, false]; 5]);
}

#[test]
fn the_public_key_has_the_whole_name_of_the_private_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = KeyPaths { private_key: folder.path().join("catch.2026-11.pem"), ..paths(folder.path()) };
    make_key_pair(&paths).expect("made");
    assert!(paths.public_keys.join("catch.2026-11.pem").exists());
    let keys = Keys::read(&paths).expect("read");
    assert!(keys.speak_for("catch") && !keys.speak_for("pickup"));
}

#[test]
fn a_private_key_is_for_its_owner_only_and_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = paths(folder.path());
    make_key_pair(&paths).expect("made");
    let mode = fs::metadata(&paths.private_key).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o077, 0);
    let before = fs::read(&paths.private_key).expect("read");
    make_key_pair(&paths).expect_err("it is there already");
    assert_eq!(fs::read(&paths.private_key).expect("read"), before);
}

#[test]
fn keys_of_openssl_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = paths(folder.path());
    fs::create_dir(&paths.public_keys).expect("a folder");
    openssl(&["genpkey", "-algorithm", "ed25519", "-out"], &paths.private_key);
    let private = paths.private_key.to_str().expect("UTF-8");
    openssl(&["pkey", "-in", private, "-pubout", "-out"], &paths.public_keys.join("shared.pem"));
    Keys::read(&paths).expect("read");
}

#[test]
fn what_is_no_key_is_said_with_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = paths(folder.path());
    make_key_pair(&paths).expect("made");
    fs::write(paths.public_keys.join("other.pem"), "no key").expect("written");
    let error = Keys::read(&paths).err().expect("a file without a key");
    assert!(error.to_string().contains("other.pem"), "{error}");
}
