//! Ten megabytes of a log export, decoded by a call of the client and by a type with serde's derives.

use std::borrow::Cow;
use std::future::IntoFuture;

use bytes::Bytes;
use lantern_client::Client;
use lantern_client::logs::{ExportRouteLogs, ExportRouteLogsReply};
use lantern_client::mock::Mock;
use lantern_client::types::ExportRouteLogsResponse;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Value};
use tokio::runtime::Builder;

use crate::{Figure, median, timed};

const BYTES: usize = 10_000_000;
const TURNS: usize = 21;

/// An entry with the same members, as one would write it by hand.
#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is only decoded")]
struct Entry {
    #[serde(default, deserialize_with = "timestamp")]
    timestamp: Option<jiff::Timestamp>,
    object: Option<String>,
    object_id: Option<String>,
    action: Option<Action>,
    pool: Option<String>,
    assigned_to: Option<String>,
    prev_owner: Option<String>,
    sequence: Option<i64>,
    reason: Option<String>,
    request_id: Option<String>,
    idempotency_key: Option<String>,
    diff: Option<Map<String, Value>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    Assign,
    Convert,
    Merge,
    Enrich,
}

fn timestamp<'de, D: Deserializer<'de>>(json: D) -> Result<Option<jiff::Timestamp>, D::Error> {
    let text = Option::<Cow<'de, str>>::deserialize(json)?;
    text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
}

pub fn figures() -> impl Iterator<Item = Figure> {
    std::iter::once_with(figure)
}

fn figure() -> Figure {
    let text = Bytes::from(export());
    let client = client(&text);
    let turns: Vec<(f64, f64)> = (0..TURNS).map(|turn| turn_of(&client, &text, turn)).collect();
    Figure::LogExport {
        bytes: text.len(),
        seconds: median(turns.iter().map(|(client, _)| *client).collect()),
        plain_seconds: median(turns.iter().map(|(_, plain)| *plain).collect()),
        ratio: median(turns.iter().map(|(client, plain)| client / plain).collect()),
    }
}

/// A client of a service in memory that replies with the export.
fn client(text: &Bytes) -> Client {
    let service = Mock::new();
    service.on::<ExportRouteLogs>().reply_bytes("application/json", text.clone());
    service.client_builder().max_body(1 << 26).build().expect("a client")
}

/// How long a call takes, and the other type.
fn turn_of(client: &Client, text: &[u8], turn: usize) -> (f64, f64) {
    match turn % 2 {
        0 => (called(client), plain(text)),
        _ => {
            let plain = plain(text);
            (called(client), plain)
        }
    }
}

fn called(client: &Client) -> f64 {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    let call = client.logs().routing("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z");
    let (seconds, reply) = timed(|| runtime.block_on(call.into_future()));
    let reply = reply.expect("a reply").into_body();
    assert!(matches!(reply, ExportRouteLogsReply::Json(ExportRouteLogsResponse::List(_))));
    seconds
}

fn plain(text: &[u8]) -> f64 {
    let (seconds, read) = timed(|| serde_json::from_slice::<Vec<Entry>>(text));
    read.expect("entries");
    seconds
}

/// A list of entries as the service would write it.
fn export() -> String {
    let mut text = String::from("[");
    for number in 0.. {
        text += &entry(number);
        if text.len() >= BYTES {
            break;
        }
        text.push(',');
    }
    text + "]"
}

fn entry(number: usize) -> String {
    let (minute, second) = (number / 60 % 60, number % 60);
    let common = format!(
        r#""timestamp":"2026-03-01T12:{minute:02}:{second:02}Z","object":"Lead","object_id":"00Q{number:015}","request_id":"req-{number:08}","idempotency_key":"key-{number:08}""#
    );
    match number % 2 {
        0 => format!(
            r#"{{{common},"action":"assign","pool":"emea","assigned_to":"005{number:015}","prev_owner":null,"sequence":{number},"reason":"next in the rotation"}}"#
        ),
        _ => format!(
            r#"{{{common},"action":"enrich","reason":"phone found","diff":{{"Phone":["","+14155550{:03}"],"Title":["Engineer","Chief Engineer"]}}}}"#,
            number % 1_000
        ),
    }
}
