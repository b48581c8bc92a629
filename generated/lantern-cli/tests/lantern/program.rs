//! The program as a process, against the mock server over loopback.

use crate::common::{KEY, Lantern, canary_in};
use lantern_mock::{Fault, Script};
use serde_json::{Value, json};

#[test]
fn flags_become_the_query_and_the_body_of_the_request() {
    let lantern = Lantern::start();
    let done = lantern.run(&[
        "credits",
        "usage",
        "--start-date",
        "2024-01-01",
        "--end-date",
        "2024-12-31 12:00",
    ]);
    assert_eq!(done.status, 0, "{done:?}");
    let received = lantern.server.received();
    assert_eq!(received[0].path, "/v1/credits/usage");
    let query = &received[0].query;
    assert!(query.contains("start_date=2024-01-01T00%3A00%3A00Z"), "{query}");
    assert!(query.contains("end_date=2024-12-31T12%3A00%3A00Z"), "{query}");
    let done = lantern.run(&["enrichment", "ai", "--query-text", "x"]);
    assert_eq!(done.status, 2, "a flag that there is not is a fault of the caller");
    let done = lantern.run(&[
        "enrichment",
        "phone",
        "--record-id",
        "crm-001",
        "--email",
        "ada@example.com",
    ]);
    assert_eq!(done.status, 0, "{done:?}");
    let body = lantern.server.received()[1].json();
    assert_eq!(body, json!({"record_id": "crm-001", "email": "ada@example.com"}));
}

#[test]
fn a_body_comes_from_a_file_or_standard_input_and_flags_add_to_it() {
    let lantern = Lantern::start();
    let input = r#"{"record_id": "crm-1", "email": "a@example.com"}"#;
    let arguments = ["enrichment", "phone", "--json", "-", "--email", "b@example.com"];
    let done = lantern.run_with_input(&arguments, input);
    assert_eq!(done.status, 0, "{done:?}");
    let body = lantern.server.received()[0].json();
    assert_eq!(body, json!({"record_id": "crm-1", "email": "b@example.com"}));
}

#[test]
fn replies_are_data_on_standard_output_and_all_else_is_not() {
    let lantern = Lantern::start();
    let remaining = ["credits", "remaining"];
    let done = lantern.run(&remaining);
    let value: Value =
        serde_json::from_str(&done.stdout).expect("JSON, because this is no terminal");
    assert!(value.get("remaining_credits").is_some());
    assert_eq!(done.stderr, "");
    let only = lantern.run(&["credits", "remaining", "--query", "$.remaining_credits", "-v"]);
    assert_eq!(only.stdout.trim(), value["remaining_credits"].to_string());
    assert!(
        only.stderr.contains("credits left: ") && only.stderr.contains("200 after "),
        "{only:?}"
    );
    for (form, part) in [
        ("csv", "remaining_credits"),
        ("yaml", "remaining_credits: "),
        ("jsonl", "{\""),
        ("table", " remaining_credits "),
    ] {
        let done = lantern.run(&["--output", form, "credits", "remaining"]);
        assert!(done.stdout.contains(part), "{form}: {done:?}");
    }
}

#[test]
fn each_kind_of_failure_has_its_exit_status_and_says_what_to_do_next() {
    let lantern = Lantern::start();
    let call = ["enrichment", "phone", "--record-id", "crm-1", "--email", "a@example.com"];
    for (status, exit, hint) in [
        (401, 4, "--key-file"),
        (403, 4, "LANTERN_API_KEY"),
        (402, 5, "add credits"),
        (404, 6, "check the ids"),
        (422, 6, "--dry-run"),
        (500, 8, "try again later"),
    ] {
        lantern.server.reset();
        lantern.server.script(Script::status(status).of("enrichment.phone").times(9));
        let done = lantern.run(&[&call[..], &["--timeout", "5"]].concat());
        assert_eq!(done.status, exit, "{status}: {done:?}");
        assert!(
            done.stderr.starts_with("error: ") && done.stderr.contains(hint),
            "{status}: {done:?}"
        );
        assert_eq!(done.stdout, "");
    }
}

