//! How much memory the compiler takes for a crate.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// A process is looked at so often. What the system keeps of it is its highest mark, so little is missed.
const PAUSE: Duration = Duration::from_millis(50);

/// Runs cargo, and gives the most memory in KiB that a compiler took for a crate below a target folder.
///
/// `None` where the system does not tell, which is wherever there is no `/proc` as on Linux.
pub fn watched(
    command: &mut Command,
    crate_name: &str,
    target: &Path,
) -> io::Result<(Output, Option<u64>)> {
    let child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut most = None;
            while !is_done.load(Ordering::Relaxed) {
                most = most.max(highest(crate_name, target));
                thread::sleep(PAUSE);
            }
            most
        });
        let output = child.wait_with_output();
        is_done.store(true, Ordering::Relaxed);
        let most = watch.join().unwrap_or_default();
        output.map(|output| (output, most))
    })
}

/// The highest mark of the compilers that work on a crate now.
fn highest(crate_name: &str, target: &Path) -> Option<u64> {
    let processes = fs::read_dir("/proc").ok()?.flatten().map(|entry| entry.path());
    let compilers = processes.filter(|process| {
        let words = fs::read(process.join("cmdline")).unwrap_or_default();
        compiles(&String::from_utf8_lossy(&words), crate_name, target)
    });
    let marks = compilers.filter_map(|process| fs::read_to_string(process.join("status")).ok());
    marks.filter_map(|status| mark(&status)).max()
}

/// Whether the words of a command line, each with a zero byte behind it, are a compiler's at a crate.
fn compiles(words: &str, crate_name: &str, target: &Path) -> bool {
    words.contains(&format!("--crate-name\0{crate_name}\0"))
        && words.contains(&*target.to_string_lossy())
}

/// `VmHWM:     1234 kB` → 1234 (proc_pid_status(5))
fn mark(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_the_highest_and_not_the_last() {
        let status = "Name:\trustc\nVmPeak:\t  9000 kB\nVmHWM:\t    1234 kB\nVmRSS:\t     100 kB\n";
        assert_eq!(mark(status), Some(1234));
        assert_eq!(mark("Name:\tkthreadd\n"), None);
    }

    #[test]
    fn only_the_compiler_of_the_crate_is_looked_at() {
        let words =
            "rustc\0--crate-name\0shop_client\0--edition=2024\0--out-dir\0/x/target/debug\0";
        let target = Path::new("/x/target");
        assert!(compiles(words, "shop_client", target));
        assert!(!compiles(words, "shop", target));
        assert!(!compiles(words, "shop_client", Path::new("/y/target")));
    }
}
