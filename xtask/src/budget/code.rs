//! How much code two clients are: lines of Rust, and lines of LLVM, which are what compiling them costs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lantern_generator::cli::Failure;

use super::counted::{Row, Unit};
use super::description;
use crate::files::rust_lines;
use crate::workspace;

/// The packages, and where their sources are.
const PACKAGES: [(&str, &str); 2] =
    [("lantern-client", "generated/lantern-client/src"), ("templates", "templates/src")];

pub fn count() -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (package, sources) in PACKAGES {
        let row = |unit, count| Row { what: package.to_owned(), unit, count };
        rows.push(row(Unit::Lines, rust_lines(&description(sources))?));
        rows.push(row(Unit::LlvmLines, llvm_lines(package)?));
    }
    Ok(rows)
}

/// The compiler that counts lines of LLVM.
pub fn compiler() -> Result<String, Failure> {
    let output = Command::new("rustc").arg("--version").output();
    let output = output.map_err(Failure::at("rustc".as_ref()))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Lines of LLVM of a client with its HTTP client, but without TLS.
fn llvm_lines(package: &str) -> Result<u64, Failure> {
    let target = workspace().join("target");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["rustc", "--quiet", "--lib", "--package", package, "--no-default-features"]);
    cargo.args(["--features", "client", "--target-dir"]).arg(&target);
    cargo.args(["--", "--emit=llvm-ir", "-Ccodegen-units=1", "-Cdebuginfo=0"]);
    cargo.current_dir(workspace()).env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS");
    let status = cargo.status().map_err(Failure::at("cargo".as_ref()))?;
    match status.success() {
        true => code_lines(&newest(&target.join("debug/deps"), package)?),
        false => Err(Failure::Usage(format!("{package} does not compile"))),
    }
}

/// The file of LLVM that was made of a package last.
fn newest(folder: &Path, package: &str) -> Result<PathBuf, Failure> {
    let start = format!("{}-", package.replace('-', "_"));
    let mut newest = None;
    for entry in fs::read_dir(folder).map_err(Failure::at(folder))? {
        let path = entry.map_err(Failure::at(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&start) && name.ends_with(".ll") {
            let changed = fs::metadata(&path).and_then(|file| file.modified());
            newest = newest.max(Some((changed.map_err(Failure::at(&path))?, path)));
        }
    }
    let missing = || Failure::Usage(format!("there is no LLVM of {package}"));
    newest.map(|(_, path)| path).ok_or_else(missing)
}

/// The lines of functions: from `define` to the brace that closes it.
fn code_lines(file: &Path) -> Result<u64, Failure> {
    let text = fs::read_to_string(file).map_err(Failure::at(file))?;
    let (mut is_code, mut count) = (false, 0);
    for line in text.lines() {
        is_code |= line.starts_with("define ");
        count += u64::from(is_code && !line.is_empty());
        is_code &= line != "}";
    }
    Ok(count)
}
