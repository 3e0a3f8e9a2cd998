//! On what the server of a test runs, by settings of the tests: one process with its stores in files, or many on Postgres behind a gateway.
//!
//! `NADUL_TEST_STACK=cluster` chooses the second, `NADUL_TEST_REPLICAS` how many processes each of its contexts has (1).
use std::io::Write;

/// How many processes each context has; `None`: one process has all contexts.
pub(crate) fn replicas() -> Option<usize> {
    let many = || std::env::var("NADUL_TEST_REPLICAS").map_or(1, |many| many.parse().expect("a number of processes"));
    match std::env::var("NADUL_TEST_STACK").as_deref() {
        Ok("cluster") => Some(many()),
        Ok("embedded") | Err(_) => None,
        Ok(other) => panic!("NADUL_TEST_STACK is embedded or cluster, not {other:?}"),
    }
}

/// Whether a test is left out on this stack. It says so past its harness, which keeps what a test prints.
pub fn is_left_out(reason: &str) -> bool {
    let is_left_out = replicas().is_some();
    if is_left_out {
        let test = std::thread::current();
        let line = format!("\nleft out on the cluster stack: {}: {reason}\n", test.name().unwrap_or("a test"));
        let _nobody_reads = std::io::stderr().write_all(line.as_bytes());
    }
    is_left_out
}

/// Ends a test that many processes can't pass, where it runs on many; `nadul/tests/README.md` lists each with its reason.
#[macro_export]
macro_rules! embedded_only {
    ($reason:literal) => {
        if $crate::is_left_out($reason) {
            return;
        }
    };
}

/// For what only one process of all contexts has.
#[track_caller]
pub(crate) fn expect_embedded(what: &str) {
    assert!(replicas().is_none(), "{what} is about one process: say embedded_only!(…) in the test");
}
