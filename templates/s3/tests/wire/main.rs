//! What is asked of S3, byte by byte, and what its answers mean.

#[path = "../../../tests/shared/alone.rs"]
mod alone;
mod environment;
mod listings;
mod places;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lantern_client::batch::{Batch, S3};
use lantern_client::batches::PhoneEnrichBatch;
use lantern_client::{Client, Error, ErrorKind};
use object_store::RetryConfig;
use object_store::aws::AmazonS3Builder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a store answers to the target of a request: a status and a body.
type Answer = fn(&str) -> (u16, String);

/// A store, and the targets that it was asked for.
struct Store {
    endpoint: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Store {
    async fn new(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let told = seen.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answer, told.clone()));
            }
        });
        Self { endpoint, seen }
    }

    fn s3(&self) -> S3 {
        let settings = AmazonS3Builder::new()
            .with_endpoint(&self.endpoint)
            .with_allow_http(true)
            .with_region("us-east-1")
            .with_access_key_id("AKIAIOSFODNN7EXAMPLE")
            .with_secret_access_key("canary-secret")
            .with_retry(RetryConfig { max_retries: 0, ..RetryConfig::default() });
        S3::new(settings).expect("a fetcher")
    }

    fn targets(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }
}

async fn serve(mut stream: TcpStream, answer: Answer, seen: Arc<Mutex<Vec<String>>>) {
    let (mut read, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(size) = stream.read(&mut buffer).await {
        read.extend_from_slice(&buffer[..size]);
        if size == 0 {
            return;
        }
        if !read.ends_with(b"\r\n\r\n") {
            continue;
        }
        let head = String::from_utf8_lossy(&read).into_owned();
        assert!(!head.contains("canary"), "{head}");
        let target = head.split(' ').nth(1).expect("a target").to_owned();
        let (status, body) = answer(&target);
        seen.lock().expect("no panic").push(target);
        let length = body.len();
        let reply = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nlast-modified: Fri, 27 Nov 2026 10:00:00 GMT\r\n\r\n{body}"
        );
        if stream.write_all(reply.as_bytes()).await.is_err() {
            return;
        }
        read.clear();
    }
}

fn batch(place: &str) -> Batch<PhoneEnrichBatch> {
    let accepted =
        serde_json::json!({"run_id": "run-1", "result_path": place, "credits_csv_path": place});
    let operation = "phone_enrich_batch_v1_agents_phone_post";
    let stored = serde_json::json!({"operation": operation, "accepted": accepted});
    serde_json::from_value(stored).expect("a batch")
}

async fn wait(place: &str, s3: S3) -> Result<usize, Error> {
    wait_for(1 << 20, place, s3).await
}

/// How many rows there are, in no more than so many bytes. A busy machine has a minute for it.
async fn wait_for(most: usize, place: &str, s3: S3) -> Result<usize, Error> {
    wait_until(Duration::from_secs(60), most, place, s3).await
}

/// As `wait`, for results that never come.
async fn wait_briefly(place: &str, s3: S3) -> Result<usize, Error> {
    wait_until(Duration::from_secs(1), 1 << 20, place, s3).await
}

async fn wait_until(deadline: Duration, most: usize, place: &str, s3: S3) -> Result<usize, Error> {
    let client = Client::builder().api_key("canary-4711").max_body(most).build();
    let client = client.expect("a client");
    let soon = Duration::from_millis(5);
    let wait = batch(place).wait(&client).every(soon, soon).deadline(deadline);
    let table = wait.forbidden_for(soon * 10).fetch_by(s3).await?;
    Ok(table.rows().count())
}

