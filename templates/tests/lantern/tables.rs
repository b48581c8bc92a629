//! Results as they may come: CSV, JSON, and what is neither.

use std::io::Write;
use std::sync::LazyLock;

use bytes::Bytes;
use lantern_client::batch::{Batch, Fetch, Fetched, Fetching, Part, Place, Record, Table};
use lantern_client::batches::{EmailEnrichBatch, PhoneEnrichBatch};
use lantern_client::types::PhoneBatchRow;
use lantern_client::{Client, Error, ErrorKind};

/// What is there at once.
#[derive(Clone, Debug)]
pub struct Here(pub Fetched);

impl Fetch for Here {
    fn fetch<'a>(&'a self, _: &'a Place, _: usize) -> Fetching<'a> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

fn here(bytes: impl AsRef<[u8]>) -> Here {
    Here(Fetched::Found(Bytes::copy_from_slice(bytes.as_ref())))
}

fn parts(parts: &[(&str, &str)]) -> Here {
    let part = |(name, text): &(&str, &str)| Part {
        name: Some((*name).to_owned()),
        bytes: Bytes::copy_from_slice(text.as_bytes()),
    };
    Here(Fetched::Parts(parts.iter().map(part).collect()))
}

pub fn stored(operation: &str, place: &str) -> String {
    let accepted = serde_json::json!({
        "run_id": "run-1", "result_path": place, "credits_csv_path": place
    });
    serde_json::json!({"operation": operation, "accepted": accepted}).to_string()
}

pub fn phone_batch(place: &str) -> Batch<PhoneEnrichBatch> {
    let stored = stored("phone_enrich_batch_v1_agents_phone_post", place);
    serde_json::from_str(&stored).expect("a batch")
}

fn email_batch() -> Batch<EmailEnrichBatch> {
    let stored = stored("email_enrich_batch_v1_agents_email_post", "s3://bucket/1.csv");
    serde_json::from_str(&stored).expect("a batch")
}

fn client() -> Client {
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        Client::builder().api_key(crate::KEY).max_body(1 << 24).build().expect("a client")
    });
    CLIENT.clone()
}

async fn typed(fetch: Here) -> Result<Table<PhoneBatchRow>, Error> {
    phone_batch("s3://bucket/1.csv").wait(&client()).fetch_by(fetch).await
}

async fn records(fetch: Here) -> Result<Table<Record>, Error> {
    email_batch().wait(&client()).fetch_by(fetch).await
}

/// The good rows, a text each, and the bad ones by line.
async fn rows(bytes: impl AsRef<[u8]>) -> (Vec<String>, Vec<(u64, String)>) {
    let table = records(here(bytes)).await.expect("a table");
    let (good, bad) = table.split();
    let shown = |row: &Record| row.iter().map(|(_, cell)| cell).collect::<Vec<_>>().join("|");
    (good.iter().map(shown).collect(), bad.into_iter().map(|bad| (bad.line, bad.reason)).collect())
}

async fn lines_of_bad(bytes: impl AsRef<[u8]>) -> (Vec<String>, Vec<u64>) {
    let (good, bad) = rows(bytes).await;
    (good, bad.into_iter().map(|(line, _)| line).collect())
}

const OPEN: &str = "a quote in it is not closed";

#[tokio::test]
async fn c30_an_unclosed_quote_costs_its_own_row() {
    let cases: [(&str, &[&str], &[u64]); 12] = [
        ("a,b\n1,2\n\"3,4\n5,6\n", &["1|2", "5|6"], &[3]),
        ("a,b\n1,\"2\n3,4\n5,6\n", &["3|4", "5|6"], &[2]),
        // What looks like its end opens a cell of another row.
        ("a,b\n1,\"2\n3,\"4\"\n5,6\n", &["3|4", "5|6"], &[2]),
        ("a,b\n1,\"2\n\"3\",\"4\"\n5,6\n", &["3|4", "5|6"], &[2]),
        ("a,b\n\"1,2\n\"3,4\n5,6\n", &["5|6"], &[2, 3]),
        // Empty cells in quotes do not close it.
        ("a,b\n\"1,2\n3,\"\"\n5,6\n", &["3|", "5|6"], &[2]),
        // Closed by the wrong quote: the next line is a row by itself.
        ("a,b\n\"1,2\n3,\"\n5,6\n7,8", &["5|6", "7|8"], &[2]),
        ("a,b\n\"1,2\n3,4\n5,6,\"\n7,8\n", &["3|4", "7|8"], &[2, 4]),
        // At the end of the file.
        ("a,b\n1,2\n3,\"4", &["1|2"], &[3]),
        ("a,b\n1,2\n3,\"4\n", &["1|2"], &[3]),
        ("a\n\"1\n2\n", &["2"], &[2]),
        ("a,b\n\"1\n\n2,3\n", &["2|3"], &[2]),
    ];
    for (csv, good, bad) in cases {
        for (name, csv) in [
            ("LF", csv.to_owned()),
            ("CRLF", csv.replace('\n', "\r\n")),
            ("CR", csv.replace('\n', "\r")),
        ] {
            let found = lines_of_bad(&csv).await;
            assert_eq!(
                (found.0, &found.1[..]),
                (good.iter().map(|row| (*row).to_owned()).collect(), bad),
                "{name} {csv:?}"
            );
        }
    }
    let (_, bad) = rows("a,b\n\"1,2\n3,4\n").await;
    assert_eq!(bad, [(2, OPEN.to_owned())]);
}

