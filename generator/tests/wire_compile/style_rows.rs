//! What is sent for each parameter and value of a table.

use std::collections::BTreeMap;
use std::sync::mpsc::Receiver;

use serde::de::DeserializeOwned;
use service::Request;
use wire_styles::{Client, Error, ErrorKind};

mod service;

#[test]
fn each_row_is_sent_as_the_table_says() {
    let mut rows = Rows::new();
    // The rows.
    assert!(rows.wrong.is_empty(), "{}", rows.wrong.join("\n"));
}

struct Rows {
    client: Client,
    requests: Receiver<Request>,
    wrong: Vec<String>,
}

impl Rows {
    fn new() -> Self {
        let (url, requests) = service::serve();
        let client = Client::builder().base_url(&url).build().expect("a client");
        Self { client, requests, wrong: Vec::new() }
    }

    fn try_one(
        &mut self,
        index: usize,
        location: &str,
        operation: &str,
        expected: &str,
        call: impl FnOnce(&Client) -> Result<(), Error>,
    ) {
        let sent = match call(&self.client) {
            Ok(()) => {
                let request = self.requests.recv().expect("a request");
                let sent = sent(&request, location, operation);
                sent.map_or("nothing".to_owned(), |text| {
                    serde_json::to_string(&text).expect("a text")
                })
            }
            Err(error) if error.kind() == ErrorKind::Request => "refused".to_owned(),
            Err(error) => panic!("row {index}: {error}"),
        };
        if sent != expected {
            self.wrong.push(format!("row {index}\t{operation}\t{expected}\t{sent}"));
        }
    }
}

/// What stands in the place of the parameter.
fn sent(request: &Request, location: &str, operation: &str) -> Option<String> {
    let (path, query) = match request.target().split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (request.target(), None),
    };
    let header = |name| request.header(name).first().map(|line| (*line).to_owned());
    match location {
        "path" => path.strip_prefix(&format!("/{operation}/")).map(str::to_owned),
        "query" => query,
        "header" => header("x-p"),
        _ => header("cookie"),
    }
}

fn value<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect(json)
}
