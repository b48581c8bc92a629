//! Texts, by their formats and patterns.

use fastrand::Rng;
use serde_json::Value;

use super::flat::Flat;
use super::patterns;

/// No longer text is made.
pub const LONGEST: usize = 16_384;

/// A text of these schemas.
pub fn value(rng: &mut Rng, flat: &Flat<'_>, name: &str, left: usize) -> Option<String> {
    let least = flat.most("minLength").unwrap_or_default();
    let most = flat.least("maxLength").unwrap_or(usize::MAX).min(left);
    if least > most.min(LONGEST) {
        return None;
    }
    let format = flat.all("format").filter_map(Value::as_str).find_map(|it| of_format(rng, it));
    if format.is_some() {
        return format;
    }
    let mut patterns = flat.all("pattern").filter_map(Value::as_str);
    if let Some(pattern) = patterns.next() {
        return patterns::text(rng, pattern, least, most);
    }
    if flat.all("contentEncoding").any(|encoding| encoding == "base64") {
        return Some("bW9jaw==".to_owned());
    }
    Some(sized(&format!("{name}-{}", rng.u16(1..1000)), least, most))
}

/// A text that is cut or repeated until its length fits.
fn sized(text: &str, least: usize, most: usize) -> String {
    let count = text.chars().count().clamp(least, most.max(least));
    text.chars().cycle().take(count).collect()
}

fn of_format(rng: &mut Rng, format: &str) -> Option<String> {
    let number = rng.u16(1..1000);
    Some(match format {
        "date-time" => format!("{}T{}Z", date(rng), time(rng)),
        "date" => date(rng),
        "time" => format!("{}Z", time(rng)),
        "duration" => format!("P{}D", rng.u8(1..30)),
        "uuid" => uuid(rng),
        "uri" | "url" | "iri" => format!("https://example.com/{number}"),
        "uri-reference" | "iri-reference" => format!("/{number}"),
        "uri-template" => format!("https://example.com/{number}/{{id}}"),
        "email" | "idn-email" => format!("ada{number}@example.com"),
        "hostname" | "idn-hostname" => format!("host{number}.example.com"),
        "ip" | "ipv4" => format!("192.0.2.{}", rng.u8(1..=254)),
        "ipv6" => format!("2001:db8::{:x}", rng.u8(1..=254)),
        "byte" => "bW9jaw==".to_owned(),
        "decimal" => format!("{number}.5"),
        "json-pointer" => format!("/{number}"),
        "relative-json-pointer" => "0".to_owned(),
        "regex" => "^[a-z]+$".to_owned(),
        _ => return None,
    })
}

fn date(rng: &mut Rng) -> String {
    format!("2024-{:02}-{:02}", rng.u8(1..=12), rng.u8(1..=28))
}

fn time(rng: &mut Rng) -> String {
    format!("{:02}:{:02}:{:02}", rng.u8(0..24), rng.u8(0..60), rng.u8(0..60))
}

/// A random one (RFC 9562, 5.4).
fn uuid(rng: &mut Rng) -> String {
    let bits = rng.u128(..);
    let (high, low) = ((bits >> 64) as u64, bits as u64);
    let (first, second, third) = (high >> 32, (high >> 16) & 0xffff, high & 0xfff);
    let (fourth, fifth) = ((low >> 48) & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
    format!("{first:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{fifth:012x}")
}
