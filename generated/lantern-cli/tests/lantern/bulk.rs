//! Bulk runs of the program against the mock server: what it was charged for is what the ledger has.

use std::collections::HashSet;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

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

/// A run that is killed at any moment goes on where it was.
#[cfg(unix)]
#[test]
fn killed_runs_go_on_and_no_row_is_lost_or_paid_twice() {
    let pause = Duration::from_millis(20);
    let lantern = Lantern::start_with(|server| server.latency(pause, 2 * pause));
    contacts(&lantern, 40);
    for kill in 0..8_u64 {
        let more: &[&str] = if kill == 0 { &[] } else { &["--resume"] };
        let mut command = lantern.command(&with(more));
        command.env("LANTERN_API_KEY", KEY).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("a process");
        thread::sleep(Duration::from_millis(40 + 23 * kill));
        let _ = child.kill();
        let _ = child.wait();
    }
    let done = lantern.run(&with(&["--resume"]));
    assert_eq!(done.status, 0, "{done:?}");
    assert_eq!(states(&lantern, "answered"), 40);
    assert_none_paid_twice(&lantern);
    assert_eq!(lantern.server.account().charges.len(), 40);
}
