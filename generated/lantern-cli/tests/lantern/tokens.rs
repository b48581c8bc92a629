//! A program whose client requests tokens by a client id and its secret: that of the specimen.

use std::process::Command;

use lantern_mock::{MockBuilder, MockServer, Script};
use lantern_operations::Table;
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::common::{Done, KEY, canary_in, finish};

/// The service, which gives tokens for the secret, and a home folder for the program.
struct Library {
    server: MockServer,
    home: TempDir,
    _runtime: Runtime,
}

const ID: (&str, &str) = ("TEMPLATES_CLIENT_ID", "shop");
const SECRET: (&str, &str) = ("TEMPLATES_CLIENT_SECRET", KEY);
const LIST: [&str; 2] = ["books", "list"];

impl Library {
    fn start_with(change: impl FnOnce(MockBuilder) -> MockBuilder) -> Self {
        let table = include_str!("../../../../templates/cli/library/operations.json");
        let table = Table::from_json(table).expect("a table");
        let runtime = Runtime::new().expect("a runtime");
        let server = change(MockServer::builder(table).key(KEY).no_limits());
        let server = runtime.block_on(server.start()).expect("a server");
        Self { server, home: tempfile::tempdir().expect("a folder"), _runtime: runtime }
    }

    fn start() -> Self {
        Self::start_with(|server| server)
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Done {
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_lantern"));
        let program = program.with_file_name("examples").join("library");
        let mut command = Command::new(program.with_extension(std::env::consts::EXE_EXTENSION));
        command.args(arguments).env_clear().envs(variables.iter().copied());
        command.env("TEMPLATES_BASE_URL", self.server.url()).env("HOME", self.home.path());
        finish(command, input)
    }

    /// How many tokens were asked for, and how many calls came.
    fn counts(&self) -> (usize, usize) {
        let received = self.server.received();
        let tokens = received.iter().filter(|it| it.path == "/oauth/token").count();
        (tokens, received.len() - tokens)
    }
}

#[test]
fn a_token_is_requested_with_the_client_of_the_environment_a_file_or_login() {
    let library = Library::start();
    let done = library.run(&LIST, &[ID, SECRET], "");
    assert_eq!((done.status, library.counts()), (0, (1, 1)), "{done:?}");
    let pages = library.run(&["books", "list", "--all"], &[ID, SECRET], "");
    assert_eq!(pages.status, 0, "{pages:?}");
    let client = format!("{{\"client_id\": \"shop\",\n \"client_secret\": \"{KEY}\"}}\n");
    let file = library.home.path().join("client.json");
    std::fs::write(&file, &client).expect("a file");
    let file = file.to_string_lossy().into_owned();
    let by_file = library.run(&["books", "list", "--key-file", &file], &[], "");
    assert_eq!(by_file.status, 0, "{by_file:?}");
    let login = library.run(&["login"], &[], &client);
    assert!(login.status == 0 && !canary_in(&login), "{login:?}");
    let kept = library.run(&LIST, &[], "");
    assert_eq!((kept.status, library.counts().0), (0, 4), "{kept:?}");
    assert_eq!(library.run(&["logout"], &[], "").status, 0);
    let other = ("TEMPLATES_TOKEN", KEY);
    let ready = library.run(&LIST, &[other, ID, SECRET], "");
    assert_eq!((ready.status, library.counts().0), (0, 4), "a token goes before: {ready:?}");
}

#[test]
fn what_is_missing_or_wrong_is_told_with_what_to_do() {
    let library = Library::start();
    let run = |variables: &[(&str, &str)], status: i32, parts: &[&str]| {
        let done = library.run(&LIST, variables, "");
        assert_eq!(done.status, status, "{done:?}");
        for part in parts {
            assert!(done.stderr.contains(part), "{part}: {done:?}");
        }
    };
    run(
        &[],
        3,
        &[
            "there is no api-key",
            "; and no token",
            "TEMPLATES_CLIENT_ID and TEMPLATES_CLIENT_SECRET",
            "client_id",
        ],
    );
    run(&[ID], 3, &["TEMPLATES_CLIENT_SECRET is not"]);
    run(&[ID, ("TEMPLATES_CLIENT_SECRET", "wrong")], 4, &["invalid_client", "TEMPLATES_CLIENT_ID"]);
    let foreign = ("TEMPLATES_TOKEN_URL", "http://login.example.com/token");
    run(&[ID, SECRET, foreign], 3, &["plain http"]);
    assert_eq!(library.counts().1, 0, "no call was sent");
}

/// The secret of the client is nowhere but in the request for a token, and the token in no output but data.
#[test]
fn neither_the_secret_nor_a_token_is_shown() {
    let library = Library::start();
    for status in [401, 422, 500] {
        for verbosity in ["-v", "-vvv"] {
            library.server.reset();
            let error = format!("bad key {KEY} of mock-token-");
            let script = Script::status(status).json(json!({"detail": error}));
            library.server.script(script.of("books.list").times(9));
            let arguments = [&LIST[..], &[verbosity, "--timeout", "5"]].concat();
            let done = library.run(&arguments, &[ID, SECRET], "");
            assert!(done.status != 0 && !canary_in(&done), "{done:?}");
        }
    }
}
