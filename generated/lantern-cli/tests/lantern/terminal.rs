//! The program on a terminal: a key that is typed, and a call that takes long.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

use lantern_mock::Script;

use crate::common::{Done, KEY, Lantern, canary_in};

/// Runs a command on a terminal of its own, and types as soon as the terminal shows nothing of it.
fn type_unseen(command: Command, typed: &str) -> Done {
    on_terminal(command, |terminal| {
        let began = Instant::now();
        while shows_what_is_typed(terminal) {
            assert!(began.elapsed() < Duration::from_secs(30), "what is typed is shown");
            thread::sleep(Duration::from_millis(5));
        }
        terminal.write_all(typed.as_bytes()).expect("a terminal");
    })
}

/// Runs a command on a terminal of its own. What the terminal shows is the output.
fn on_terminal(mut command: Command, act: impl FnOnce(&mut File)) -> Done {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    unlockpt(&terminal).expect("a terminal");
    let own = ioctl_tiocgptpeer(&terminal, OpenptFlags::RDWR | OpenptFlags::NOCTTY);
    let own: OwnedFd = own.expect("the other end");
    let copy = || own.try_clone().expect("the other end");
    command.stdin(copy()).stdout(copy()).stderr(copy());
    let mut child = command.spawn().expect("a process");
    // Only the process has it now, so the terminal ends with it.
    drop((command, own));
    let mut terminal = File::from(terminal);
    act(&mut terminal);
    let mut shown = Vec::new();
    // The end is an error on Linux.
    let _ = terminal.read_to_end(&mut shown);
    let status = child.wait().expect("an end").code().unwrap_or(-1);
    let stdout = String::from_utf8_lossy(&shown).into_owned();
    Done { status, stdout, stderr: String::new() }
}

fn shows_what_is_typed(terminal: &File) -> bool {
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

#[test]
fn a_call_that_takes_long_is_told_of_until_it_is_over() {
    let lantern = Lantern::start();
    let late = Script { delay_ms: 3_500, ..Script::status(500) };
    lantern.server.script(late.of("credits.remaining"));
    let mut command = lantern.command(&["credits", "remaining"]);
    command.env("LANTERN_API_KEY", KEY).env("TERM", "xterm");
    let done = on_terminal(command, |_| {});
    assert_eq!(done.status, 0, "it is tried again: {done:?}");
    assert!(done.stdout.contains("no answer after 2 s: sent once; Ctrl-C stops"), "{done:?}");
    let end = done.stdout.rsplit("Ctrl-C stops").next().unwrap_or_default();
    assert!(end.contains("remaining_credits") && !canary_in(&done), "{done:?}");
}
