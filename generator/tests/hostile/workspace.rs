//! Generated crates on the disk, as the members of a workspace, and cargo at work on them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use lantern_generator::Crate;

/// The folder in which tests put what they compile; what they depend on is kept there for the next run.
fn folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// Puts crates into a workspace of that name.
pub fn lay_out(name: &str, crates: &[Crate]) -> PathBuf {
    let folder = folder().join(name);
    let mut members = Vec::new();
    for (number, made) in crates.iter().enumerate() {
        let member = format!("member{number}");
        remove_others(&folder.join(&member), &folder.join(&member), made);
        for file in &made.files {
            write(&folder, &format!("{member}/{}", file.path), &file.text);
        }
        members.push(member);
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    write(&folder, "Cargo.toml", &manifest);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let lock = std::fs::read_to_string(lock).expect("the versions that are tested");
    write(&folder, "Cargo.lock", &lock);
    folder
}

/// Removes what an earlier run wrote and this crate does not have.
fn remove_others(folder: &Path, member: &Path, made: &Crate) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let below = path.strip_prefix(member).expect("a path below the member");
        if path.is_dir() {
            remove_others(&path, member, made);
        } else if !made.files.iter().any(|file| below == Path::new(&file.path)) {
            std::fs::remove_file(path).expect("a file to remove");
        }
    }
}

fn write(folder: &Path, path: &str, text: &str) {
    let place = folder.join(path);
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
    // What has not changed is not compiled again.
    if std::fs::read_to_string(&place).ok().as_deref() != Some(text) {
        std::fs::write(place, text).expect("a file");
    }
}

/// Runs cargo in a workspace; warnings are errors, and all workspaces share what their crates depend on.
pub fn cargo(workspace: &Path, arguments: &[&str], further: &[&str]) -> Output {
    // Not by `eprintln!`, which shows nothing before a test fails; this one can take minutes.
    let shown = format!("{}: cargo {}\n", workspace.display(), arguments.join(" "));
    let _ = std::io::stderr().write_all(shown.as_bytes());
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).arg("--offline").args(further).current_dir(workspace);
    cargo.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings");
    cargo.env("CARGO_TARGET_DIR", target());
    // Most members change in full or not at all, and nothing is debugged.
    cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "false");
    cargo.output().expect("cargo")
}

/// The folder in which cargo puts what it makes.
pub fn target() -> PathBuf {
    folder().join("hostile/target")
}
