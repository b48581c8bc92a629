//! What is made of the schemas of a table is accepted, and answered by what fits its schemas.

use std::path::PathBuf;
use std::sync::Arc;

use lantern_mock::{Direction, MockServer, Schemas, ValueMaker};
use lantern_operations::{Operation, Placement, Request, Table};
use reqwest::{Client, Method};
use serde_json::{Map, Value};

/// The tables here, and those in the folder `MOCK_TABLES`, such as `lantern-generator show operations` writes them.
fn tables() -> Vec<(PathBuf, Table)> {
    let here = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables"));
    let folders = [Some(here), std::env::var_os("MOCK_TABLES").map(PathBuf::from)];
    let files =
        folders.into_iter().flatten().flat_map(|it| std::fs::read_dir(it).expect("a folder"));
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a file");
        (path, Table::from_json(&text).expect("a table"))
    };
    files.map(|file| read(file.expect("a file").path())).collect()
}

/// A request of an operation: values of its parameters, and a body of JSON.
fn request(
    schemas: &Schemas,
    operation: &Operation,
) -> Option<(Request, Option<(String, String)>)> {
    let maker = ValueMaker::new(schemas, Direction::Request);
    let mut values = Map::new();
    for parameter in &operation.parameters {
        match maker.value(&parameter.schema, 1) {
            Some(value) => drop(values.insert(parameter.name.clone(), value)),
            None if parameter.required => return None,
            None => {}
        }
    }
    let body = match operation.body.as_ref() {
        None => None,
        Some(body) => {
            let json = body.content.iter().find(|media| media.is_json());
            let value = json.and_then(|json| maker.value(json.schema.as_ref()?, 1));
            match (json, value) {
                (Some(json), Some(value)) => Some((json.media_type.clone(), value.to_string())),
                _ if body.required => return None,
                _ => None,
            }
        }
    };
    Some((operation.request(&values).ok()?, body))
}

async fn send(
    client: &Client,
    table: &Table,
    url: &str,
    operation: &Operation,
    request: Request,
    body: Option<(String, String)>,
) -> Option<(u16, String, Vec<u8>)> {
    let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
    let mut sent = client.request(method, format!("{url}{}", request.target()));
    let schemes = operation.security.first().into_iter().flatten();
    let mut cookies = request.cookies;
    for scheme in schemes.filter_map(|name| table.security_scheme(name)) {
        sent = match &scheme.placement {
            Placement::Bearer => sent.bearer_auth("secret"),
            Placement::Basic => sent.header("authorization", "Basic YTpi"),
            Placement::Header(name) => sent.header(name, "secret"),
            Placement::Query(name) => sent.query(&[(name, "secret")]),
            Placement::Cookie(name) => {
                cookies.push(format!("{name}=secret"));
                sent
            }
        };
    }
    sent = request.headers.iter().fold(sent, |sent, (name, value)| sent.header(name, value));
    if !cookies.is_empty() {
        sent = sent.header("cookie", cookies.join("; "));
    }
    if let Some((media_type, body)) = body {
        sent = sent.header("content-type", media_type).body(body);
    }
    // Not every name of a parameter is one of a header.
    let reply = client.execute(sent.build().ok()?).await.expect("a reply");
    let media_type =
        reply.headers().get("content-type").map_or("", |it| it.to_str().unwrap_or_default());
    let media_type = media_type.to_owned();
    Some((reply.status().as_u16(), media_type, reply.bytes().await.expect("a body").to_vec()))
}

/// What is wrong with the reply to a request.
fn fault(
    schemas: &Schemas,
    operation: &Operation,
    reply: (u16, String, Vec<u8>),
) -> Option<String> {
    let (status, media_type, body) = reply;
    let described = operation.response(status)?;
    let media =
        described.content.iter().find(|media| media.media_type == media_type && media.is_json());
    if let Some((schema, value)) =
        media.and_then(|it| it.schema.as_ref()).zip(serde_json::from_slice(&body).ok())
    {
        let value: Value = value;
        if !schemas.fits(schema, &value) {
            return Some(format!("{} does not fit its schema: {value}", operation.id));
        }
    }
    let text = String::from_utf8_lossy(&body);
    (status >= 400).then(|| format!("{} {}: {status} {text}", operation.method, operation.path))
}

#[tokio::test]
async fn what_is_made_of_the_schemas_is_accepted_and_answered_as_described() {
    let client =
        Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let mut faults = Vec::new();
    for (path, table) in tables() {
        let table = Arc::new(table);
        let schemas = Schemas::new(table.clone());
        let server = MockServer::builder(table.clone()).no_limits().start().await.expect("a port");
        let (mut sent, before) = (0, faults.len());
        let mut seen = std::collections::HashSet::new();
        // Operations whose paths differ after `#` only, which is never sent, cannot be told apart.
        let distinct = table.operations.iter().filter(|it| seen.insert((&it.method, &it.path)));
        for operation in distinct {
            let Some((request, body)) = request(&schemas, operation) else { continue };
            sent += 1;
            let reply = send(&client, &table, server.url(), operation, request, body).await;
            faults.extend(reply.and_then(|reply| fault(&schemas, operation, reply)));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!(
            "{name}: {sent} of {} sent, {} faults",
            table.operations.len(),
            faults.len() - before
        );
        if sent * 2 < table.operations.len() {
            faults.push(format!("{name}: for most operations no request was made"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
