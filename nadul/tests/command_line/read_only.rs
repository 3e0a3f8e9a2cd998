//! Commands that only read work for an account that may only read the folder: at work, at rest, and after a kill.
use crate::trip;
use process::{CommandOutput, Nadul, embedded_only};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Of `nobody`, on Linux.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn chmod(nadul: &Nadul, mode: &str, folder: &str) {
    let done = Command::new("chmod").args(["-R", mode, folder]).current_dir(nadul.path()).status();
    assert!(done.expect("there is a chmod").success());
}

/// From now on the account of [`read`] may read the data, and not write it.
fn let_read_only(nadul: &Nadul) {
    chmod(nadul, if is_root() { "o+rX,o-w" } else { "a-w" }, "data");
    let open = Command::new("chmod").arg("o+rx").arg(nadul.path()).status();
    assert!(open.expect("there is a chmod").success());
}

/// By an account without the rights of root, which could write anything.
fn read(nadul: &Nadul, arguments: &[&str]) -> CommandOutput {
    let mut command = nadul.command(&[arguments, &["--data", "data"]].concat());
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().expect("the binary can be run by anybody");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    CommandOutput { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

#[track_caller]
fn expect_read(nadul: &Nadul, arguments: &[&str], words: &str) {
    let said = read(nadul, arguments);
    assert!(said.code == Some(0) && said.out.contains(words), "{arguments:?}: {said:?}");
}

fn expect_log(nadul: &Nadul) {
    expect_read(nadul, &["log", "taxi"], "payment@1");
    expect_read(nadul, &["log", "taxi", "--key", "1"], "CatchRequested");
    expect_read(nadul, &["settings", "taxi"], "payment_timeout_ms");
    expect_read(nadul, &["board", "taxi"], "CatchRequested");
}

#[test]
fn at_work() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catch(&server, "kim");
    server.wait_until_idle();
    let_read_only(&nadul);
    expect_log(&nadul);
    trip::catch(&server, "lee");
    server.wait_until_idle();
    expect_read(&nadul, &["log", "taxi", "--key", "2"], "CatchRequested");
    chmod(&nadul, "u+w", "data");
    server.stop();
}

#[test]
fn at_rest() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catch(&server, "kim");
    server.wait_until_idle();
    server.stop();
    let_read_only(&nadul);
    expect_log(&nadul);
    expect_read(&nadul, &["check"], "taxi holds: ");
    std::fs::create_dir(nadul.path().join("out")).expect("a folder");
    chmod(&nadul, "a+rwx", "out");
    expect_read(&nadul, &["backup", "out/monday"], "5 stores");
    chmod(&nadul, "u+w", "data");
}

#[test]
fn after_a_kill() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    trip::catch(&server, "kim");
    server.wait_until_idle();
    server.kill();
    let_read_only(&nadul);
    expect_log(&nadul);
    expect_read(&nadul, &["check"], "taxi holds: ");
    chmod(&nadul, "u+w", "data");
}

#[test]
fn who_may_not_even_read_is_told() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    nadul.serve(&["taxi", "--data", "data"]).stop();
    let open = Command::new("chmod").arg("o+rx").arg(nadul.path()).status();
    assert!(open.expect("there is a chmod").success());
    if !is_root() {
        chmod(&nadul, "a-rx", "data");
    }
    for command in [&["log", "taxi"][..], &["check"], &["backup", "monday"], &["stop", "taxi/catch"]] {
        let said = read(&nadul, command);
        assert!(said.code == Some(2) && said.err.contains("can't be read: Permission denied"), "{command:?}: {said:?}");
    }
    chmod(&nadul, "u+rwX", "data");
}