#[test]
fn a_lost_reply_of_what_may_act_twice_is_told_and_not_sent_again() {
    let lantern = Lantern::start();
    lantern.server.script(Script::fault(Fault::Disconnect).of("batches.phone").times(5));
    let batch = ["batches", "phone", "--entity-type", "person", "--max-credits", "5", "--ids", "a"];
    let done = lantern.run(&batch);
    assert_eq!(done.status, 10, "{done:?}");
    assert_eq!(lantern.server.received().len(), 1);
    assert!(done.stderr.contains("may have acted"), "{done:?}");
}

#[test]
fn wrong_use_is_told_before_anything_is_sent() {
    let lantern = Lantern::start();
    let date = lantern.run(&["credits", "usage", "--start-date", "soon", "--end-date", "today"]);
    assert_eq!(date.status, 2);
    assert!(date.stderr.contains("--start-date") && date.stderr.contains("yesterday"), "{date:?}");
    let missing = lantern.run(&["enrichment", "phone", "--email", "a@example.com"]);
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("--record-id"), "{missing:?}");
    let by_file = lantern.run_with_input(&["enrichment", "phone", "--json", "-"], "{}");
    assert!(by_file.stderr.contains("`record_id`"), "{by_file:?}");
    let query = lantern.run(&["credits", "remaining", "--query", "$["]);
    assert!(query.status == 2 && query.stderr.contains("JSONPath"), "{query:?}");
    assert_eq!(lantern.server.received().len(), 0);
}

