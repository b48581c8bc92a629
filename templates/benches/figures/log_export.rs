//! Ten megabytes of a log export, decoded by the client's type and by one with serde's derives.

use std::borrow::Cow;

use lantern_client::types::ExportRouteLogsResponse;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Value};

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
    let text = export();
    let turns: Vec<(f64, f64)> = (0..TURNS).map(|turn| turn_of(&text, turn)).collect();
    Figure::LogExport {
        bytes: text.len(),
        seconds: median(turns.iter().map(|(client, _)| *client).collect()),
        plain_seconds: median(turns.iter().map(|(_, plain)| *plain).collect()),
        ratio: median(turns.iter().map(|(client, plain)| client / plain).collect()),
    }
}

/// How long the client's type takes, and the other.
fn turn_of(text: &str, turn: usize) -> (f64, f64) {
    match turn % 2 {
        0 => (client(text), plain(text)),
        _ => {
            let plain = plain(text);
            (client(text), plain)
        }
    }
}

fn client(text: &str) -> f64 {
    let (seconds, read) = timed(|| serde_json::from_str::<ExportRouteLogsResponse>(text));
    assert!(matches!(read, Ok(ExportRouteLogsResponse::List(_))));
    seconds
}

fn plain(text: &str) -> f64 {
    let (seconds, read) = timed(|| serde_json::from_str::<Vec<Entry>>(text));
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
