//! How often a request is sent again, and after which pauses: settings, the budget, and waits that replies state.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde_json::Value;

use super::limiter::jitter_above;

/// How a call is retried after a failure that may be temporary.
///
/// Which calls can be retried is known for each operation and is not set here: a call that might
/// act or charge twice is never sent again after it may have been received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// The maximum number of retries. Pauses after a 429 are counted separately.
    pub retries: u32,
    /// The upper limit of the first pause. It doubles each time. The pause is a random part of it.
    pub base: Duration,
    /// The longest pause.
    pub cap: Duration,
    /// The longest pause that a service may ask for. If it asks for more, the call fails.
    pub max_wait: Duration,
}

impl Default for Retry {
    /// 3 retries; pauses of up to half a second at first and 20 seconds at most, and up to 120
    /// seconds if the service asks for them.
    fn default() -> Self {
        let (base, cap) = (Duration::from_millis(500), Duration::from_secs(20));
        Self { retries: 3, base, cap, max_wait: Duration::from_secs(120) }
    }
}

impl Retry {
    /// The default pauses with another number of retries. `0` turns retries off.
    pub fn times(retries: u32) -> Self {
        Self { retries, ..Self::default() }
    }

    /// The same with other pauses.
    #[must_use]
    pub fn backoff(self, base: Duration, cap: Duration) -> Self {
        Self { base, cap, ..self }
    }

    /// Full jitter: a random part of a pause that doubles.
    pub(super) fn pause(&self, retry: u32) -> Duration {
        let longest = self.base.saturating_mul(1 << retry.min(20)).min(self.cap);
        longest.mul_f64(fastrand::f64())
    }

    /// The pause that the service asks for, and a little more.
    pub(super) fn stated_pause(stated: Duration) -> Duration {
        stated + jitter_above(stated)
    }
}

/// How many replies with 429 in a row a call may get before it fails.
pub const RATE_LIMITED: u32 = 5;

/// The retries that all clones of a client share: one for ten requests, after a reserve is used.
#[derive(Debug)]
pub struct Budget(Mutex<f64>);

const RESERVE: f64 = 10.0;
const EARNED: f64 = 0.1;

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(RESERVE))
    }
}

impl Budget {
    /// Earns a part of a retry by a first attempt.
    pub fn earn(&self) {
        self.change(|left| (Some((left + EARNED).min(RESERVE)), ()));
    }

    /// Spends a retry, if there is one.
    pub fn spend(&self) -> bool {
        self.change(|left| match left >= 1.0 {
            true => (Some(left - 1.0), true),
            false => (None, false),
        })
    }

    fn change<T>(&self, step: impl FnOnce(f64) -> (Option<f64>, T)) -> T {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (next, result) = step(*left);
        *left = next.unwrap_or(*left);
        result
    }
}

/// Some services state milliseconds in this header.
const RETRY_AFTER_MS: &str = "retry-after-ms";

/// How long a service asks to wait: the longest time in its headers and its body.
///
/// `Retry-After` holds seconds or a date (RFC 9110, 10.2.3). A date is taken relative to the
/// service's own `Date`, so that a wrong clock on either side does no harm. `retry-after-ms` holds
/// milliseconds.
pub fn retry_after(headers: &HeaderMap, body: &[u8], wall: SystemTime) -> Option<Duration> {
    let date =
        headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let now = date.unwrap_or(wall);
    let texts = |name| headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let stated = texts(RETRY_AFTER).filter_map(|text| pause(text, now));
    let millis = texts(HeaderName::from_static(RETRY_AFTER_MS)).filter_map(millis);
    stated.chain(millis).chain(in_body(body, now)).max()
}

