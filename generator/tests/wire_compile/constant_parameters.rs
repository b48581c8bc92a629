//! Required parameters that have only one value are sent by themselves, and can be set.

use fixture::Client;
use fixture::types::{FindSongsLabel, SongKind};
use service::answer;

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().expect("a client")
}

#[test]
fn constants_are_sent_by_themselves() {
    let (request, result) = answer("204 No Content", &[], "", |url| {
        client(url).songs().find().send_blocking().map(drop)
    });
    result.expect("a reply");
    let query =
        "at=/a,b&joined=/a%2Cb&type=song%20and%20more&whole=true&nothing=null&filter=%22all%22";
    assert_eq!(request.target(), format!("/v2/songs/live/;mark=a/.7/b/c%20d?{query}"));
    assert_eq!(request.header("api-version"), ["2024-01-01"]);
    assert!(request.header("x-none").is_empty());
    assert_eq!(request.header("cookie"), ["consent=given"]);
}

#[test]
fn what_is_set_is_sent_instead_and_once() {
    let (request, result) = answer("204 No Content", &[], "", |url| {
        let client = client(url);
        let call = client.songs().find().mark("b").label(FindSongsLabel::Unrecognized(8));
        let call = call.file("d/e").at_parameter("f").joined("g");
        let call = call.type_("all").whole(false).api_version("2025").none("some".into());
        let call = call.kind(SongKind::Unrecognized("studio".to_owned())).consent("refused");
        call.order("newest").filter("none").send_blocking().map(drop)
    });
    result.expect("a reply");
    let query =
        "at=f&joined=g&type=all&whole=false&none=some&order=newest&filter=%22none%22&nothing=null";
    assert_eq!(request.target(), format!("/v2/songs/studio/;mark=b/.8/d/e?{query}"));
    assert_eq!(request.header("api-version"), ["2025"]);
    assert_eq!(request.header("cookie"), ["consent=refused"]);
}
