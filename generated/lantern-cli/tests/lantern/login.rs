//! The key that is asked for on a terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

use crate::common::{Done, KEY, Lantern, canary_in};

/// Runs a command on a terminal of its own, and types as soon as the terminal shows nothing of it. What the terminal shows is
/// the output.
fn type_unseen(mut command: Command, typed: &str) -> Done {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    unlockpt(&terminal).expect("a terminal");
    let own = ioctl_tiocgptpeer(&terminal, OpenptFlags::RDWR | OpenptFlags::NOCTTY);
    let own: OwnedFd = own.expect("the other end");
    let copy = || own.try_clone().expect("the other end");
    command.stdin(copy()).stdout(copy()).stderr(copy());
    let mut child = command.spawn().expect("a process");
    // Only the process has it now, so the terminal ends with it.
    drop((command, own));
    let began = Instant::now();
    while shows_what_is_typed(&terminal) {
        assert!(began.elapsed() < Duration::from_secs(30), "what is typed is shown");
        thread::sleep(Duration::from_millis(5));
    }
    let mut terminal = File::from(terminal);
    terminal.write_all(typed.as_bytes()).expect("a terminal");
    let mut shown = Vec::new();
    // The end is an error on Linux.
    let _ = terminal.read_to_end(&mut shown);
    let status = child.wait().expect("an end").code().unwrap_or(-1);
    let stdout = String::from_utf8_lossy(&shown).into_owned();
    Done { status, stdout, stderr: String::new() }
}

fn shows_what_is_typed(terminal: &OwnedFd) -> bool {
    tcgetattr(terminal).expect("a terminal").local_modes.contains(LocalModes::ECHO)
}

#[test]
fn a_key_that_is_typed_is_not_shown() {
    let lantern = Lantern::start();
    let login = type_unseen(lantern.command(&["login"]), &format!("{KEY}\n"));
    assert_eq!(login.status, 0, "{login:?}");
    assert!(!canary_in(&login) && login.stdout.contains("not shown"), "{login:?}");
    assert_eq!(lantern.run_without_key(&["credits", "remaining"], "").status, 0);
}

#[test]
fn no_key_is_kept_where_nothing_is_typed() {
    let lantern = Lantern::start();
    let login = type_unseen(lantern.command(&["login"]), "\n");
    assert_eq!(login.status, 2, "{login:?}");
    assert!(login.stdout.contains("no key") && login.stdout.contains("login <"), "{login:?}");
    let by_pipe = lantern.run_without_key(&["login"], "");
    assert_eq!(by_pipe.status, 2, "{by_pipe:?}");
    assert!(by_pipe.stderr.contains("standard input"), "{by_pipe:?}");
}