#[test]
fn a_dry_run_shows_the_request_and_sends_nothing() {
    let lantern = Lantern::start();
    let done = lantern.run(&["enrichment", "phone", "--record-id", "1", "--dry-run"]);
    assert_eq!(done.status, 0);
    assert!(
        done.stderr.contains("POST /v1/enrich/phone")
            && done.stderr.contains(r#"{"record_id":"1"}"#)
    );
    assert_eq!(lantern.server.received().len(), 0);
}

#[test]
fn the_key_comes_from_a_file_the_environment_or_login() {
    let lantern = Lantern::start();
    let without = lantern.run_without_key(&["credits", "remaining"], "");
    assert_eq!(without.status, 3);
    for part in ["LANTERN_API_KEY", "--key-file", "lantern login"] {
        assert!(without.stderr.contains(part), "{without:?}");
    }
    let file = lantern.home.path().join("key");
    std::fs::write(&file, format!("{KEY}\n")).expect("a file");
    let file = file.to_string_lossy().into_owned();
    let by_file = lantern.run_without_key(&["credits", "remaining", "--key-file", &file], "");
    assert_eq!(by_file.status, 0, "{by_file:?}");
    let login = lantern.run_without_key(&["login"], &format!("{KEY}\n"));
    assert_eq!(login.status, 0, "{login:?}");
    assert!(!canary_in(&login), "{login:?}");
    let kept = lantern.run_without_key(&["credits", "remaining"], "");
    assert_eq!(kept.status, 0, "{kept:?}");
    assert_eq!(lantern.run_without_key(&["logout"], "").status, 0);
    assert_eq!(lantern.run_without_key(&["credits", "remaining"], "").status, 3);
}

/// The key is nowhere but in the request, whatever happens and however much is told.
#[test]
fn the_key_is_never_shown() {
    let lantern = Lantern::start();
    let replies: [Option<Script>; 4] = [
        None,
        Some(Script::status(401).json(json!({"error": format!("bad key {KEY}")}))),
        Some(
            Script::status(422)
                .json(json!({"detail": [{"loc": ["header", KEY], "msg": KEY, "type": "x"}]})),
        ),
        Some(Script::fault(Fault::Disconnect)),
    ];
    for reply in replies {
        for verbosity in ["", "-v", "-vv", "-vvv"] {
            lantern.server.reset();
            if let Some(reply) = &reply {
                lantern.server.script(reply.clone().of("batches.phone").times(9));
            }
            let flags = [verbosity].into_iter().filter(|flag| !flag.is_empty());
            let call =
                ["batches", "phone", "--entity-type", "person", "--max-credits", "5", "--ids", "a"];
            let call = call.into_iter().chain(flags);
            let done = lantern.run(&call.collect::<Vec<_>>());
            assert!(!canary_in(&done), "{done:?}");
        }
    }
    for wrong in [vec!["credits", "remaining", "--base-url", "http://127.0.0.1:1"], vec!["credits"]]
    {
        assert!(!canary_in(&lantern.run(&wrong)));
    }
}

/// The same of bulk runs and batches, and of all files that they leave.
#[test]
fn the_key_is_in_no_file_and_no_output_of_bulk_runs_and_batches() {
    let lantern = Lantern::start();
    std::fs::write(lantern.home.path().join("rows.csv"), "query,id\na,1\n").expect("a file");
    let echo = |status| Script::status(status).json(json!({"error": format!("bad key {KEY}")}));
    let bulk = ["enrichment", "ai", "--from", "rows.csv", "-o", "out.jsonl"];
    let submit = ["batches", "submit", "phone", "--records", "rows.csv", "--column", "id"];
    let submit = [&submit[..], &["--entity-type", "person", "--max-credits", "5"]].concat();
    for status in [401, 422, 500] {
        for call in [&bulk[..], &submit] {
            lantern.server.reset();
            lantern.server.script(echo(status));
            for more in [&["-vvv"][..], &["-vvv", "--resume"]] {
                let done = lantern.run(&[call, more].concat());
                assert!(!canary_in(&done), "{done:?}");
            }
        }
        for call in
            [&["batches", "list", "-vvv"][..], &["batches", "wait", "--deadline", "1", "-vvv"]]
        {
            assert!(!canary_in(&lantern.run(call)));
        }
        let files = ["out.jsonl", "out.jsonl.ledger", ".local/state/lantern/batches.ledger"];
        for file in files.map(|file| lantern.home.path().join(file)).iter().filter(|it| it.exists())
        {
            let bytes = std::fs::read(file).expect("a file");
            assert!(!String::from_utf8_lossy(&bytes).contains(KEY), "{status}: {}", file.display());
            std::fs::remove_file(file).expect("it is there");
        }
    }
}

#[test]
fn completions_and_manual_pages_have_all_commands() {
    let lantern = Lantern::start();
    for shell in ["bash", "zsh", "fish"] {
        let done = lantern.run(&["completions", shell]);
        assert!(done.stdout.contains("start-date"), "{shell}");
    }
    let folder = lantern.home.path().join("man");
    let done = lantern.run(&["man", &folder.to_string_lossy()]);
    assert_eq!(done.status, 0, "{done:?}");
    assert!(folder.join("lantern-credits-usage.1").is_file());
}

#[test]
fn help_says_at_every_level_what_there_is() {
    let lantern = Lantern::start();
    let root = lantern.run(&["--help"]).stdout;
    for part in ["enrichment", "Exit statuses", "LANTERN_API_KEY", "login"] {
        assert!(root.contains(part), "{part}: {root}");
    }
    let group = lantern.run(&["enrichment", "--help"]).stdout;
    assert!(group.contains("phone") && group.contains("Enrich one record"), "{group}");
    let command = lantern.run(&["enrichment", "phone", "--help"]).stdout;
    for part in [
        "--record-id",
        "POST /v1/enrich/phone",
        "50 requests in 60 s",
        "It costs credits",
        "[required, unless --json or --from has it]",
        "Example:",
    ] {
        assert!(command.contains(part), "{part}: {command}");
    }
}

/// On Linux the client trusts what `SSL_CERT_FILE` has.
#[cfg(target_os = "linux")]
#[test]
fn a_server_with_tls_is_called_if_its_certificate_is_trusted() {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let lantern = Lantern::start_with(|server| {
        server.tls(certificate.as_bytes(), key.as_bytes()).expect("a certificate and its key")
    });
    assert!(lantern.server.url().starts_with("https://"));
    let file = lantern.home.path().join("cert.pem");
    std::fs::write(&file, certificate).expect("a file");
    let call = |is_trusted: bool| {
        let mut command = lantern.command(&["credits", "remaining"]);
        command.env("LANTERN_API_KEY", KEY);
        if is_trusted {
            command.env("SSL_CERT_FILE", &file);
        }
        command.output().expect("a process").status.code()
    };
    assert_eq!((call(false), call(true)), (Some(9), Some(0)));
}
