//! Batches of the program against the mock server: what was submitted is in the ledger, and is not submitted twice.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::common::{Done, KEY, Lantern};
use lantern_mock::{Fault, Script};
use serde_json::{Value, json};

const SUBMIT: [&str; 9] = [
    "batches",
    "submit",
    "phone",
    "--entity-type",
    "person",
    "--max-credits",
    "5000",
    "--records",
    "ids.csv",
];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    SUBMIT.iter().chain(more).copied().collect()
}

fn start(delay: Duration) -> Lantern {
    Lantern::start_with(|server| server.batch_delay(delay))
}

fn records(lantern: &Lantern, count: usize) {
    let lines: String = (0..count).map(|row| format!("p-{row},x\n")).collect();
    std::fs::write(lantern.home.path().join("ids.csv"), format!("id,other\n{lines}"))
        .expect("a file");
}

fn json_of(done: &Done) -> Value {
    serde_json::from_str(&done.stdout).unwrap_or_else(|why| panic!("{why}: {done:?}"))
}

/// The states of the batches in the ledger.
fn states(lantern: &Lantern) -> Vec<String> {
    let list = json_of(&lantern.run(&["batches", "list"]));
    let batches = list.as_array().expect("a list").iter();
    batches.map(|batch| batch["state"].as_str().expect("a state").to_owned()).collect()
}

#[test]
fn a_batch_is_submitted_waited_for_and_read() {
    let lantern = start(Duration::from_secs(3));
    records(&lantern, 3);
    let submitted = lantern.run(&SUBMIT);
    assert_eq!(submitted.status, 0, "{submitted:?}");
    let batch = &json_of(&submitted)[0];
    assert_eq!((&batch["state"], &batch["records"]), (&json!("accepted"), &json!(3)));
    assert_eq!(lantern.server.received()[0].json()["ids"], json!(["p-0", "p-1", "p-2"]));
    let early = lantern.run(&["batches", "rows", "1"]);
    assert!(
        early.status == 9 && early.stderr.contains("`lantern batches wait 1` waits for them"),
        "{early:?}"
    );
    let waited = lantern.run(&["batches", "wait", "--every", "1"]);
    assert_eq!((waited.status, &json_of(&waited)[0]["state"]), (0, &json!("done")), "{waited:?}");
    let fetched = lantern.server.received().len();
    let rows = json_of(&lantern.run(&["batches", "rows", "1"]));
    let ids: Vec<_> = rows.as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["p-0", "p-1", "p-2"]);
    let csv = lantern.run(&["batches", "rows", "1", "--output", "csv", "--query", "$[*]"]).stdout;
    assert!(csv.starts_with("id,") && csv.lines().count() == 4, "{csv}");
    let lines = lantern.run(&["batches", "rows", "1", "--output", "jsonl"]).stdout;
    assert_eq!(lines.lines().count(), 3);
    assert_eq!(lantern.server.received().len(), fetched, "results that are kept are not fetched");
    let report = json_of(&lantern.run(&["batches", "rows", "1", "--report"]));
    assert_eq!(report.as_array().map(Vec::len), Some(3));
    let table = lantern.run(&["batches", "list", "--output", "table"]).stdout;
    assert!(table.contains("NUMBER") && table.contains("run-1") && !table.contains("results.csv"));
}

#[test]
fn the_same_records_are_not_submitted_twice_unless_that_is_asked_for() {
    let lantern = start(Duration::ZERO);
    records(&lantern, 2);
    assert_eq!(lantern.run(&SUBMIT).status, 0);
    let again = lantern.run(&SUBMIT);
    assert!(again.status == 2 && again.stderr.contains("this is batch 1"), "{again:?}");
    assert_eq!(lantern.run(&with(&["--resume"])).status, 0, "nothing is left to submit");
    assert_eq!(lantern.server.received().len(), 1);
    let dry = lantern.run(&with(&["--again", "--dry-run"]));
    assert!(dry.stderr.contains("2 records"), "{dry:?}");
    assert_eq!(lantern.run(&with(&["--again"])).status, 0);
    assert_eq!(states(&lantern), ["accepted", "accepted"]);
}

#[test]
fn what_was_refused_is_submitted_again_and_what_was_lost_is_not() {
    let lantern = start(Duration::ZERO);
    records(&lantern, 2);
    lantern.server.script(Script::status(422).of("batches.phone").times(1));
    let refused = lantern.run(&SUBMIT);
    assert!(refused.status == 6 && refused.stderr.contains("--resume"), "{refused:?}");
    lantern.server.script(Script::fault(Fault::Disconnect).of("batches.phone").times(1));
    let lost = lantern.run(&with(&["--resume"]));
    assert_eq!((lost.status, states(&lantern)), (10, vec!["sent".to_owned()]), "{lost:?}");
    for resumed in [lantern.run(&with(&["--resume"])), lantern.run(&SUBMIT)] {
        assert_eq!(resumed.status, 10, "{resumed:?}");
        assert!(resumed.stderr.contains("--again"), "{resumed:?}");
    }
    assert_eq!(lantern.server.received().len(), 2);
}

/// Runs a command, and kills it when this is so.
#[cfg(unix)]
fn kill_when(lantern: &Lantern, arguments: &[&str], is_time: impl Fn() -> bool) {
    let mut command = lantern.command(arguments);
    command.env("LANTERN_API_KEY", KEY).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("a process");
    let end = Instant::now() + Duration::from_secs(60);
    while !is_time() && Instant::now() < end {
        thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Between the request and its answer nobody knows what came of it, so it is not sent again.
#[cfg(unix)]
#[test]
fn a_submission_that_is_killed_before_its_answer_is_told_and_not_sent_again() {
    let second = Duration::from_secs(1);
    let lantern = Lantern::start_with(|server| server.latency(second, second));
    records(&lantern, 2);
    kill_when(&lantern, &SUBMIT, || lantern.server.received().len() == 1);
    assert_eq!(states(&lantern), ["sent"]);
    let resumed = lantern.run(&with(&["--resume"]));
    assert_eq!(resumed.status, 10, "{resumed:?}");
    assert_eq!(lantern.server.received().len(), 1);
}

/// The second batch waits for its turn within the rate limit, so it was not sent, and is when the command goes on.
#[cfg(unix)]
#[test]
fn what_waits_for_its_turn_when_the_program_is_killed_is_submitted_later() {
    let lantern = start(Duration::ZERO);
    records(&lantern, 1500);
    kill_when(&lantern, &SUBMIT, || states(&lantern).iter().any(|state| state == "accepted"));
    assert_eq!(states(&lantern), ["accepted", "planned"]);
    let resumed = lantern.run(&with(&["--resume"]));
    assert_eq!(resumed.status, 0, "{resumed:?}");
    assert_eq!(states(&lantern), ["accepted", "accepted"]);
    let sent: Vec<_> = lantern
        .server
        .received()
        .iter()
        .map(|it| it.json()["ids"].as_array().map(Vec::len))
        .collect();
    assert_eq!(sent, [Some(1000), Some(500)]);
}

/// The places of results may be signed, so nobody else can read them.
#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_ledger() {
    use std::os::unix::fs::PermissionsExt;
    let lantern = start(Duration::ZERO);
    assert_eq!(lantern.run(&["batches", "list"]).stdout, "[]\n");
    let file = lantern.home.path().join(".local/state/lantern/batches.ledger");
    assert_eq!(file.metadata().expect("the ledger").permissions().mode() & 0o777, 0o600);
}
