//! Tests that need a process of their own.

/// Runs an ignored test in a process of its own; whether it passed.
pub fn run_alone(test: &str, environment: &[(&str, &str)]) -> bool {
    let mut child = std::process::Command::new(std::env::current_exe().expect("a test"));
    child
        .args(["--exact", test, "--ignored", "--test-threads=1"])
        .envs(environment.iter().copied());
    let output = child.output().expect("a run");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("running 1 test"), "there is no test {test}");
    println!("{said}");
    output.status.success()
}
