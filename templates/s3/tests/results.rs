//! Results in S3: put there late, fetched with the caller's own credentials.

use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use lantern_client::batch::{Batch, S3};
use lantern_client::batches::PhoneEnrichBatch;
use lantern_client::{Client, Error, ErrorKind};
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload, RetryConfig};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;

const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "canary-secret";
const RUN: &str = r#"{"operation": "phone_enrich_batch_v1_agents_phone_post", "accepted":
    {"run_id": "run-1", "result_path": "PLACE", "credits_csv_path": "s3://results/costs.csv"}}"#;

/// A server with the bucket `results` in a folder of its own.
async fn server(folder: &TempDir) -> String {
    std::fs::create_dir(folder.path().join("results")).expect("a bucket");
    let files = FileSystem::new(folder.path()).expect("a store");
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single(KEY_ID, SECRET));
    let service = service.build().into_shared();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let server = Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    format!("http://{address}")
}

fn settings(endpoint: &str, secret: &str) -> AmazonS3Builder {
    AmazonS3Builder::new()
        .with_endpoint(endpoint)
        .with_allow_http(true)
        .with_region("us-east-1")
        .with_access_key_id(KEY_ID)
        .with_secret_access_key(secret)
}

async fn put(endpoint: &str, csv: &'static str) {
    put_at(endpoint, "runs/1.csv", csv).await;
}

async fn put_at(endpoint: &str, key: &str, csv: &'static str) {
    let store = settings(endpoint, SECRET).with_bucket_name("results").build().expect("a store");
    store
        .put(&Path::parse(key).expect("a key"), PutPayload::from_static(csv.as_bytes()))
        .await
        .expect("put");
}

fn batch(place: &str) -> Batch<PhoneEnrichBatch> {
    serde_json::from_str(&RUN.replace("PLACE", place)).expect("a batch")
}

fn client() -> Client {
    Client::builder().api_key("canary-4711").build().expect("a client")
}

const SOON: Duration = Duration::from_millis(20);

async fn ids(place: &str, s3: S3) -> Result<Vec<String>, Error> {
    let wait = batch(place).wait(&client()).every(SOON, SOON).deadline(Duration::from_secs(20));
    let results = wait.fetch_by(s3).await?;
    Ok(results.rows().map(|row| row.expect("a row").id).collect())
}

#[tokio::test]
async fn results_are_waited_for_and_fetched() {
    let folder = tempfile::tempdir().expect("a folder");
    let endpoint = server(&folder).await;
    let s3 = S3::new(settings(&endpoint, SECRET)).expect("a fetcher");
    assert!(!format!("{s3:?}").contains(SECRET));
    let waiting = tokio::spawn(ids("s3://results/runs/1.csv", s3.clone()));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!waiting.is_finished(), "there is nothing yet");
    put(&endpoint, "id,phone\na,1\nb,2\n").await;
    assert_eq!(waiting.await.expect("no panic").expect("results"), ["a", "b"]);
    // A key alone, with the bucket from the caller.
    let keyed = ids("runs/1.csv", s3.clone().bucket("results")).await;
    assert_eq!(keyed.expect("results"), ["a", "b"]);
    // What looks like a bucket and is none is said at once.
    let refused = ids("runs/1.csv", s3.clone()).await.expect_err("no bucket");
    assert_eq!(refused.kind(), ErrorKind::Refused, "{refused}");
    assert!(refused.to_string().contains("`S3::bucket`"), "{refused}");
    let refused = ids("1.csv", s3.clone()).await.expect_err("no bucket");
    assert_eq!(refused.kind(), ErrorKind::Refused);
    for place in
        ["results/runs/1.csv", "arn:aws:s3:::results/runs/1.csv", "s3a://results/runs/1.csv"]
    {
        assert_eq!(ids(place, s3.clone()).await.expect(place), ["a", "b"], "{place}");
        let keyed = ids(place, s3.clone().bucket("results")).await;
        assert_eq!(keyed.expect(place), ["a", "b"], "{place}, with its bucket");
    }
}

#[tokio::test]
async fn c28_what_lies_below_a_prefix_is_one_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let endpoint = server(&folder).await;
    let s3 = S3::new(settings(&endpoint, SECRET)).expect("a fetcher");
    for (key, csv) in [
        ("run/part-0001.csv", "id\nc\n"),
        ("run/part-0000.csv", "id\na\nb\n"),
        ("run/part-0002.csv", ""),
        ("run/_SUCCESS", ""),
        ("run/_temporary/part-0003.csv", "id\nx\n"),
        ("run/.part-0000.csv.crc", "crc"),
        ("run-2/part-0000.csv", "id\nx\n"),
        ("one/results.csv", "id\na\n"),
    ] {
        put_at(&endpoint, key, csv).await;
    }
    for place in [
        "s3://results/run/",
        "s3://results/run",
        "results/run",
        "results/run/",
        "arn:aws:s3:::results/run/",
    ] {
        assert_eq!(ids(place, s3.clone()).await.expect(place), ["a", "b", "c"], "{place}");
    }
    assert_eq!(ids("s3://results/one/", s3.clone()).await.expect("one"), ["a"]);
    put_at(&endpoint, "one/other.csv", "name\nx\n").await;
    let error = ids("s3://results/one/", s3).await.expect_err("two tables");
    assert!(error.to_string().contains("one/other.csv"), "{error}");
}

#[tokio::test]
async fn c28_a_bucket_that_is_not_there_ends_the_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let endpoint = server(&folder).await;
    let s3 = S3::new(settings(&endpoint, SECRET)).expect("a fetcher");
    for place in ["s3://nowhere/1.csv", "s3://nowhere/run/"] {
        let error = ids(place, s3.clone()).await.expect_err("no bucket");
        assert_eq!(error.kind(), ErrorKind::Status, "{error:?}");
        assert!(error.to_string().contains("no such bucket"), "{error}");
    }
}

#[tokio::test]
async fn c28_without_credentials_nothing_is_waited_for() {
    // Nothing listens at the place where a machine's role would be asked for.
    let settings = AmazonS3Builder::new()
        .with_endpoint("http://127.0.0.1:9")
        .with_allow_http(true)
        .with_metadata_endpoint("http://127.0.0.1:9")
        .with_retry(RetryConfig { max_retries: 0, ..RetryConfig::default() });
    let s3 = S3::new(settings).expect("a fetcher");
    let error = ids("s3://results/1.csv", s3).await.expect_err("no credentials");
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error:?}");
    assert!(error.to_string().contains("AWS_ACCESS_KEY_ID"), "{error}");
}

#[tokio::test]
async fn credentials_that_are_not_taken_end_the_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let endpoint = server(&folder).await;
    put(&endpoint, "id\na\n").await;
    let s3 = S3::new(settings(&endpoint, "another-secret")).expect("a fetcher");
    let error = ids("s3://results/runs/1.csv", s3).await.expect_err("a refusal");
    assert_eq!(error.kind(), ErrorKind::Status, "{error:?}");
    assert!(error.to_string().contains("S3 does not take the credentials"), "{error}");
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

#[tokio::test]
async fn more_than_is_allowed_is_not_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let endpoint = server(&folder).await;
    put(&endpoint, "id\na\nb\nc\nd\n").await;
    let client = Client::builder().api_key("canary-4711").max_body(4).build().expect("a client");
    let s3 = S3::new(settings(&endpoint, SECRET)).expect("a fetcher");
    let wait = batch("s3://results/runs/1.csv").wait(&client).fetch_by(s3);
    assert_eq!(wait.await.expect_err("too large").kind(), ErrorKind::BodyTooLarge);
}
