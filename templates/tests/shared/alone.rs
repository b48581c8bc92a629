//! Tests that need a process of their own.
#![allow(dead_code, reason = "some tests set variables that are not Unicode")]

use std::ffi::OsStr;

/// Runs an ignored test in a process of its own; whether it passed.
pub fn run_alone(test: &str, environment: &[(&str, &str)]) -> bool {
    run_alone_with(test, environment)
}

/// The same with variables that may be anything.
pub fn run_alone_with(test: &str, environment: &[(&str, impl AsRef<OsStr>)]) -> bool {
    let mut child = std::process::Command::new(std::env::current_exe().expect("a test"));
    child
        .args(["--exact", test, "--ignored", "--test-threads=1"])
        .envs(environment.iter().map(|(name, value)| (name, value.as_ref())));
    let output = child.output().expect("a run");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("running 1 test"), "there is no test {test}");
    println!("{said}");
    output.status.success()
}
