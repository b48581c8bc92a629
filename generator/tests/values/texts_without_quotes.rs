//! Texts that YAML would read as numbers are what was written.

use client::types::{ListReleasesVersion, Release, ReleaseVersion};

#[test]
fn values_are_the_texts_that_were_written() {
    for (text, expected) in [
        ("1.0", ReleaseVersion::N10),
        ("1.10", ReleaseVersion::N110),
        ("0x1F", ReleaseVersion::N0x1F),
        ("True", ReleaseVersion::True),
        ("2020-01-01", ReleaseVersion::N20200101),
    ] {
        let json = format!(r#"{{"version":"{text}"}}"#);
        let read: Release = serde_json::from_str(&json).expect("a release");
        assert_eq!(read.version, expected);
        assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
    }
    let sent = [ListReleasesVersion::N19, ListReleasesVersion::N110, ListReleasesVersion::N1e3];
    let sent = sent.map(|version| serde_json::to_string(&version).expect("JSON"));
    assert_eq!(sent, [r#""1.9""#, r#""1.10""#, r#""1e3""#]);
}