/// Seconds, with or without their unit, or a date.
fn pause(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    let number = text.strip_suffix('s').map_or(text, str::trim_end);
    if let Ok(seconds) = number.parse() {
        return seconds_of(seconds);
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

fn millis(text: &str) -> Option<Duration> {
    let millis: f64 = text.trim().parse().ok()?;
    seconds_of(millis / 1_000.0)
}

/// `retry_after` of the body itself, or of what stands in its `detail` or `error`.
fn in_body(body: &[u8], now: SystemTime) -> Option<Duration> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let nested = ["detail", "error"].map(|name| body.get(name));
    let places = nested.into_iter().flatten().chain([&body]);
    places.filter_map(|place| stated_in(place.get("retry_after")?, now)).max()
}

/// A number of seconds, or a text that says it.
fn stated_in(value: &Value, now: SystemTime) -> Option<Duration> {
    match value {
        Value::String(text) => pause(text, now),
        value => seconds_of(value.as_f64()?),
    }
}

/// Neither negative, nor infinite, nor beyond a year.
pub fn seconds_of(seconds: f64) -> Option<Duration> {
    (0.0..=31_536_000.0).contains(&seconds).then(|| Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(values: &[&str], body: &str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(RETRY_AFTER, value.parse().expect("a header value"));
        }
        let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        retry_after(&headers, body.as_bytes(), wall).map(|time| time.as_secs())
    }

    #[test]
    fn c05_every_form_of_retry_after_is_read_and_garbage_is_not() {
        let table: &[(&[&str], &str, Option<u64>)] = &[
            (&["7"], "", Some(7)),
            (&["0"], "", Some(0)),
            (&["Sun, 06 Nov 1994 08:49:47 GMT"], "", Some(10)),
            (&["Sunday, 06-Nov-94 08:49:47 GMT"], "", Some(10)),
            (&["Sun Nov  6 08:49:47 1994"], "", Some(10)),
            (&["Sun, 06 Nov 1994 08:00:00 GMT"], "", Some(0)),
            (&["-5"], "", None),
            (&["1e400"], "", None),
            (&["NaN"], "", None),
            (&["soon"], "", None),
            (&["3", "9"], "", Some(9)),
            (&["junk", "9"], "", Some(9)),
            (&["7s"], "", Some(7)),
            (&["s"], "", None),
            (&["31536000"], "", Some(31_536_000)),
            (&["31536001"], "", None),
            (&[], r#"{"error": "x", "retry_after": 30}"#, Some(30)),
            (&["5"], r#"{"retry_after": 30}"#, Some(30)),
            (&[], r#"{"retry_after": -1}"#, None),
            (&[], r#"{"retry_after": null}"#, None),
            (&[], r#"{"retry_after": "30"}"#, Some(30)),
            (&[], r#"{"retry_after": " 30 s "}"#, Some(30)),
            (&[], r#"{"retry_after": "Sun, 06 Nov 1994 08:49:47 GMT"}"#, Some(10)),
            (&[], r#"{"retry_after": "soon"}"#, None),
            (&[], r#"{"retry_after": "-5"}"#, None),
            (&[], r#"{"retry_after": "1e400"}"#, None),
            (&[], r#"{"retry_after": [30]}"#, None),
            (&[], r#"{"detail": {"retry_after": 30}}"#, Some(30)),
            (&[], r#"{"error": {"message": "slow", "retry_after": "30"}}"#, Some(30)),
            (&[], r#"{"retry_after": 5, "detail": {"retry_after": 30}}"#, Some(30)),
            (&[], r#"{"retry_after": 30, "detail": {"retry_after": 5}}"#, Some(30)),
            (&[], r#"{"retry_after": 30, "detail": {"retry_after": -1}}"#, Some(30)),
            (&[], r#"{"detail": "retry_after: 30"}"#, None),
            (&[], r#"{"detail": [{"retry_after": 30}]}"#, None),
            (&["5"], r#"{"detail": {"retry_after": 30}}"#, Some(30)),
            (&[], "", None),
        ];
        for (values, body, expected) in table {
            assert_eq!(stated(values, body), *expected, "{values:?} {body}");
        }
    }

    #[test]
    fn c05_milliseconds_are_read_and_the_longest_counts() {
        let table: [(&str, &str, &str, Option<u64>); 8] = [
            ("1500", "", "", Some(1_500)),
            ("0.5", "", "", Some(0)),
            ("1500", "1", "", Some(1_500)),
            ("1500", "2", "", Some(2_000)),
            ("1500", "", r#"{"retry_after": 3}"#, Some(3_000)),
            ("-1", "", "", None),
            ("NaN", "", "", None),
            ("31536000001", "", "", None),
        ];
        for (millis, seconds, body, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER_MS, millis.parse().expect("a header value"));
            headers.insert(RETRY_AFTER, seconds.parse().expect("a header value"));
            let stated = retry_after(&headers, body.as_bytes(), SystemTime::UNIX_EPOCH);
            let stated = stated.map(|time| time.as_millis() as u64);
            assert_eq!(stated, expected, "{millis} {seconds} {body}");
        }
    }

    #[test]
    fn a_pause_is_a_part_of_what_doubles_up_to_the_cap() {
        let retry = Retry::times(3).backoff(Duration::from_secs(1), Duration::from_secs(20));
        for (number, longest) in [(0, 1), (1, 2), (4, 16), (5, 20), (63, 20)] {
            let longest = Duration::from_secs(longest);
            let pauses: Vec<_> = (0..2_000).map(|_| retry.pause(number)).collect();
            assert!(pauses.iter().all(|pause| *pause <= longest), "{number}");
            assert!(pauses.iter().any(|pause| *pause > longest.mul_f64(0.95)), "{number}");
            assert!(pauses.iter().any(|pause| *pause < longest.mul_f64(0.05)), "{number}");
        }
        let longest = Retry::times(1).backoff(Duration::MAX, Duration::MAX);
        assert!(longest.pause(31) <= Duration::MAX, "no overflow");
    }

    #[test]
    fn what_is_stated_is_a_floor_with_a_little_above_it() {
        for stated in [0, 7, 120] {
            let stated = Duration::from_secs(stated);
            let most = stated + stated / 10 + Duration::from_millis(500);
            let pauses: Vec<_> = (0..2_000).map(|_| Retry::stated_pause(stated)).collect();
            assert!(pauses.iter().all(|pause| (stated..=most).contains(pause)));
            assert!(pauses.iter().any(|pause| *pause > stated + (most - stated) / 2));
        }
    }

    #[test]
    fn c09_a_budget_has_ten_retries_and_never_more() {
        let budget = Budget::default();
        for _ in 0..1_000 {
            budget.earn();
        }
        assert_eq!((0..100).filter(|_| budget.spend()).count(), 10);
        let earned = |requests| (0..requests).for_each(|_| budget.earn());
        earned(9);
        assert!(!budget.spend(), "nine tenths are no whole retry");
        earned(2);
        assert!(budget.spend());
    }

    #[test]
    fn c09_a_drained_budget_gives_one_retry_for_ten_requests() {
        let budget = Budget::default();
        while budget.spend() {}
        let retries = (0..1_000).filter(|_| {
            budget.earn();
            budget.spend()
        });
        assert!((95..=100).contains(&retries.count()));
    }
}