fn error(status: u16, code: &str, message: &str) -> (u16, String) {
    (status, format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>"))
}

/// Objects of five bytes each.
fn listing(keys: &[&str]) -> (u16, String) {
    listing_of(keys, 5, None)
}

/// Objects of one size, and the token of the next page.
fn listing_of(keys: &[&str], size: usize, next: Option<&str>) -> (u16, String) {
    let object = |key: &&str| {
        format!(
            "<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>2026-11-27T10:00:00.000Z</LastModified></Contents>"
        )
    };
    let objects: String = keys.iter().map(object).collect();
    let next = next.map(|token| format!("<NextContinuationToken>{token}</NextContinuationToken>"));
    (200, format!("<ListBucketResult>{objects}{}</ListBucketResult>", next.unwrap_or_default()))
}

fn is_listing(target: &str) -> bool {
    target.contains("list-type=2")
}

#[tokio::test]
async fn c28_keys_arrive_byte_by_byte() {
    let cases = [
        (
            "s3://results/runs/2026-11-27T10:00:00+00:00.csv",
            "/results/runs/2026-11-27T10%3A00%3A00%2B00%3A00.csv",
        ),
        ("s3://results/a b.csv", "/results/a%20b.csv"),
        ("s3://results/a%20b.csv", "/results/a%2520b.csv"),
        ("s3://results/a%2Fb%2e%2e.csv", "/results/a%252Fb%252e%252e.csv"),
        (
            "s3://results/dt=2026/a+b&c,d;e@f$g!(h)'.csv",
            "/results/dt%3D2026/a%2Bb%26c%2Cd%3Be%40f%24g%21%28h%29%27.csv",
        ),
        ("s3://results/a?b#c.csv", "/results/a%3Fb%23c.csv"),
        (
            "s3://results/{a}[b]|c^d`e~f\"<g>*.csv",
            "/results/%7Ba%7D%5Bb%5D%7Cc%5Ed%60e~f%22%3Cg%3E%2A.csv",
        ),
        ("s3://results/größe/結果.csv", "/results/gr%C3%B6%C3%9Fe/%E7%B5%90%E6%9E%9C.csv"),
        ("s3://Legacy_Bucket.x/1.csv", "/Legacy_Bucket.x/1.csv"),
        ("Legacy_Bucket/runs/1:2.csv", "/Legacy_Bucket/runs/1%3A2.csv"),
        ("arn:aws:s3:::results/1.csv", "/results/1.csv"),
    ];
    let store = Store::new(|_| (200, "id\na\n".to_owned())).await;
    for (place, _) in cases {
        assert_eq!(wait(place, store.s3()).await.expect(place), 1, "{place}");
    }
    assert_eq!(store.targets(), cases.map(|(_, target)| target));
}

#[tokio::test]
async fn c28_a_listing_tells_no_right_from_not_there_yet() {
    // It is there, and may not be read.
    let store = Store::new(|target| match is_listing(target) {
        true => listing(&["1.csv", "1.csv.gz"]),
        false => error(403, "AccessDenied", "Access Denied"),
    });
    let told = wait("s3://results/1.csv", store.await.s3()).await.expect_err("no right");
    assert_eq!((told.kind(), told.timing().attempts), (ErrorKind::Status, 1), "{told}");
    assert!(told.to_string().contains("no permission to read"), "{told}");

    // It is not there.
    let store = Store::new(|target| match is_listing(target) {
        true => listing(&["1.csv.gz", "1.csvx/part"]),
        false => error(403, "AccessDenied", "Access Denied"),
    })
    .await;
    let told = wait_briefly("s3://results/1.csv", store.s3()).await.expect_err("not yet");
    assert_eq!(
        (told.kind(), told.status().map(|status| status.as_u16())),
        (ErrorKind::Timeout, Some(404))
    );
    assert_eq!(store.targets()[1], "/results?list-type=2&prefix=1.csv");

    // Nobody can tell.
    let store = Store::new(|_| error(403, "AccessDenied", "Access Denied")).await;
    let told = wait("s3://results/1.csv", store.s3()).await.expect_err("forbidden");
    assert_eq!(
        (told.kind(), told.status().map(|status| status.as_u16())),
        (ErrorKind::Status, Some(403))
    );
    assert!(told.to_string().contains("`Wait::forbidden_for`"), "{told}");
    // A prefix that may not be listed cannot be read at all.
    let told = wait("s3://results/run/", store.s3()).await.expect_err("no right");
    assert_eq!((told.kind(), told.timing().attempts), (ErrorKind::Status, 1), "{told}");
    assert!(told.to_string().contains("no permission to list"), "{told}");
}

#[tokio::test]
async fn c28_what_does_not_pass_ends_the_wait() {
    let cases: [(Answer, &str); 7] = [
        (|_| error(404, "NoSuchBucket", ""), "no such bucket"),
        (|_| error(403, "InvalidAccessKeyId", ""), "S3 does not take the credentials"),
        (|_| error(400, "ExpiredToken", ""), "S3 does not take the credentials"),
        (|_| error(403, "AllAccessDisabled", ""), "nobody may read them"),
        (
            |_| error(403, "AccessDenied", "User: x is not authorized to perform: s3:GetObject on"),
            "no permission to read",
        ),
        (|_| error(400, "AuthorizationHeaderMalformed", ""), "another region"),
        (|_| (301, String::new()), "301"),
    ];
    for (answer, reason) in cases {
        for place in ["s3://results/1.csv", "s3://results/run/"] {
            let store = Store::new(answer).await;
            let told = wait(place, store.s3()).await.expect_err("no results");
            assert_eq!((told.kind(), told.timing().attempts), (ErrorKind::Status, 1), "{told}");
            assert!(told.to_string().contains(reason), "{reason}: {told}");
            assert_eq!(store.targets().len(), 1, "nothing more is asked");
        }
    }
    let store = Store::new(|_| error(503, "SlowDown", "")).await;
    let told = wait_briefly("s3://results/1.csv", store.s3()).await.expect_err("too slow");
    assert_eq!((told.kind(), told.is_retryable()), (ErrorKind::Timeout, true));
}

#[tokio::test]
async fn c28_parts_are_taken_once_no_more_of_them_come() {
    // Each listing has one more part than the one before.
    static LISTED: Mutex<usize> = Mutex::new(0);
    let store = Store::new(|target| {
        if !is_listing(target) {
            return (200, "id\na\n".to_owned());
        }
        let mut listed = LISTED.lock().expect("no panic");
        *listed += 1;
        let keys: Vec<_> =
            (0..(*listed + 1).min(4)).map(|part| format!("run/part-{part}")).collect();
        listing(&keys.iter().map(String::as_str).collect::<Vec<_>>())
    })
    .await;
    assert_eq!(wait("s3://results/run/", store.s3()).await.expect("results"), 4);
    assert!(store.targets().iter().filter(|target| is_listing(target)).count() >= 4);
}

/// The caller's own bucket may also be the first step of a key.
#[tokio::test]
async fn c28_a_key_is_looked_for_with_and_without_its_bucket() {
    let store = Store::new(|target| match (is_listing(target), target) {
        (false, "/results/results/1.csv") => (200, "id\na\n".to_owned()),
        (true, _) => listing(&[]),
        _ => error(404, "NoSuchKey", ""),
    })
    .await;
    let s3 = store.s3().bucket("results");
    assert_eq!(wait("results/1.csv", s3.clone()).await.expect("results"), 1);
    assert_eq!(store.targets()[0], "/results/1.csv");
    let told = wait_briefly("other/1.csv", s3).await.expect_err("not yet");
    assert_eq!(told.kind(), ErrorKind::Timeout);
    assert!(store.targets().iter().any(|target| target == "/results/other/1.csv"));
    assert!(!store.targets().iter().any(|target| target.starts_with("/other")));
}
