//! Bulk runs that several processes share by a ledger in PostgreSQL. `initdb` and `postgres` have to be installed.

use std::collections::HashSet;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::common::{KEY, Lantern};

const PASSWORD: &str = "canary-db-51c0";

/// `nobody`, because the server does not run as root.
const NOBODY: u32 = 65534;

/// A server of its own, which anyone with the password may use.
struct Postgres {
    port: u16,
    process: Child,
    /// Where its files are.
    _folder: TempDir,
}

impl Postgres {
    fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let is_root = folder.path().metadata().expect("a folder").uid() == 0;
        if is_root {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).expect("an owner");
        }
        let program = |name: &str| {
            let mut command = Command::new(installed(name));
            command.current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
            if is_root {
                command.uid(NOBODY).gid(NOBODY);
            }
            command
        };
        std::fs::write(folder.path().join("password"), PASSWORD).expect("a file");
        let mut initdb = program("initdb");
        initdb.args([
            "--pgdata=data",
            "--username=ada",
            "--pwfile=password",
            "--auth=scram-sha-256",
        ]);
        let made = initdb.args(["--no-sync", "--no-locale", "--encoding=UTF8"]).status();
        assert!(made.expect("initdb").success());
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let mut server = program("postgres");
        server
            .args(["-D", "data", "-h", "127.0.0.1", "-F", "-k", ""])
            .args(["-p", &port.to_string()]);
        let postgres = Self { port, process: server.spawn().expect("postgres"), _folder: folder };
        while !postgres.ask("SELECT 1").0 {
            thread::sleep(Duration::from_millis(20));
        }
        postgres
    }

    fn url(&self) -> String {
        format!("postgres://ada:{PASSWORD}@127.0.0.1:{}/postgres", self.port)
    }

    /// Whether a statement was carried out, and its answer.
    fn ask(&self, sql: &str) -> (bool, String) {
        let mut psql = Command::new(installed("psql"));
        let output = psql.args(["-X", "-A", "-t", "-c", sql, &self.url()]).output().expect("psql");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl Drop for Postgres {
    /// Its processes end with it.
    fn drop(&mut self) {
        let stop = ["-QUIT", &self.process.id().to_string()];
        let _ = Command::new("kill").args(stop).status();
        let _ = self.process.wait();
    }
}

/// Debian keeps the programs of the server in a folder of its version.
fn installed(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = versions.map(|version| version.path().join("bin").join(name));
    found.filter(|path| path.exists()).max().unwrap_or_else(|| Path::new(name).to_owned())
}

/// A run of several processes.
struct Shared<'a> {
    lantern: &'a Lantern,
    url: String,
    name: &'a str,
    command: &'a str,
    flags: &'a [&'a str],
}

impl Shared<'_> {
    /// A process that takes part, with an output of its own.
    fn process(&self, number: usize, more: &[&str]) -> Command {
        let out = format!("{}-{number}.jsonl", self.name);
        let call = ["enrichment", self.command, "--from", "rows.csv", "-o", &out];
        let ledger = ["--ledger", &self.url, "--run", self.name];
        let mut command = self.lantern.command(&[&call[..], &ledger, self.flags, more].concat());
        command.env("LANTERN_API_KEY", KEY).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn start(&self, processes: usize, more: &[&str]) -> Vec<Child> {
        let more = [&["--resume"], more].concat();
        let start = |number| self.process(number, &more).spawn().expect("a process");
        (0..processes).map(start).collect()
    }

    /// Goes on until no process that was killed is taken for alive, and returns the exit status and the output.
    fn finish(&self) -> (Option<i32>, String) {
        loop {
            let (status, told) = end(self.process(9, &["--resume"]).spawn().expect("a process"));
            let out = self.lantern.home.path().join(format!("{}-9.jsonl", self.name));
            let text = std::fs::read_to_string(out).unwrap_or_else(|why| panic!("{why}: {told}"));
            if !text.contains("\"state\":\"sent\"") {
                return (status, text);
            }
        }
    }
}

/// How a process ended, and what it wrote, which has no secret.
fn end(process: Child) -> (Option<i32>, String) {
    let output = process.wait_with_output().expect("an end");
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(!told.contains(KEY) && !told.contains(PASSWORD), "{told}");
    (output.status.code(), told)
}

fn rows(lantern: &Lantern, column: &str, rows: usize) {
    let lines: String = (0..rows).map(|row| format!("{column}-{row}\n")).collect();
    std::fs::write(lantern.home.path().join("rows.csv"), format!("{column}\n{lines}"))
        .expect("a file");
}

/// The rows that the service received.
fn received(lantern: &Lantern, column: &str) -> Vec<String> {
    lantern.server.received().iter().map(|it| it.json()[column].to_string()).collect()
}

fn is_each_once(sent: &[String]) -> bool {
    sent.iter().collect::<HashSet<_>>().len() == sent.len()
}

fn count(text: &str, state: &str) -> usize {
    text.matches(&format!("\"state\":\"{state}\"")).count()
}

const EMAIL: &[&str] = &["--email", "ada@example.com"];

/// One server for all, because starting it takes the most time.
#[test]
fn processes_share_a_run_by_postgres() {
    let postgres = Postgres::start();
    each_row_is_sent_by_one_process(&postgres);
    what_killed_processes_had_is_told_or_sent_again(&postgres);
    the_budget_holds_for_all_processes(&postgres);
    replies_are_kept_if_the_connection_is_lost(&postgres);
    the_password_is_never_shown(&postgres);
}

