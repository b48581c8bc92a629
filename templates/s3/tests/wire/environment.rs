//! What the environment of a process sets.

use lantern_client::batch::{Fetch, Place};

use super::*;
use crate::alone::run_alone;

/// Waiting looks again by itself, so a look does not try for long.
#[tokio::test]
async fn a_look_asks_three_times_with_what_the_environment_sets() {
    let store = Store::new(|_| error(500, "InternalError", "")).await;
    let endpoint = store.endpoint.clone();
    let test = "environment::in_a_process_of_its_own";
    let run = tokio::task::spawn_blocking(move || {
        run_alone(
            test,
            &[
                ("AWS_ENDPOINT", endpoint.as_str()),
                ("AWS_ALLOW_HTTP", "true"),
                ("AWS_REGION", "us-east-1"),
                ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
                ("AWS_SECRET_ACCESS_KEY", "canary-secret"),
            ],
        )
    });
    assert!(run.await.expect("a run"));
    assert_eq!(store.targets(), ["/results?list-type=2&prefix=run%2F"; 3]);
}

#[tokio::test]
#[ignore = "reads the environment that another test sets"]
async fn in_a_process_of_its_own() {
    let place = Place::parse("s3://results/run/").expect("a place");
    let s3 = S3::from_env().expect("a fetcher");
    s3.fetch(&place, 1 << 20).await.expect_err("the store is broken");
}
