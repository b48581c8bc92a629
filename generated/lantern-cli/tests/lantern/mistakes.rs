//! Mistakes of people: what they are told names what they wrote, and what to do.

use crate::common::Lantern;

/// A command, wrong flags, the exit status, and parts of what is told.
type Mistake<'a> = (&'a [&'a str], &'a [&'a str], i32, &'a [&'a str]);

#[test]
fn a_mistake_is_told_with_the_flag_and_a_way_out() {
    let lantern = Lantern::start();
    std::fs::write(lantern.home.path().join("rows.csv"), "Id\n1\n").expect("a file");
    let bulk = ["enrichment", "phone", "-o", "out.jsonl", "--from"];
    let submit = ["batches", "submit", "phone", "--entity-type", "person", "--max-credits", "5"];
    let remaining = ["credits", "remaining"];
    let taken = lantern.server.address().port().to_string();
    let cases: &[Mistake<'_>] = &[
        (&["enrichment", "phone"], &["--json", "{\"record_id\": 5}"], 2, &["a file", "--json -"]),
        (&["enrichment", "phone"], &["--json", "no.json"], 1, &["--json no.json: No such file"]),
        (&bulk, &["no.csv"], 1, &["--from no.csv: No such file"]),
        (&submit, &["--records", "no.csv"], 1, &["--records no.csv: No such file"]),
        (
            &submit,
            &["--records", "rows.csv", "--column", "x"],
            2,
            &["--records rows.csv", "are Id"],
        ),
        (&["batches", "wait"], &["9"], 2, &["no batch 9", "`batches list`"]),
        (
            &remaining,
            &["--base-url", "http://example.com"],
            3,
            &["--allow-plain-http", "--base-url"],
        ),
        (&remaining, &["--base-url", "ftp://x"], 3, &["LANTERN_BASE_URL"]),
        (&["mock"], &["--port", &taken], 1, &[&taken, "--port", "any that is free"]),
    ];
    for (command, flags, status, parts) in cases {
        let done = lantern.run(&[*command, *flags].concat());
        assert_eq!(done.status, *status, "{done:?}");
        for part in *parts {
            assert!(done.stderr.contains(part), "{part}: {done:?}");
        }
    }
    assert_eq!(lantern.server.received().len(), 0);
}
