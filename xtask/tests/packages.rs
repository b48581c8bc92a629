//! The packages of `Cargo.lock` as the declared Rust sees them.

use std::process::Command;

use serde_json::Value;

/// Cargo refuses to compile a package that declares a newer Rust, so one of them in `Cargo.lock` would break the promise
/// of the README for all of the workspace.
#[test]
fn no_package_needs_a_newer_rust_than_the_workspace_declares() {
    let declared = number(env!("CARGO_PKG_RUST_VERSION"));
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "{} packages", packages.len());
    let newer: Vec<_> = packages
        .iter()
        .filter(|package| {
            package["rust_version"].as_str().is_some_and(|rust| number(rust) > declared)
        })
        .map(|package| {
            format!("{} {}: {}", package["name"], package["version"], package["rust_version"])
        })
        .collect();
    assert!(newer.is_empty(), "need a newer Rust: {newer:#?}");
}

/// The packages for this platform, as those of others may not have been downloaded.
fn metadata() -> Value {
    let host = host();
    let arguments = [
        "metadata",
        "--format-version=1",
        "--all-features",
        "--locked",
        "--filter-platform",
        &host,
    ];
    serde_json::from_slice(&run(env!("CARGO"), &arguments)).expect("JSON")
}

fn host() -> String {
    let version = String::from_utf8(run(env!("CARGO"), &["--version", "--verbose"])).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("the host of this cargo").to_owned()
}

fn run(program: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// `1.88` and `1.88.0` as numbers that compare.
fn number(version: &str) -> (u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().expect("a number"));
    (parts.next().expect("a major version"), parts.next().unwrap_or_default())
}
