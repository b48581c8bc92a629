//! Waiting for results: what ends it, what it is told, and by what it goes, under virtual time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lantern_client::batch::{Fetch, FetchError, FetchProgress, Fetched, Fetching, Place, Web};
use lantern_client::{Client, ErrorKind, Phase, Sending, Transport};
use reqwest::StatusCode;
use tokio::time::Instant;

use crate::tables::phone_batch;
use crate::virtual_time::{Answer, Service};
use crate::wire::{Then, Wire, reply};

const S3: &str = "s3://bucket/1.csv";
const WEB: &str = "https://bucket.example.com/1.csv?sig=abc";
const CSV: &str = "id\na\n";

/// What a look does, by its number and what it can tell.
type Look = dyn for<'a> Fn(usize, &'a FetchProgress) -> Fetching<'a> + Send + Sync;

/// A store by the number of the look.
#[derive(Clone)]
struct Store {
    look: Arc<Look>,
    looks: Arc<Mutex<Vec<Instant>>>,
}

impl Store {
    fn new(
        look: impl for<'a> Fn(usize, &'a FetchProgress) -> Fetching<'a> + Send + Sync + 'static,
    ) -> Self {
        Self { look: Arc::new(look), looks: Arc::default() }
    }

    fn saying(
        answers: impl Fn(usize) -> Result<Fetched, FetchError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(move |number, _| {
            let answer = answers(number);
            Box::pin(async move { answer })
        })
    }

    fn count(&self) -> usize {
        self.looks.lock().expect("no panic").len()
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Fetch for Store {
    fn fetch<'a>(&'a self, _: &'a Place, _: usize) -> Fetching<'a> {
        Box::pin(async { panic!("it can be told") })
    }

    fn fetch_telling<'a>(
        &'a self,
        _: &'a Place,
        _: usize,
        told: &'a FetchProgress,
    ) -> Fetching<'a> {
        let mut looks = self.looks.lock().expect("no panic");
        looks.push(Instant::now());
        (self.look)(looks.len(), told)
    }
}

fn not_yet(status: u16) -> Result<Fetched, FetchError> {
    Ok(Fetched::NotYet(StatusCode::from_u16(status).expect("a status")))
}

fn found() -> Result<Fetched, FetchError> {
    Ok(Fetched::Found(CSV.into()))
}

fn client() -> Client {
    Service::new(|_, _, _| panic!("a request")).client()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(start_paused = true)]