#[tokio::test]
async fn c30_quoted_line_breaks_belong_to_their_row() {
    for end in ["\n", "\r\n", "\r"] {
        let csv = "a,b\n\"1\n1\",\"x\ny\nz\"\n2,2\n3,3,3\n4,4\n".replace('\n', end);
        let (good, bad) = lines_of_bad(&csv).await;
        let first = format!("1{end}1|x{end}y{end}z");
        assert_eq!((good, bad), (vec![first, "2|2".into(), "4|4".into()], vec![7]), "{csv:?}");
    }
    // A row of several lines with a cell too many is one bad row.
    assert_eq!(lines_of_bad("a,b\n\"1\n1\",2,3\n4,5\n").await, (vec!["4|5".into()], vec![2]));
    assert_eq!(
        lines_of_bad("a,b\n\"1\n1\n1\",2,3\n4\n5,6\n").await,
        (vec!["5|6".into()], vec![2, 5])
    );
    // Lines of different kinds, empty ones, and a header of two lines.
    let mixed = "\n\"a\na\",b\r\n1,2\r\n\r\n3\n\r4\r5,6\n";
    assert_eq!(lines_of_bad(mixed).await, (vec!["1|2".into(), "5|6".into()], vec![6, 8]));
}

#[tokio::test]
async fn c30_quotes_are_read_as_rfc_4180_says_and_stray_ones_kept() {
    let csv =
        "a,b\n\"1 \"\"x\"\"\",\"2,2\"\n\"\",\"\"\"\"\n5\" pipe,6\"\"\n\"5\" pipe,\"6\"\"\" x\n";
    let (good, bad) = rows(csv).await;
    assert_eq!(good, ["1 \"x\"|2,2", "|\"", "5\" pipe|6\"\"", "5 pipe|6\" x"]);
    assert!(bad.is_empty(), "{bad:?}");
}

#[tokio::test]
async fn c30_each_bad_row_is_told_once_with_its_line() {
    for end in ["\n", "\r\n", "\r"] {
        let mut csv =
            format!("id,first_name,last_name,company_name,company_url,linkedin{end}").into_bytes();
        let rows: [&[u8]; 5] =
            [b"1,Ada,,,,", b"2,Ada,,,", b"3,Ada,,,,,x", b"4,\xFF,,,,", b"5,Ada,,,,"];
        for row in rows {
            csv.extend_from_slice(row);
            csv.extend_from_slice(end.as_bytes());
        }
        let (good, bad) = typed(here(&csv)).await.expect("a table").split();
        assert_eq!(good.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["1", "5"]);
        let told: Vec<_> = bad.iter().map(ToString::to_string).collect();
        assert_eq!(told[0], "line 3: the number of its cells is 5, and of columns 6");
        assert_eq!(told[1], "line 4: the number of its cells is 7, and of columns 6");
        assert!(told[2].starts_with("line 5: it is not UTF-8"), "{told:?}");
        assert_eq!(told.len(), 3);
        assert_eq!(bad[1].cells[1], "Ada");
        assert_eq!((bad[0].cells.len(), bad[1].cells.len()), (5, 7));
    }
}

/// Were the work quadratic, this would not end: 10^5 rows are 10^10 steps.
#[tokio::test]
async fn c30_a_hundred_thousand_bad_rows_cost_linear_time() {
    const ROWS: usize = 100_000;
    for row in ["\"5000,Ada", "1,\"Ada", "x\",\",", "1,2,3", "\"1", ",\""] {
        let csv = format!("a,b\n{}", format!("{row}\n").repeat(ROWS));
        let table = records(here(&csv)).await.expect("a table");
        let mut lines = vec![1];
        lines.extend(table.rows().filter_map(|row| row.err().map(|bad| bad.line)));
        assert!(lines.windows(2).all(|two| two[0] < two[1]), "{row}: told once each");
        if !matches!(row, ",\"") {
            assert_eq!(lines.len(), ROWS + 1, "{row}");
        }
    }
    let json = "{\"a\": 1}\n{\"a\": \n".repeat(ROWS / 2);
    let (good, bad) = records(here(json)).await.expect("a table").split();
    assert_eq!((good.len(), bad.len()), (ROWS / 2, ROWS / 2));
}