fn each_row_is_sent_by_one_process(postgres: &Postgres) {
    let pause = Duration::from_millis(10);
    let lantern = Lantern::start_with(|server| server.latency(pause, 2 * pause));
    rows(&lantern, "record_id", 48);
    let (url, flags) = (postgres.url(), EMAIL);
    let shared = Shared { lantern: &lantern, url, name: "shared", command: "phone", flags };
    for process in shared.start(4, &[]) {
        let (status, told) = end(process);
        assert_eq!(status, Some(0), "{told}");
    }
    let sent = received(&lantern, "record_id");
    assert_eq!((sent.len(), is_each_once(&sent)), (48, true));
    let (status, text) = shared.finish();
    assert_eq!((status, count(&text, "answered")), (Some(0), 48), "{text}");
    let (status, told) = end(shared.process(0, &[]).spawn().expect("a process"));
    assert!(status == Some(2) && told.contains("--resume takes part in it"), "{told}");
}

/// What is safe by its key is all answered and paid once; of what may act twice nothing is sent twice, and what was lost is
/// told.
fn what_killed_processes_had_is_told_or_sent_again(postgres: &Postgres) {
    let (pause, all) = (Duration::from_millis(20), 40);
    let lantern = Lantern::start_with(|server| server.latency(pause, 2 * pause));
    for (command, column, flags) in [("phone", "record_id", EMAIL), ("ai", "query", &[])] {
        lantern.server.reset();
        rows(&lantern, column, all);
        let name = format!("killed-{command}");
        let shared = Shared { lantern: &lantern, url: postgres.url(), name: &name, command, flags };
        for kills in 1..=3 {
            let mut processes = shared.start(3, &[]);
            let is_over = |process: &mut Child| process.try_wait().expect("a process").is_some();
            while lantern.server.received().len() < kills * 8 && !processes.iter_mut().all(is_over)
            {
                thread::sleep(Duration::from_millis(1));
            }
            processes.iter_mut().for_each(|process| process.kill().expect("a process"));
            processes.into_iter().for_each(|process| drop(end(process)));
        }
        let (status, text) = shared.finish();
        let (answered, lost) = (count(&text, "answered"), count(&text, "lost"));
        let charged = lantern.server.account().charges.len();
        assert_eq!(answered + lost, all, "{text}");
        assert!((answered..=all).contains(&charged), "{charged} charges: {text}");
        if command == "phone" {
            assert_eq!((status, answered, charged), (Some(0), all, all), "{text}");
        } else {
            assert!(is_each_once(&received(&lantern, column)), "a row was sent twice");
            assert_eq!(status, Some(if lost > 0 { 11 } else { 0 }), "{text}");
        }
    }
}

fn the_budget_holds_for_all_processes(postgres: &Postgres) {
    let lantern = Lantern::start();
    rows(&lantern, "record_id", 30);
    let (url, flags) = (postgres.url(), EMAIL);
    let shared = Shared { lantern: &lantern, url, name: "budget", command: "phone", flags };
    for process in shared.start(3, &["--max-credits", "7"]) {
        let (status, told) = end(process);
        assert!(status == Some(5) && told.contains("--max-credits is reached"), "{told}");
    }
    assert_eq!(lantern.server.account().charged, 7.0);
    let (status, text) = shared.finish();
    assert_eq!((status, count(&text, "answered")), (Some(0), 30), "{text}");
    assert_eq!(lantern.server.account().charged, 30.0);
}

/// A reply that was paid for is recorded by a new connection.
fn replies_are_kept_if_the_connection_is_lost(postgres: &Postgres) {
    let pause = Duration::from_millis(300);
    let lantern = Lantern::start_with(|server| server.latency(pause, pause));
    rows(&lantern, "query", 8);
    let (url, flags) = (postgres.url(), &[][..]);
    let shared = Shared { lantern: &lantern, url, name: "cut", command: "ai", flags };
    let process = shared.process(0, &[]).spawn().expect("a process");
    while lantern.server.received().len() < 8 {
        thread::sleep(Duration::from_millis(1));
    }
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
    assert!(postgres.ask(cut).0);
    let (status, told) = end(process);
    assert!(status == Some(0) && told.contains("8 answered, 0 failed, 0 lost"), "{told}");
}

fn the_password_is_never_shown(postgres: &Postgres) {
    let lantern = Lantern::start();
    rows(&lantern, "query", 1);
    let tried = |url: &str, password: Option<&str>, more: &[&str]| {
        let (url, flags) = (url.to_owned(), &["-vv"][..]);
        let shared = Shared { lantern: &lantern, url, name: "secret", command: "ai", flags };
        let mut command = shared.process(0, more);
        password.map(|password| command.env("PGPASSWORD", password));
        end(command.spawn().expect("a process"))
    };
    let port = postgres.port;
    let own = format!("postgres://ada@127.0.0.1:{port}/postgres");
    let (status, told) = tried(&own, Some("wrong"), &[]);
    assert!(status == Some(1) && told.contains("password authentication failed"), "{told}");
    for (url, part) in [
        (format!("postgres://ada:{PASSWORD}@127.0.0.1:1/postgres"), "at 127.0.0.1: "),
        (format!("postgres://ada:{PASSWORD}@127.0.0.1:{port}/none"), "\"none\" does not exist"),
        (format!("postgres://ada:{PASSWORD}@127.0.0.1:{PASSWORD}/"), "cannot be read"),
        (format!("postgres://ada@127.0.0.1/postgres?{PASSWORD}=1"), "cannot be read"),
    ] {
        let (status, told) = tried(&url, None, &[]);
        assert!(matches!(status, Some(1 | 2)) && told.contains(part), "{url}: {told}");
    }
    assert_eq!(lantern.server.received().len(), 0);
    let (status, told) = tried(&own, Some(PASSWORD), &[]);
    assert_eq!(status, Some(0), "{told}");
}
