//! Every line of a header is read, and lists have types.

use fixture::Client;
use service::answer;

mod service;

#[test]
fn every_line_of_a_header_is_read() {
    let headers = [
        "Content-Type: application/json",
        "Link: <a>; rel=next",
        "Link: <b>; rel=last",
        "x-counts: 1, 2",
        "X-Counts: 3",
        "X-Words: a,\"b, c\"",
        "x-LIMIT: 5",
        "X-Size: 2.5",
        "X-Mixed: true",
    ];
    let (_, reply) = answer("200 OK", &headers, "{}", |url| {
        let client = Client::builder().base_url(url).build().expect("a client");
        client.things().list().send_blocking().expect("a reply")
    });
    let meta = reply.meta();
    assert_eq!(meta.link(), Some("<a>; rel=next, <b>; rel=last"));
    assert_eq!(meta.x_counts(), Some(vec![1, 2, 3]));
    assert_eq!(meta.x_words(), Some(vec!["a".to_owned(), "\"b, c\"".to_owned()]));
    assert_eq!((meta.x_limit(), meta.x_size(), meta.x_mixed()), (Some(5), Some(2.5), Some("true")));
    assert_eq!(meta.x_object(), None);
    assert_eq!(reply.headers().get_all("link").iter().count(), 2);
}
