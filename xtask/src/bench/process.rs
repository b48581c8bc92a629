//! Whole processes: how long they take, and how much memory.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use lantern_generator::cli::Failure;
use serde::{Deserialize, Serialize};
use wait4::{ResUse, Wait4};

/// What a run of a process took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of all cores in the process and in those that it started.
    pub user: f64,
    /// The same, in the system.
    pub system: f64,
    /// The most memory of one of these processes, in bytes.
    pub peak: u64,
}

/// A run, or the first line that says why there is none.
pub type Attempt = Result<Run, String>;

/// Runs a process that prints into a file.
pub fn run(command: &mut Command, log: &Path) -> Result<Attempt, Failure> {
    let output = File::create(log).map_err(Failure::at(log))?;
    let errors = output.try_clone().map_err(Failure::at(log))?;
    command.stdin(Stdio::null()).stdout(output).stderr(errors);
    let program = Path::new(command.get_program()).to_owned();
    let (wall, used) = finish(command).map_err(Failure::at(&program))?;
    if !used.status.success() {
        return Ok(Err(first_error(log)));
    }
    let (user, system) = (used.rusage.utime.as_secs_f64(), used.rusage.stime.as_secs_f64());
    Ok(Ok(Run { wall, user, system, peak: used.rusage.maxrss }))
}

fn finish(command: &mut Command) -> io::Result<(f64, ResUse)> {
    // Linux counts the most memory that this process had to that of its child, until this forgets it (proc(5)).
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let began = Instant::now();
    let used = command.spawn()?.wait4()?;
    Ok((began.elapsed().as_secs_f64(), used))
}

/// Runs a process without which nothing can be measured.
pub fn require(command: &mut Command, log: &Path) -> Result<Run, Failure> {
    let shown = format!("{command:?}");
    run(command, log)?.map_err(|why| {
        Failure::Usage(format!("{shown} failed: {why}; {} says more", log.display()))
    })
}

fn first_error(log: &Path) -> String {
    let bytes = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_error = |line: &&str| line.contains("panicked") || line.to_lowercase().contains("error");
    let error = lines.clone().find(is_error);
    error.or_else(|| lines.next_back()).unwrap_or("it failed").chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_its_times_and_a_failure_its_first_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("log");
        let ran = run(Command::new("cargo").arg("--version"), &log).expect("cargo").expect("a run");
        assert!(ran.wall > 0.0 && ran.peak > 1 << 20, "{ran:?}");
        let failed = run(Command::new("cargo").arg("no-such-command"), &log).expect("cargo");
        assert!(failed.is_err_and(|why| why.starts_with("error")));
    }
}