#[tokio::test]
async fn c30_columns_of_all_spellings_are_read() {
    let cases: [(&str, &[&str], &[&str]); 10] = [
        (
            "\u{feff}id,phone\r\n1,+14155550100\r\n2,\r\n",
            &["id", "phone"],
            &["1|+14155550100", "2|"],
        ),
        ("id;phone\n1;a,b\n", &["id", "phone"], &["1|a,b"]),
        ("id\tphone\n1\ta;b\n", &["id", "phone"], &["1|a;b"]),
        ("id|phone\n1|a\n", &["id", "phone"], &["1|a"]),
        ("sep=;\r\nid;phone\r\n1;2\r\n", &["id", "phone"], &["1|2"]),
        ("\"sep=\t\"\nid\tphone\n1\t2\n", &["id", "phone"], &["1|2"]),
        ("id,\"a;b;c\"\n1,2\n", &["id", "a;b;c"], &["1|2"]),
        ("\"a,b\";id\n1;2\n", &["a,b", "id"], &["1|2"]),
        (
            "id, phone ,phone,phone_2,phone\n1,2,3,4,5\n",
            &["id", "phone", "phone_3", "phone_2", "phone_4"],
            &["1|2|3|4|5"],
        ),
        ("id,phone,,\n1,2,,\n3,4\n5,6,\n", &["id", "phone"], &["1|2", "3|4", "5|6"]),
    ];
    for (csv, columns, expected) in cases {
        let table = records(here(csv)).await.expect("a table");
        assert_eq!(table.columns(), columns, "{csv:?}");
        assert_eq!(table.csv(), csv.as_bytes());
        let (good, bad) = rows(csv).await;
        assert_eq!(good, expected, "{csv:?}");
        assert!(bad.is_empty(), "{csv:?}: {bad:?}");
    }
    assert_eq!(
        lines_of_bad("sep=;\nid;phone\n1;2\n3;4;5\n").await.1,
        [4],
        "the line of `sep=` counts"
    );
    assert_eq!(lines_of_bad("id,phone,,\n1,2,,x\n").await.1, [2], "a cell without a column");
    for only_columns in ["id\n", "id", "id,phone\r\n", "First Name,Last Name\n"] {
        assert_eq!(records(here(only_columns)).await.expect("a table").rows().count(), 0);
    }
}

