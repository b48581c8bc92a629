//! A mock server, and the program as a process that calls it.

use std::io::Write;
use std::process::{Command, Stdio};

use lantern_mock::{MockBuilder, MockServer};
use lantern_operations::Table;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The key, which nobody may see.
pub const KEY: &str = "canary-7f3a9c";

/// The service, and a home folder for the program.
pub struct Lantern {
    pub server: MockServer,
    pub home: TempDir,
    _runtime: Runtime,
}

/// What a process wrote, and how it ended.
#[derive(Debug)]
pub struct Done {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Whether the key is in what a process wrote.
pub fn canary_in(done: &Done) -> bool {
    done.stdout.contains(KEY) || done.stderr.contains(KEY)
}

impl Lantern {
    pub fn start() -> Self {
        Self::start_with(|server| server)
    }

    pub fn start_with(change: impl FnOnce(MockBuilder) -> MockBuilder) -> Self {
        let table = Table::from_json(include_str!("../../src/operations.json")).expect("a table");
        let runtime = Runtime::new().expect("a runtime");
        let server = change(MockServer::builder(table).key(KEY).no_limits());
        let server = runtime.block_on(server.start()).expect("a server");
        Self { server, home: tempfile::tempdir().expect("a folder"), _runtime: runtime }
    }

    pub fn run(&self, arguments: &[&str]) -> Done {
        self.run_with_input(arguments, "")
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Done {
        let mut command = self.command(arguments);
        command.env("LANTERN_API_KEY", KEY);
        finish(command, input)
    }

    pub fn run_without_key(&self, arguments: &[&str], input: &str) -> Done {
        finish(self.command(arguments), input)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lantern"));
        command.args(arguments).env_clear().current_dir(self.home.path());
        command.env("LANTERN_BASE_URL", self.server.url()).env("HOME", self.home.path());
        command
    }
}

/// Gives a process its input, and waits for its end.
pub fn finish(mut command: Command, input: &str) -> Done {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a process");
    if let Some(mut stdin) = child.stdin.take() {
        // A program that reads nothing may have ended.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().expect("its output");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Done {
        status: output.status.code().unwrap_or(-1),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    }
}
