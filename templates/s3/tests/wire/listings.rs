//! What is taken of what was listed, and how much.

use super::*;

/// Parts of five bytes each, which are listed like this.
async fn parts(answer: Answer) -> Store {
    Store::new(answer).await
}

const ROW: &str = "id\na\n";

fn listings(store: &Store) -> usize {
    store.targets().iter().filter(|target| is_listing(target)).count()
}

#[tokio::test]
async fn an_object_is_taken_up_to_the_limit() {
    let store = Store::new(|_| (200, ROW.to_owned())).await;
    assert_eq!(wait_for(5, "s3://results/1.csv", store.s3()).await.expect("five bytes"), 1);
    let error = wait_for(4, "s3://results/1.csv", store.s3()).await.expect_err("five bytes");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::BodyTooLarge, 1), "{error}");
}

#[tokio::test]
async fn parts_are_taken_up_to_the_limit_for_all_of_them() {
    let store = parts(|target| match is_listing(target) {
        true => listing(&["run/a", "run/b"]),
        false => (200, ROW.to_owned()),
    })
    .await;
    for most in [11, 10] {
        assert_eq!(wait_for(most, "s3://results/run/", store.s3()).await.expect("two"), 2);
    }
    let asked = store.targets().len();
    let error = wait_for(9, "s3://results/run/", store.s3()).await.expect_err("ten bytes");
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "{error}");
    assert_eq!(store.targets().len(), asked + 1, "no part is fetched");
}

#[tokio::test]
async fn a_part_alone_is_listed_once() {
    let store = parts(|target| match is_listing(target) {
        true => listing(&["run/a", "run/_SUCCESS"]),
        false => (200, ROW.to_owned()),
    })
    .await;
    assert_eq!(wait("s3://results/run/", store.s3()).await.expect("results"), 1);
    assert_eq!((listings(&store), store.targets().len()), (1, 2));
}

#[tokio::test]
async fn all_pages_of_a_listing_are_read() {
    let store =
        parts(|target| match (is_listing(target), target.contains("continuation-token=next")) {
            (true, true) => listing(&["run/c"]),
            (true, false) if target.contains("continuation-token") => panic!("{target}"),
            (true, false) => listing_of(&["run/a", "run/b"], 5, Some("next")),
            _ => (200, ROW.to_owned()),
        })
        .await;
    assert_eq!(wait("s3://results/run/", store.s3()).await.expect("results"), 3);
    assert_eq!(listings(&store), 4, "two pages, before and after");
}

#[tokio::test]
async fn parts_that_still_grow_are_not_taken() {
    static LISTED: Mutex<usize> = Mutex::new(0);
    let store = parts(|target| {
        if !is_listing(target) {
            return (200, ROW.to_owned());
        }
        let mut listed = LISTED.lock().expect("no panic");
        *listed += 1;
        listing_of(&["run/a", "run/b"], (*listed).min(4), None)
    })
    .await;
    assert_eq!(wait("s3://results/run/", store.s3()).await.expect("results"), 2);
    assert_eq!(listings(&store), 6, "4 is the first size that is listed twice in one look");
}

#[tokio::test]
async fn an_empty_object_that_may_not_be_read_may_still_be_written() {
    let store = parts(|target| match is_listing(target) {
        true => listing_of(&["1.csv"], 0, None),
        false => error(403, "AccessDenied", "Access Denied"),
    })
    .await;
    let told = wait_briefly("s3://results/1.csv", store.s3()).await.expect_err("not yet");
    assert_eq!(told.kind(), ErrorKind::Timeout, "{told}");
}

#[tokio::test]
async fn a_failing_store_is_told_from_a_folder() {
    let store = parts(|target| match is_listing(target) {
        true => listing(&[]),
        false => error(500, "InternalError", ""),
    })
    .await;
    let told = wait_briefly("s3://results/1.csv", store.s3()).await.expect_err("a failure");
    assert_eq!(told.kind(), ErrorKind::Timeout, "{told}");
    assert_eq!(told.status().map(|status| status.as_u16()), Some(500), "{told}");
}
