//! What it is measured on.

use std::process::Command;

use lantern_generator::cli::Failure;

use super::results::Stamp;
use crate::workspace;

pub fn stamp() -> Result<Stamp, Failure> {
    let words = first_line(Command::new("rustc").arg("--version"))?;
    let mut git = Command::new("git");
    git.args(["describe", "--always", "--dirty"]).current_dir(workspace());
    Ok(Stamp {
        date: jiff::Timestamp::now().strftime("%Y-%m-%d").to_string(),
        commit: first_line(&mut git)?,
        processor: told("/proc/cpuinfo", "model name")
            .unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        memory: told("/proc/meminfo", "MemTotal").and_then(|size| kibibytes(&size)).unwrap_or(0),
        system: std::env::consts::OS.to_owned(),
        rustc: words,
    })
}

fn first_line(command: &mut Command) -> Result<String, Failure> {
    let program = std::path::PathBuf::from(command.get_program());
    let output = command.output().map_err(Failure::at(&program))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// What Linux says of itself: `model name : …`
fn told(file: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    let mut values = lines.filter(|(found, _)| found.trim() == key);
    values.next().map(|(_, value)| value.trim().to_owned())
}

/// `1234 kB` → bytes
fn kibibytes(size: &str) -> Option<u64> {
    size.strip_suffix("kB")?.trim().parse::<u64>().ok().map(|size| size * 1024)
}