async fn c28_a_store_that_forbids_ends_the_wait_early() {
    let cases = [
        (None, 900),
        (Some(Duration::ZERO), 0),
        (Some(seconds(60)), 60),
        (Some(Duration::MAX), 3600),
    ];
    for (allowed, expected) in cases {
        let store = Store::saying(|_| not_yet(403));
        let wait = phone_batch(S3).wait(&client()).fetch_by(store.clone());
        let wait = allowed.into_iter().fold(wait, |wait, time| wait.forbidden_for(time));
        let began = Instant::now();
        let error = wait.await.expect_err("forbidden");
        assert_eq!(began.elapsed(), seconds(expected), "{allowed:?}");
        assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
        assert_eq!(error.timing().attempts as usize, store.count());
        assert_eq!(error.timing().paused, seconds(expected));
        match expected {
            3600 => assert_eq!(error.kind(), ErrorKind::Timeout),
            _ => {
                assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Status, false));
                let told = error.to_string();
                assert!(
                    told.contains("run-1")
                        && told.contains("403")
                        && told.contains("forbidden_for"),
                    "{told}"
                );
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn c28_a_store_that_says_something_else_in_between_does_not_forbid() {
    let store = Store::saying(|number| match number {
        10 | 20 => not_yet(404),
        30 => found(),
        _ => not_yet(403),
    });
    let wait = phone_batch(S3).wait(&client()).every(seconds(60), seconds(60));
    wait.fetch_by(store.clone()).await.expect("results");
    assert_eq!(store.count(), 30);
    // A failure in between says nothing of it.
    let store = Store::saying(|number| match number {
        2 => Err(FetchError::passing("down")),
        _ => not_yet(403),
    });
    let wait = phone_batch(S3).wait(&client()).forbidden_for(seconds(20));
    let began = Instant::now();
    assert_eq!(wait.fetch_by(store).await.expect_err("forbidden").kind(), ErrorKind::Status);
    assert_eq!(began.elapsed(), seconds(20));
}

#[tokio::test(start_paused = true)]
async fn c28_what_does_not_pass_ends_the_wait_at_once() {
    for error in [
        FetchError::lasting("no"),
        FetchError::refused("no"),
        FetchError::configuration("no"),
        FetchError::too_large(1),
    ] {
        let error = Mutex::new(Some(error));
        let store =
            Store::saying(move |_| Err(error.lock().expect("no panic").take().expect("one look")));
        let began = Instant::now();
        let error = phone_batch(S3).wait(&client()).fetch_by(store).await.expect_err("no");
        assert_eq!((began.elapsed(), error.timing().attempts), (Duration::ZERO, 1), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn c28_without_what_goes_to_s3_nothing_is_waited_for() {
    for place in [S3, "bucket/1.csv", "1.csv", "s3://bucket/run/", "arn:aws:s3:::bucket/1.csv"] {
        let began = Instant::now();
        let web = Web::by(Service::new(|_, _, _| panic!("a request")));
        let by_web = phone_batch(place).wait(&client()).fetch_by(web).await.expect_err("no S3");
        assert_eq!(by_web.kind(), ErrorKind::Refused, "{by_web}");
        assert_eq!(began.elapsed(), Duration::ZERO);
        let by_itself = phone_batch(place).wait(&client()).await.expect_err("no S3");
        for error in [by_web, by_itself] {
            // In a build of the whole workspace the feature is on. Credentials are missing then, and a role
            // is looked for before that is known.
            let says = |text| error.to_string().contains(text);
            let is_told = match error.kind() {
                ErrorKind::Refused => says("feature `s3`") || says("`S3"),
                ErrorKind::Configuration => says("AWS_ACCESS_KEY_ID"),
                _ => false,
            };
            assert!(is_told, "{error}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn slow_results_say_how_often_it_was_looked_and_how_much_came() {
    let silent = Store::new(|_, _| Box::pin(std::future::pending()));
    let wait = phone_batch(S3).wait(&client()).deadline(seconds(150));
    let error = wait.fetch_by(silent.clone()).await.expect_err("too late");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Results)));
    let told = error.to_string();
    assert_eq!((silent.count(), error.timing().attempts), (3, 3));
    assert!(
        told.contains("after 150s and 3 looks") && told.contains("when nothing had come"),
        "{told}"
    );
    assert_eq!(error.timing().in_flight + error.timing().paused, seconds(150));

    // 10 of 100 bytes come, and then no more.
    let stuck = Store::new(|number, told| match number {
        1 => Box::pin(async { not_yet(404) }),
        _ => Box::pin(async {
            told.expect(100);
            told.add(10);
            std::future::pending().await
        }),
    });
    let wait = phone_batch(S3).wait(&client()).deadline(seconds(100));
    let error = wait.fetch_by(stuck.clone()).await.expect_err("too late");
    let told = error.to_string();
    assert!(told.contains("2 looks") && told.contains("10 of 100 bytes had come"), "{told}");
    assert_eq!((error.status(), error.is_retryable()), (Some(StatusCode::NOT_FOUND), true));

    let down =
        Store::saying(|_| Err(FetchError::passing("down").with_status(StatusCode::BAD_GATEWAY)));
    let wait = phone_batch(S3).wait(&client()).deadline(Duration::ZERO).fetch_by(down);
    let error = wait.await.expect_err("down");
    assert!(
        error.to_string().contains("after 0ns and 1 look: the last one failed, as down"),
        "{error}"
    );
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert!(std::error::Error::source(&error).is_none(), "the message has all of it");

    let cut = || std::io::Error::other("the cable was cut");
    let down = Store::saying(move |_| Err(FetchError::passing("down").with_source(cut())));
    let wait = phone_batch(S3).wait(&client()).deadline(Duration::ZERO).fetch_by(down);
    let error = wait.await.expect_err("down");
    let source = std::error::Error::source(&error).expect("the cause of the last failure");
    assert_eq!(source.to_string(), "the cable was cut");
}

#[tokio::test(start_paused = true)]
async fn slow_results_are_taken_as_long_as_they_come() {
    let slow = |bytes: u64| {
        Store::new(move |_, told| {
            Box::pin(async move {
                for _ in 0..bytes {
                    tokio::time::sleep(seconds(50)).await;
                    told.add(1);
                }
                found()
            })
        })
    };
    let began = Instant::now();
    phone_batch(S3).wait(&client()).fetch_by(slow(20)).await.expect("results");
    assert_eq!(began.elapsed(), seconds(1000));
    // But no longer than the wait may take.
    let began = Instant::now();
    let wait = phone_batch(S3).wait(&client()).deadline(seconds(525));
    let error = wait.fetch_by(slow(1000)).await.expect_err("too late");
    assert_eq!(began.elapsed(), seconds(525));
    assert!(
        error.to_string().contains("1 look") && error.to_string().contains("when 10 bytes"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_from_the_first_to_the_longest_whatever_they_are() {
    for (first, longest, expected) in [
        (seconds(10), seconds(30), vec![10, 15, 22, 30, 30]),
        (seconds(10), seconds(10), vec![10, 10, 10, 10, 10]),
        (seconds(10), seconds(4), vec![10, 4, 4, 4, 4]),
    ] {
        let store = Store::saying(|number| if number == 6 { found() } else { not_yet(404) });
        let wait = phone_batch(S3).wait(&client()).every(first, longest);
        wait.fetch_by(store.clone()).await.expect("results");
        let looks = store.looks.lock().expect("no panic").clone();
        let pauses: Vec<_> = looks.windows(2).map(|two| (two[1] - two[0]).as_secs()).collect();
        assert_eq!(pauses, expected);
    }
    for time in [Duration::ZERO, Duration::MAX] {
        let store = Store::saying(|number| if number < 3 { not_yet(404) } else { found() });
        let wait =
            phone_batch(S3).wait(&client()).every(time, Duration::MAX).deadline(Duration::MAX);
        let waited = tokio::time::timeout(seconds(3600), wait.fetch_by(store)).await;
        assert_eq!(waited.is_ok(), time.is_zero(), "neither busy nor a panic");
    }
}

/// What goes out by the transport of a client.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Transport for Seen {
    fn send(&self, request: reqwest::Request) -> Sending<'_> {
        let told = format!("{} {} {:?}", request.method(), request.url(), request.headers());
        self.0.lock().expect("no panic").push(told);
        Box::pin(async { Ok(http::Response::new(CSV).into()) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_goes_by_the_clients_transport_without_its_credential() {
    let seen = Seen::default();
    let client =
        Client::builder().api_key(crate::KEY).transport(seen.clone()).build().expect("a client");
    phone_batch(WEB).wait(&client).await.expect("results");
    assert_eq!(*seen.0.lock().expect("no panic"), [format!("GET {WEB} {{}}")]);
    // It goes to no local place, either.
    let error = phone_batch("https://127.0.0.1/1.csv").wait(&client).await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert_eq!(seen.0.lock().expect("no panic").len(), 1);
}

/// A proxy is asked for `https` by CONNECT, so that what goes past it is not seen there.
#[tokio::test]
async fn c24_a_wait_goes_by_the_clients_http_client() {
    let proxy = Wire::new(Then::Close(reply("502 Bad Gateway", "", b""))).await;
    let address = format!("http://{}", proxy.address);
    let http = reqwest::Client::builder().proxy(reqwest::Proxy::all(address).expect("a proxy"));
    let http = http.build().expect("a client");
    let client = Client::builder().api_key(crate::KEY).http_client(http).build().expect("a client");
    let wait = phone_batch(WEB).wait(&client).deadline(Duration::ZERO);
    assert_eq!(wait.await.expect_err("no results").kind(), ErrorKind::Timeout);
    let heads = proxy.heads().join("\n");
    assert!(heads.starts_with("CONNECT bucket.example.com:443"), "{heads}");
    assert!(
        !heads.to_ascii_lowercase().contains("authorization") && !heads.contains(crate::KEY),
        "{heads}"
    );
}

#[tokio::test(start_paused = true)]
async fn c28_a_store_on_the_web_says_what_is_meant() {
    let xml = |code: &str| -> &'static str {
        format!("<Error><Code>{code}</Code><Message>x</Message></Error>").leak()
    };
    let cases = [
        (404, xml("NoSuchBucket"), ErrorKind::Status, "there is no such bucket", 0),
        (403, xml("SignatureDoesNotMatch"), ErrorKind::Status, "SignatureDoesNotMatch", 0),
        (400, xml("ExpiredToken"), ErrorKind::Status, "submit no second batch", 0),
        (301, xml("PermanentRedirect"), ErrorKind::Status, "another region", 0),
        (403, xml("AccessDenied"), ErrorKind::Status, "no right", 900),
        (404, xml("NoSuchKey"), ErrorKind::Timeout, "404", 3600),
        (503, xml("SlowDown"), ErrorKind::Timeout, "503", 3600),
    ];
    for (status, body, kind, told, after) in cases {
        let service = Service::new(move |_, _, _| Answer::Reply(status, vec![], body));
        let began = Instant::now();
        let error = phone_batch(WEB).wait(&service.client()).await.expect_err("no results");
        assert_eq!(error.kind(), kind, "{status} {body}: {error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(error.to_string().contains(told), "{told}: {error}");
        assert_eq!(began.elapsed().as_secs() / 2, after / 2, "{status} {body}");
        assert!(!format!("{error:?}").contains("abc"), "a signature is a secret");
    }
}
