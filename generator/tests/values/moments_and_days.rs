//! Moments and days are written as they came, and are still moments and days.

use client::types::Event;

fn comes_back(json: &str) -> Event {
    let read: Event = serde_json::from_str(json).expect(json);
    assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
    read
}

#[test]
fn offsets_and_digits_survive() {
    let read = comes_back(
        r#"{"start":"2024-03-01T10:00:00.500+02:00","others":["2024-03-01T08:00:00Z","2024-03-01T08:00:00.000000"]}"#,
    );
    assert_eq!(read.start.to_string(), "2024-03-01T10:00:00.500+02:00");
    assert_eq!(read.start.as_millisecond(), 1_709_280_000_500);
}

#[test]
fn a_day_may_come_as_a_moment_and_a_moment_as_a_day() {
    let read = comes_back(r#"{"start":"2024-03-01","day":"2024-03-02T23:00:00-05:00"}"#);
    assert_eq!(*read.start, "2024-03-01T00:00:00Z".parse().expect("a moment"));
    assert_eq!(read.day.map(|day| day.day()), Some(2));
}

#[test]
fn what_is_made_is_written_in_the_usual_form() {
    let start: jiff::Timestamp = "2024-03-01T10:00:00+02:00".parse().expect("a moment");
    let made = Event::new(start).day(jiff::civil::date(2024, 3, 2));
    let json = serde_json::to_string(&made).expect("JSON");
    assert_eq!(json, r#"{"start":"2024-03-01T08:00:00Z","day":"2024-03-02"}"#);
    // A value that came goes into another one as it came.
    let read = comes_back(r#"{"start":"2024-03-01T10:00:00+02:00"}"#);
    let json = serde_json::to_string(&Event::new(read.start)).expect("JSON");
    assert_eq!(json, r#"{"start":"2024-03-01T10:00:00+02:00"}"#);
}