#[tokio::test]
async fn c30_what_is_no_table_is_an_error_with_its_first_bytes() {
    let utf16: Vec<u8> = "\u{feff}id,phone\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bare_utf16: Vec<u8> = "id,phone\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let long = format!("Failed: {}", "x".repeat(5000));
    let cases: Vec<(&[u8], &str, &str)> = vec![
        (b"<html><body>Not found</body></html>", "HTML or XML", "<html><body>Not"),
        (b"\xEF\xBB\xBF\n<?xml version='1.0'?><Error/>", "HTML or XML", "<?xml version="),
        (br#"{"error": "the run failed"}"#, "JSON, and no rows", "the run failed"),
        (br#"{"detail": [{"msg": "field required"}]}"#, "JSON, and no rows", "field required"),
        (br#"{"success": false}"#, "JSON, and no rows", "success"),
        (br#"{"status": "processing"}"#, "JSON, and no rows", "processing"),
        (br#"{"a": [{}], "b": [{}]}"#, "JSON, and no rows", "[{}]"),
        (br#"["not found"]"#, "JSON, and no rows", "not found"),
        (br#"{"id": "#, "JSON, and no rows", "id"),
        (b"[", "JSON, and no rows", "["),
        (b"Internal Server Error", "it is text and not a table", "Internal Server Error"),
        (b"The run has failed, please try again.\n", "it is text and not a table", "The run has"),
        (b"Run failed, retry later", "it is text and not a table", "Run failed"),
        (b"Error: no credits, sorry", "it is text and not a table", "Error: no"),
        (long.as_bytes(), "it is text and not a table", "Failed: xxx"),
        (b"\x1F\x8B\x08\x00garbage", "gzip that cannot be unpacked", "\\u{8}"),
        (b"PK\x03\x04zip", "a ZIP archive", "PK"),
        (b"PAR1\x15\x04", "Parquet", "PAR1"),
        (b"id,pho\x00ne\n", "not text", "id,pho"),
        (&utf16, "UTF-16", "i"),
        (&bare_utf16, "UTF-16", "i"),
        (b"\"id,phone\n1,2\n", "columns cannot be read: a quote", "id,phone"),
        (b",,\n1,2,3\n", "it is text and not a table", ",,"),
        (b"\xFFid,phone\n", "not UTF-8", "id,phone"),
    ];
    for (bytes, what, first) in cases {
        for error in [records(here(bytes)).await.map(drop), typed(here(bytes)).await.map(drop)] {
            let error = error.expect_err(what);
            assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
            let told = error.to_string();
            assert!(told.contains(what) && told.contains(first), "{what}: {told}");
            assert!(told.contains("run-1") && told.contains("`Wait::parts`"), "{told}");
            assert!(told.len() < 400 && told.chars().all(|letter| !letter.is_control()), "{told}");
            assert!(!error.is_retryable());
        }
    }
    // Of rows that are known, a column is missing.
    for text in ["pending", "name,phone\n", "{\"name\": \"Ada\"}", "{\"results\": 1}"] {
        let error = typed(here(text)).await.expect_err("another table");
        assert_eq!(error.kind(), ErrorKind::Decode, "{text}");
    }
    for empty in ["", "\u{feff}", "\n \r\n"] {
        let error = records(here(empty)).await.expect_err("nothing");
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("it is empty") && error.is_retryable(), "{error}");
    }
    let wait = email_batch().wait(&client()).fetch_by(here("<html>"));
    let got = wait.parts().await.expect("what is there");
    assert_eq!(got, [Part { name: None, bytes: Bytes::from_static(b"<html>") }]);
}

#[tokio::test]
async fn c30_json_and_json_lines_are_rows() {
    let rows = r#"[{"id": "a", "phone": 1.50, "n": null}, {"id": "b", "ok": true, "phone": "x", "tags": ["t"]}]"#;
    let lines = "{\"id\": \"a\", \"phone\": 1.50, \"n\": null}\r\n\n{\"id\": \"b\", \"ok\": true, \"phone\": \"x\", \"tags\": [\"t\"]}";
    let within =
        format!("{{\"run_id\": \"r\", \"count\": 2, \"results\": {rows}, \"took\": {{}}}}");
    for json in [rows.to_owned(), lines.to_owned(), within, format!("\u{feff} {rows}\n")] {
        let table = records(here(&json)).await.expect("a table");
        assert_eq!(table.columns(), ["id", "phone", "n", "ok", "tags"], "{json}");
        let (good, bad) = table.split();
        assert!(bad.is_empty(), "{json} {bad:?}");
        assert_eq!(good[0].get("phone"), Some("1.50"), "digits stay");
        assert_eq!((good[0].get("n"), good[0].get("ok")), (Some(""), None));
        assert_eq!((good[1].get("ok"), good[1].get("phone")), (Some("true"), Some("x")));
        assert_eq!(good[1].get("tags"), Some("[\"t\"]"));
        let table = typed(here(&json)).await.expect("a table");
        let rows: Vec<_> = table.rows().map(|row| row.expect("a row")).collect();
        assert_eq!((rows[0].id.as_str(), rows[1].id.as_str()), ("a", "b"));
        assert_eq!(rows[1].extra["ok"], true);
        assert_eq!(rows[1].extra["tags"][0], "t");
    }
    for none in ["[]", "{\"results\": []}", " [ ] "] {
        assert_eq!(records(here(none)).await.expect("a table").rows().count(), 0, "{none}");
    }
    // An object alone is a row where it has what a row has.
    for alone in
        ["{\"id\": \"a\", \"error\": \"none\"}", "{\n \"id\": \"a\",\n \"tags\": [{}]\n}\n"]
    {
        let table = typed(here(alone)).await.expect("a table");
        assert_eq!(table.rows().map(|row| row.expect("a row").id).collect::<Vec<_>>(), ["a"]);
    }
    assert_eq!(records(here("{\"id\": \"a\"}")).await.expect("a table").rows().count(), 1);
    // What a row asks for is as lenient as in CSV.
    let table = typed(here("[{\"id\": 7, \"first_name\": null}]")).await.expect("a table");
    let row = table.rows().next().expect("one").expect("a row");
    assert_eq!((row.id.as_str(), row.first_name), ("7", None));
}

#[tokio::test]
async fn c30_bad_rows_of_json_say_their_line() {
    let list = "[\n {\"id\": \"a\"},\n 7,\n {\"id\": [}],\n {\"id\": \"d\"}]";
    assert_eq!(lines_of_bad(list).await, (vec!["a".into()], vec![3, 4]));
    for cut in [
        "[{\"id\": \"a\"},",
        "[{\"id\": \"a\"}",
        "[{\"id\": \"a\"},\n{\"id\"",
        "{\"rows\": [{\"id\": \"a\"}",
    ] {
        let table = records(here(cut)).await;
        match table.map(|table| table.split()) {
            Ok((good, bad)) => {
                assert_eq!((good.len(), bad.len()), (1, 1), "{cut}");
                assert!(bad[0].reason.contains("cut off"), "{cut}: {}", bad[0]);
            }
            Err(error) => assert!(cut.starts_with('{'), "{error}"),
        }
    }
    let lines = "{\"id\": \"a\"}\n{\"id\": \nnull\r\n[]\r{\"id\": \"e\"} x\n{\"id\": \"f\"}\n";
    let (good, bad) = lines_of_bad(lines).await;
    assert_eq!((good, bad), (vec!["a".into(), "f".into()], vec![2, 3, 4, 5]));
    // The first one may be bad, too.
    let (good, bad) = lines_of_bad("{\"id\": \n{\"id\": \"b\"}\n").await;
    assert_eq!((good, bad), (vec!["b".into()], vec![1]));
    let table = typed(here("{\"id\": \"a\"}\n{\"name\": \"b\"}\n")).await.expect("a table");
    let (good, bad) = table.split();
    assert_eq!((good.len(), bad[0].line), (1, 2));
    assert_eq!(bad[0].cells, ["{\"name\": \"b\"}"]);
}

#[tokio::test]
async fn c30_gzip_is_unpacked_to_the_end_and_no_further_than_allowed() {
    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text.as_bytes()).expect("room");
        encoder.finish().expect("room")
    };
    let two = [gzip("id,phone\n1,2\n"), gzip("3,4\n")].concat();
    let table = records(here(two)).await.expect("a table");
    assert_eq!(table.csv(), "id,phone\n1,2\n3,4\n".as_bytes());
    let whole = gzip(&format!("id\n{}", "1\n".repeat(100)));
    let cut = records(here(&whole[..whole.len() - 9])).await.expect_err("it is cut");
    assert_eq!(cut.kind(), ErrorKind::Decode);
    for (size, fits) in [(1 << 24, true), ((1 << 24) + 1, false)] {
        let bytes = gzip(&format!("id\n{}", "1".repeat(size - 3)));
        let table = records(here(bytes)).await;
        assert_eq!(
            table.as_ref().err().map(Error::kind),
            (!fits).then_some(ErrorKind::BodyTooLarge)
        );
    }
}

#[tokio::test]
async fn c28_parts_with_the_same_columns_are_one_table() {
    let csv = [
        ("part-0", "id,n\n1,2\nbad"),
        ("part-1", "\u{feff}id,n\r\n3,4\r\n5\r\n"),
        ("part-2", "id,n\n"),
    ];
    let table = records(parts(&csv)).await.expect("a table");
    let (good, bad) = table.split();
    assert_eq!(good.iter().map(|row| row.get("id")).collect::<Vec<_>>(), [Some("1"), Some("3")]);
    let told: Vec<_> = bad.iter().map(|bad| (bad.line, bad.part.as_deref())).collect();
    assert_eq!(told, [(3, Some("part-0")), (3, Some("part-1"))]);
    assert!(bad[0].to_string().starts_with("line 3 of \"part-0\": the number"), "{}", bad[0]);
    assert_eq!(table.csv(), "id,n\n1,2\nbad\n3,4\r\n5\r\n".as_bytes());
    let json = [("a.json", "[{\"id\": 1}]"), ("b.json", "{\"id\": 2, \"n\": 3}\n{\"m\": 1}")];
    let table = records(parts(&json)).await.expect("a table");
    assert_eq!((table.columns().join(","), table.rows().count()), ("id,n,m".to_owned(), 3));
    for odd in
        [[("a", "id,n\n1,2\n"), ("b", "n,id\n1,2\n")], [("a", "id\n1\n"), ("b", "[{\"id\": 1}]")]]
    {
        let error = records(parts(&odd)).await.expect_err("two tables");
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(
            error.to_string().contains("\"a\"") && error.to_string().contains("\"b\""),
            "{error}"
        );
    }
    let error = records(parts(&[("a", "id\n1\n"), ("b", "")])).await.expect_err("an empty part");
    assert!(error.to_string().contains("of \"b\", it is empty"), "{error}");
}
