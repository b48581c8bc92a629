//! Where results may be, and where they may not.

use lantern_client::batch::Place;

#[test]
fn places_are_read() {
    let s3 = Place::S3 { bucket: "results".into(), key: "runs/1.csv".into() };
    assert_eq!(Place::parse("s3://results/runs/1.csv"), Ok(s3));
    assert_eq!(Place::parse("runs/1.csv"), Ok(Place::Key("runs/1.csv".into())));
    assert_eq!(Place::parse("/runs/1.csv"), Ok(Place::Key("runs/1.csv".into())));
    assert!(matches!(Place::parse("https://a.example/1.csv?sig=x"), Ok(Place::Web(_))));
}

#[test]
fn all_that_s3_takes_is_a_place() {
    let long = "k".repeat(1024);
    let keys = [
        "1.csv",
        "runs/2026-11-27T10:00:00+00:00.csv",
        "run/",
        "a b/c%20d/e+f=g&h#i?j.csv",
        "größe/結果.csv",
        "dt=2026-11-27/part-0000.csv",
        "a/...b/.c",
        &long,
    ];
    let buckets = ["results", "Legacy_Bucket", "a.b-c", "123"];
    for (bucket, key) in buckets.iter().flat_map(|bucket| keys.map(|key| (*bucket, key))) {
        let place = Ok(Place::S3 { bucket: bucket.into(), key: key.into() });
        for scheme in ["s3://", "S3://", "s3a://", "s3n://", "arn:aws:s3:::", "s3://arn:aws:s3:::"]
        {
            assert_eq!(Place::parse(&format!("{scheme}{bucket}/{key}")), place, "{scheme}{key}");
        }
        let both = format!("{bucket}/{key}");
        let is_long = both.len() > 1024;
        assert_eq!(Place::parse(&both).ok(), (!is_long).then_some(Place::Key(both)));
    }
    let point = "arn:aws:s3:eu-west-1:123456789012:accesspoint/point";
    let place = Ok(Place::S3 { bucket: point.into(), key: "a/1.csv".into() });
    for text in [
        format!("{point}/object/a/1.csv"),
        format!("{point}/a/1.csv"),
        format!("s3://{point}/a/1.csv"),
    ] {
        assert_eq!(Place::parse(&text), place, "{text}");
    }
    assert_eq!(Place::parse("run-1:a.csv"), Ok(Place::Key("run-1:a.csv".into())));
}

#[test]
fn hostile_places_are_refused() {
    let hostile = [
        "",
        "file:///etc/passwd",
        "javascript://x",
        "ftp://a.example/x",
        "https://u:p@a.example/",
        "https://u@a.example/",
        "https://:p@a.example/",
        "a b://a.example/x",
        "://a.example/x",
        "s3://bucket",
        "s3://b/key",
        "s3://bucket/../key",
        "s3://bucket//key",
        "../key",
        "a/../b",
        "a\nb",
        "a\\b",
        "https://",
        "data:text/csv,a",
        "s3://bu..cket/key",
        "s3://.bucket/key",
        "s3://bucket/",
        "s3://bucket/a//b",
        "s3://bucket/./a",
        "s3://user:pw@bucket/key",
        "s3://bucket.example.com:80/key",
        "javascript:alert(1)",
        "file:/etc/passwd",
        "//a.example/x",
        "bucket/../key",
        "arn:aws:s3:::bucket",
        "arn:aws:s3:::bucket/../key",
        "arn:aws:sqs:::bucket/key",
        "arn:aws:s3:eu-west-1::bucket/key",
        "arn:aws:s3::123456789012:bucket/key",
        "arn:evil:s3:eu-west-1:123456789012:accesspoint/point/key",
        "arn:aws:s3:evil.example/:123456789012:accesspoint/point/key",
        "arn:aws:s3:eu-west-1:1:accesspoint/point/key",
        "arn:aws:s3:eu-west-1:123456789012:accesspoint/a.example/key",
        "arn:aws:s3:eu-west-1:123456789012:accesspoint/point/../key",
        "arn:aws:s3:eu-west-1:123456789012:accesspoint/point",
    ];
    for text in hostile {
        assert!(Place::parse(text).is_err(), "{text:?}");
    }
}
