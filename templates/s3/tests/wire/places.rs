//! Which bucket is asked, and under which key.

use super::*;

#[tokio::test]
async fn a_bucket_that_was_set_is_asked_for_the_whole_key() {
    let store = Store::new(|_| (200, "id\na\n".to_owned())).await;
    let s3 = store.s3().bucket("results");
    wait("runs/1.csv", s3.clone()).await.expect("results");
    wait("results/1.csv", s3).await.expect("results");
    assert_eq!(store.targets(), ["/results/runs/1.csv", "/results/1.csv"]);
}

#[tokio::test]
async fn what_cannot_be_a_bucket_is_not_taken_for_one() {
    let store = Store::new(|_| (200, "id\na\n".to_owned())).await;
    for key in ["a/1.csv", "größe/1.csv", "1.csv"] {
        let error = wait(key, store.s3()).await.expect_err("no bucket");
        assert_eq!(error.kind(), ErrorKind::Refused, "{error}");
        assert!(error.to_string().contains("a key without a bucket"), "{error}");
    }
    assert!(store.targets().is_empty());
}

#[tokio::test]
async fn a_compatible_store_has_buckets_where_s3_has_access_points() {
    let store = Store::new(|_| (200, "id\na\n".to_owned())).await;
    let point = "arn:aws:s3:eu-west-1:123456789012:accesspoint/point/object/a/1.csv";
    assert_eq!(wait(point, store.s3()).await.expect("results"), 1);
    assert_eq!(store.targets(), ["/point/a/1.csv"]);
}

#[tokio::test]
async fn the_credentials_are_not_shown() {
    let store = Store::new(|_| (200, String::new())).await;
    let shown = format!("{:?}", store.s3().bucket("results"));
    assert_eq!(shown, r#"S3 { bucket: Some("results"), .. }"#);
}
