//! Bulk runs of the program against the mock server: what it was charged for is what the ledger has.

use std::collections::HashSet;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::{KEY, Lantern};
use lantern_mock::{Fault, Script};
use serde_json::Value;

fn contacts(lantern: &Lantern, rows: usize) {
    let mut text = String::from("Contact Id,Email,record_id\n");
    for row in 0..rows {
        text += &format!("x,contact-{row}@example.com,crm-{row}\n");
    }
    std::fs::write(lantern.home.path().join("contacts.csv"), text).expect("a file");
}

const CALL: [&str; 8] =
    ["enrichment", "phone", "--from", "contacts.csv", "--map", "email=Email", "-o", "out.jsonl"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    CALL.iter().chain(more).copied().collect()
}

fn output(lantern: &Lantern) -> Vec<Value> {
    let text = std::fs::read_to_string(lantern.home.path().join("out.jsonl")).expect("the output");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn states(lantern: &Lantern, state: &str) -> usize {
    output(lantern).iter().filter(|line| line["state"] == state).count()
}

/// Each key is charged at most once.
fn assert_none_paid_twice(lantern: &Lantern) {
    let charges = lantern.server.account().charges;
    let keys: HashSet<_> = charges.iter().map(|charge| charge.key.clone()).collect();
    assert_eq!(keys.len(), charges.len(), "a row was paid for twice");
}

#[test]
fn a_request_is_sent_for_each_row_and_each_reply_is_a_line() {
    let lantern = Lantern::start();
    contacts(&lantern, 20);
    let done = lantern.run(&CALL);
    assert_eq!(done.status, 0, "{done:?}");
    assert_eq!(done.stdout, "");
    assert!(done.stderr.contains("20 answered, 0 failed, 0 lost, 0 not sent"), "{done:?}");
    let rows: Vec<_> = output(&lantern).iter().map(|line| line["row"].as_i64()).collect();
    assert_eq!(rows, (1..=20).map(Some).collect::<Vec<_>>());
    let sent = lantern.server.received();
    assert!(sent.iter().any(
        |it| it.json()["email"] == "contact-7@example.com" && it.json()["record_id"] == "crm-7"
    ));
    let again = lantern.run(&CALL);
    assert!(again.status == 2 && again.stderr.contains("--resume"), "{again:?}");
    assert_eq!(lantern.run(&with(&["--resume"])).status, 0);
    assert_eq!(lantern.server.received().len(), 20, "nothing is sent again");
}

#[test]
fn a_dry_run_tells_what_would_be_sent_and_sends_nothing() {
    let lantern = Lantern::start();
    contacts(&lantern, 120);
    let done = lantern.run(&with(&["--dry-run"]));
    assert_eq!(done.status, 0, "{done:?}");
    for part in ["120 requests", "crm-0", "120 s or more", "costs credits", "nothing was sent"] {
        assert!(done.stderr.contains(part), "{part}: {done:?}");
    }
    assert_eq!(lantern.server.received().len(), 0);
    assert!(!lantern.home.path().join("out.jsonl.ledger").exists());
}

#[test]
fn faults_in_rows_are_told_before_anything_is_sent() {
    let lantern = Lantern::start();
    std::fs::write(lantern.home.path().join("contacts.csv"), "Email,record_id\na@example.com,\n")
        .expect("a file");
    let done = lantern.run(&CALL);
    assert!(
        done.status == 2 && done.stderr.contains("row 1: the body has no `record_id`"),
        "{done:?}"
    );
    let unknown = lantern.run(&with(&["--map", "phone=Tel"]));
    assert!(
        unknown.status == 2 && unknown.stderr.contains("there is no field `phone`"),
        "{unknown:?}"
    );
    assert_eq!(lantern.server.received().len(), 0);
}

#[test]
fn an_empty_account_stops_the_run_and_a_resumed_one_sends_the_rest() {
    let lantern = Lantern::start();
    contacts(&lantern, 12);
    lantern.server.set_credits(5.0);
    let done = lantern.run(&with(&["--concurrency", "1"]));
    assert_eq!(done.status, 5, "{done:?}");
    assert!(done.stderr.contains("--resume"), "{done:?}");
    lantern.server.set_credits(1000.0);
    let done = lantern.run(&with(&["--resume"]));
    assert_eq!(done.status, 0, "{done:?}");
    assert_eq!(states(&lantern, "answered"), 12);
    assert_none_paid_twice(&lantern);
    assert_eq!(lantern.server.account().charges.len(), 12);
}

#[test]
fn rows_that_fail_for_a_while_are_tried_again_and_refused_ones_are_not() {
    let lantern = Lantern::start();
    contacts(&lantern, 4);
    lantern.server.script(Script::status(422).of("enrichment.phone").times(1));
    lantern.server.script(Script::status(501).of("enrichment.phone").times(1));
    let done = lantern.run(&with(&["--concurrency", "1"]));
    assert_eq!(done.status, 11, "{done:?}");
    assert_eq!(lantern.run(&with(&["--resume"])).status, 11);
    assert_eq!((states(&lantern, "answered"), states(&lantern, "failed")), (3, 1));
}

/// Where sending again is not safe, a row whose reply was lost is told, and not sent again.
#[test]
fn a_lost_row_of_what_may_act_twice_is_not_sent_again() {
    let lantern = Lantern::start();
    std::fs::write(lantern.home.path().join("q.csv"), "query\na\nb\nc\n").expect("a file");
    lantern.server.script(Script::fault(Fault::Disconnect).of("enrichment.ai").times(1));
    let call = ["enrichment", "ai", "--from", "q.csv", "-o", "out.jsonl", "--concurrency", "1"];
    let done = lantern.run(&call);
    assert_eq!(done.status, 11, "{done:?}");
    assert_eq!((states(&lantern, "lost"), states(&lantern, "answered")), (1, 2));
    let sent = lantern.server.received().len();
    let resumed = lantern.run(&[&call[..], &["--resume"]].concat());
    assert_eq!(resumed.status, 11);
    assert_eq!(lantern.server.received().len(), sent, "nothing was sent");
}

/// What may have been charged counts, also in a run that goes on.
#[test]
fn the_credits_of_a_run_are_not_overrun_by_replies_that_are_lost() {
    let lantern = Lantern::start();
    contacts(&lantern, 10);
    lantern.server.set_faults(["timeout".parse().expect("a rule")]);
    let limits = ["--max-credits", "3", "--concurrency", "4", "--timeout", "1"];
    let done = lantern.run(&with(&limits));
    assert_eq!(done.status, 5, "{done:?}");
    assert!(done.stderr.contains("0 credits, and up to 3 for replies that were lost"), "{done:?}");
    assert_eq!(lantern.server.account().charged, 3.0);
    let again = lantern.run(&with(&[&limits[..], &["--resume"]].concat()));
    assert_eq!(again.status, 5, "{again:?}");
    assert_eq!(lantern.server.account().charged, 3.0, "the rows that were sent are paid for");
    lantern.server.set_faults([]);
    let done = lantern.run(&with(&["--max-credits", "10", "--concurrency", "4", "--resume"]));
    assert_eq!((done.status, states(&lantern, "answered")), (0, 10), "{done:?}");
    assert_eq!(lantern.server.account().charged, 10.0);
    assert_none_paid_twice(&lantern);
}

/// The service may have acted before it failed, so what may act twice is not sent again.
#[test]
fn a_row_that_the_service_failed_on_is_sent_again_only_where_that_is_safe() {
    for (command, file, again) in [("ai", "query\na\n", 1), ("phone", "record_id\na\n", 2)] {
        let lantern = Lantern::start();
        std::fs::write(lantern.home.path().join("rows.csv"), file).expect("a file");
        lantern.server.script(Script::status(501).json(serde_json::json!("why")).times(1));
        let call = ["enrichment", command, "--from", "rows.csv", "-o", "out.jsonl"];
        assert_eq!(lantern.run(&call).status, 11, "{command}");
        assert_eq!(output(&lantern)[0]["error"]["body"], "why", "{command}");
        let resumed = lantern.run(&[&call[..], &["--resume"]].concat());
        assert_eq!(lantern.server.received().len(), again, "{command}: {resumed:?}");
    }
}

/// What waits for its turn within the rate limit was not sent, so a run that is stopped does not wait for it.
#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_ends_at_once_and_sends_the_rest_when_it_goes_on() {
    let lantern = Lantern::start();
    contacts(&lantern, 55);
    let mut command = lantern.command(&CALL);
    command.env("LANTERN_API_KEY", KEY).stdout(Stdio::null()).stderr(Stdio::piped());
    let child = command.spawn().expect("a process");
    let began = Instant::now();
    while lantern.server.received().len() < 50 && began.elapsed() < Duration::from_secs(30) {
        thread::sleep(Duration::from_millis(10));
    }
    thread::sleep(Duration::from_millis(500));
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
    let stopped = child.wait_with_output().expect("an end");
    let told = String::from_utf8_lossy(&stopped.stderr);
    assert_eq!(stopped.status.code(), Some(130), "{told}");
    assert!(told.contains("50 answered, 0 failed, 0 lost, 5 not sent"), "{told}");
    assert!(began.elapsed() < Duration::from_secs(45), "it did not wait for a turn");
    assert_eq!(lantern.run(&with(&["--resume"])).status, 0);
    assert_eq!(lantern.server.account().charges.len(), 55);
}

