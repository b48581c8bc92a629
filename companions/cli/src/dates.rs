//! Dates as people write them, in UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// What is understood.
pub const FORMS: &str = "2024-01-31, 2024-01-31T12:00:00Z, '2024-01-31 12:00', now, today, yesterday, \
                         or a time ago: 30m, 12h, 7d, 2w";

/// A moment as requests have it (RFC 3339). A date alone is its first moment in UTC.
pub fn moment(text: &str, now: Timestamp) -> Option<String> {
    let text = text.trim();
    // What is a moment already stays as it is written.
    if text.parse::<Timestamp>().is_ok() {
        return Some(text.to_owned());
    }
    let at = match date(text, now).and_then(|date| date.parse::<Date>().ok()) {
        _ if text == "now" => now.round(jiff::Unit::Second).ok()?,
        Some(date) if !is_ago(text) => start(date)?,
        _ if is_ago(text) => ago(text, now)?.round(jiff::Unit::Second).ok()?,
        _ => text.parse::<DateTime>().ok()?.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp(),
    };
    Some(at.to_string())
}

/// A date as requests have it: `2024-01-31`.
pub fn date(text: &str, now: Timestamp) -> Option<String> {
    let text = text.trim();
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    let date = match text {
        "today" | "now" => today,
        "yesterday" => today.yesterday().ok()?,
        "tomorrow" => today.tomorrow().ok()?,
        _ if is_ago(text) => ago(text, now)?.to_zoned_datetime(TimeZone::UTC).date(),
        _ if text.len() == 10 => text.parse().ok()?,
        _ => return None,
    };
    Some(date.to_string())
}

fn start(date: Date) -> Option<Timestamp> {
    Some(date.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
}

fn is_ago(text: &str) -> bool {
    seconds_ago(text).is_some()
}

fn ago(text: &str, now: Timestamp) -> Option<Timestamp> {
    now.checked_sub(SignedDuration::from_secs(seconds_ago(text)?)).ok()
}

/// `7d`, `-7d` and `7d ago` in seconds.
fn seconds_ago(text: &str) -> Option<i64> {
    let text = text.strip_suffix("ago").unwrap_or(text).trim();
    let text = text.strip_prefix('-').unwrap_or(text);
    let unit = text.chars().last()?;
    let number: i64 = text[..text.len() - unit.len_utf8()].trim().parse().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return None,
    };
    number.checked_mul(seconds).filter(|_| number >= 0)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::{date, moment};

    fn now() -> Timestamp {
        "2024-03-01T12:30:00Z".parse().expect("a moment")
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let cases = [
            ("2024-01-31", Some("2024-01-31T00:00:00Z"), Some("2024-01-31")),
            ("2024-01-31 12:00", Some("2024-01-31T12:00:00Z"), None),
            ("2024-01-31T12:00:05", Some("2024-01-31T12:00:05Z"), None),
            ("2024-01-31T12:00:00+02:00", Some("2024-01-31T12:00:00+02:00"), None),
            ("now", Some("2024-03-01T12:30:00Z"), Some("2024-03-01")),
            ("today", Some("2024-03-01T00:00:00Z"), Some("2024-03-01")),
            ("yesterday", Some("2024-02-29T00:00:00Z"), Some("2024-02-29")),
            ("2h", Some("2024-03-01T10:30:00Z"), Some("2024-03-01")),
            ("1d ago", Some("2024-02-29T12:30:00Z"), Some("2024-02-29")),
            ("-1w", Some("2024-02-23T12:30:00Z"), Some("2024-02-23")),
            ("2024-02-30", None, None),
            ("soon", None, None),
            ("", None, None),
            ("d", None, None),
            ("é", None, None),
        ];
        for (text, as_moment, as_date) in cases {
            assert_eq!(moment(text, now()).as_deref(), as_moment, "{text}");
            assert_eq!(date(text, now()).as_deref(), as_date, "{text}");
        }
    }

    proptest! {
        /// What is a moment is sent as it is written, and nothing that is typed breaks anything.
        #[test]
        fn a_moment_stays_as_it_is(seconds in -60_000_000_000_i64..250_000_000_000) {
            let text = Timestamp::from_second(seconds).expect("a moment").to_string();
            prop_assert_eq!(moment(&text, now()), Some(text));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = (moment(&text, now()), date(&text, now()));
        }
    }
}
