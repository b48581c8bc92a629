//! The test kit with every form of a body and a reply.

use templates::desk::{
    DonateBook, DownloadCover, FollowNews, SearchShelves, SignIn, TakeInventory, UploadCover,
};
use templates::mock::{Example, Mock};
use templates::{DriftLog, books, types};

#[tokio::test(start_paused = true)]
async fn each_form_of_a_reply_has_an_example() {
    let mock = Mock::new().with_examples();
    let drift = DriftLog::new();
    let client = mock.client_builder().drift(&drift).build().expect("a client");
    let desk = client.desk();
    let covers = desk.download_cover(7).await.expect("bytes");
    assert!(covers.is_empty());
    let news = desk.follow_news().await.expect("a stream");
    let mut news = news.into_body();
    assert!(news.next().await.expect("an item").is_ok());
    assert!(news.next().await.is_none());
    let mut log = desk.read_log().await.expect("a stream").into_body();
    assert!(log.next().await.expect("an item").is_ok());
    assert_eq!(desk.sign_in(types::SignIn::example()).await.expect("a text").body(), "text");
    assert!(desk.print_catalogue().await.is_ok());
    assert!(client.books().remove(7).await.is_ok());
    let added = client.books().add(types::NewBook::example()).await.expect("a book");
    assert_eq!(added.status().as_u16(), 201, "the documented status");
    assert_eq!(*added, types::Book::example());
    assert_eq!(mock.seen::<books::RemoveBook>()[0].path("book_id").as_deref(), Some("7"));
    assert_eq!(drift.drifts(), [], "examples are as described");
}

#[tokio::test(start_paused = true)]
async fn replies_have_the_form_of_their_operation() {
    let mock = Mock::new();
    let desk = mock.client();
    let desk = desk.desk();
    mock.on::<SignIn>().reply("a token");
    assert_eq!(desk.sign_in(types::SignIn::new("ada")).await.expect("a text").body(), "a token");
    mock.on::<DownloadCover>().reply_bytes("image/png", vec![1, 2]);
    assert_eq!(desk.download_cover(1).await.expect("bytes").as_ref(), [1, 2]);
    mock.on::<UploadCover>();
    let file = templates::FilePart::new("front", vec![0_u8]);
    desk.upload_cover(1, types::NewCover::new(file, "text")).await.expect("nothing");
    assert!(!mock.seen::<UploadCover>()[0].body().is_empty(), "parts are bytes");
    mock.on::<FollowNews>().reply_items([types::Item::example(), types::Item::example()]);
    let mut news = desk.follow_news().await.expect("a stream").into_body();
    for _ in 0..2 {
        assert_eq!(
            news.next().await.expect("an item").expect("an event").data,
            types::Item::example()
        );
    }
    mock.on::<SearchShelves>().with_path("rows", ";rows=1,2").reply(vec![types::Item::example()]);
    assert_eq!(desk.search_shelves(vec![1, 2]).await.expect("items").len(), 1);
    mock.on::<DonateBook>().when(|request| request.body().title == "A title");
    desk.donate(1, types::Donation::new("A title")).await.expect("nothing");
    let seen = &mock.seen::<DonateBook>()[0];
    assert_eq!((seen.method(), seen.operation().is_empty()), ("POST", false));
}

#[tokio::test(start_paused = true)]
async fn a_result_that_comes_later_is_waited_for_without_waiting() {
    let mock = Mock::new();
    let client = mock.client();
    mock.on::<TakeInventory>().status(202).header("Operation-Location", "/v1/inventories/7");
    let page = serde_json::to_value(types::BookPage::example()).expect("JSON");
    mock.on_request("GET", "/v1/inventories/7")
        .reply(serde_json::json!({"state": "counting"}))
        .then_reply(serde_json::json!({"state": "counted", "books": page}));
    let started = tokio::time::Instant::now();
    let poller = client.desk().take_inventory().into_poller().await.expect("accepted");
    assert_eq!(*poller.await.expect("a page"), types::BookPage::example());
    assert_eq!(started.elapsed(), std::time::Duration::from_secs(4), "two pauses");
}