/// How many runs are killed at random moments for each operation: few, or as many as `KILLED_RUNS` says.
#[cfg(unix)]
fn killed_runs() -> u64 {
    std::env::var("KILLED_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(8)
}

/// Runs a command again and again, kills each run at a random moment, and lets the last one end. Returns how that ended.
#[cfg(unix)]
fn kill_again_and_again(lantern: &Lantern, call: &[&str], kills: u64, seed: &mut u64) -> i32 {
    let resumed = [call, &["--resume"]].concat();
    for kill in 0..kills {
        let mut command = lantern.command(if kill == 0 { call } else { &resumed });
        command.env("LANTERN_API_KEY", KEY).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("a process");
        // Knuth's numbers (MMIX).
        *seed =
            seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        thread::sleep(Duration::from_millis((*seed >> 33) % 400));
        let _ = child.kill();
        let _ = child.wait();
    }
    lantern.run(&resumed).status
}

/// A run that is killed at any moment goes on where it was. What is safe by its key is all answered, and paid once. Of what may
/// act twice nothing is sent twice, and what was lost is told.
#[cfg(unix)]
#[test]
fn killed_runs_go_on_and_no_row_is_lost_or_paid_twice() {
    let (pause, rows, mut seed) = (Duration::from_millis(20), 40, 7);
    let lantern = Lantern::start_with(|server| server.latency(pause, 2 * pause));
    for round in 0..killed_runs().div_ceil(4) {
        let operations: [(&str, &str, bool, &[&str]); 2] = [
            ("phone", "record_id", true, &["--email", "ada@example.com"]),
            ("ai", "query", false, &[]),
        ];
        for (command, column, is_safe, flags) in operations {
            lantern.server.reset();
            let lines: String = (0..rows).map(|row| format!("{command}-{row}\n")).collect();
            let (file, out) = ("rows.csv", format!("{command}-{round}.jsonl"));
            std::fs::write(lantern.home.path().join(file), format!("{column}\n{lines}"))
                .expect("a file");
            let call = ["enrichment", command, "--from", file, "-o", &out];
            let call = [&call[..], flags].concat();
            let status = kill_again_and_again(&lantern, &call, 4, &mut seed);
            let text = std::fs::read_to_string(lantern.home.path().join(&out)).expect("the output");
            let count = |state: &str| text.matches(&format!("\"state\":\"{state}\"")).count();
            let (answered, lost) = (count("answered"), count("lost"));
            let charged = lantern.server.account().charges.len();
            assert_eq!(answered + lost, rows, "{text}");
            assert!((answered..=answered + lost).contains(&charged), "{charged} charges: {text}");
            assert_none_sent_twice(&lantern, column, is_safe);
            match is_safe {
                true => assert_eq!((status, answered, charged), (0, rows, rows)),
                false => assert_eq!(status, if lost > 0 { 11 } else { 0 }),
            }
        }
    }
}

/// What may act twice is sent once; what is safe may be sent again, and is charged once.
#[cfg(unix)]
fn assert_none_sent_twice(lantern: &Lantern, column: &str, is_safe: bool) {
    if is_safe {
        return assert_none_paid_twice(lantern);
    }
    let sent = lantern.server.received();
    let rows: HashSet<_> = sent.iter().map(|it| it.json()[column].to_string()).collect();
    assert_eq!(rows.len(), sent.len(), "a row was sent twice");
}
