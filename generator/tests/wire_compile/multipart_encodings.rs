//! Parts are written by their encodings.

use std::collections::BTreeMap;

use fixture::{Client, FilePart, MultipartForm, types};
use service::{Request, answer};

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().expect("a client")
}

/// The parts without the boundary, and with bare line ends.
fn parts(request: &Request) -> Vec<String> {
    let stated = request.header("content-type")[0].to_owned();
    let boundary = stated.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    let text = request.text().replace("\r\n", "\n");
    let body = text.strip_suffix(&format!("--{boundary}--\n")).expect("an end");
    let start = format!("--{boundary}\n");
    let parts = body.split(&start).skip(1);
    parts.map(|part| part.trim_end_matches('\n').to_owned()).collect()
}

#[test]
fn each_part_has_its_media_type_its_headers_and_its_style() {
    let cover = FilePart::new("c.png", "PNG").content_type("image/png").header("X-Free", "yes");
    let mut album = types::AddAlbumRequest::new(cover)
        .raw(b"RAW".to_vec())
        .scan(FilePart::new("s", ""))
        .pages(vec![FilePart::from(b"1".to_vec()), FilePart::new("two", "2")])
        .tracks(BTreeMap::from([("a".to_owned(), FilePart::new("a.mp3", "A"))]))
        .note("# Röd")
        .note_x_open("all")
        .note_x_sizes([1, 2])
        .tags(vec!["one".to_owned(), "two".to_owned()])
        .ids(vec![1, 2])
        .title("T");
    album.place = serde_json::from_str(r#"{"row":1,"shelf":"x"}"#).expect("a place");
    album.meta = serde_json::from_str(r#"{"by":"me"}"#).expect("meta");
    album.people = serde_json::from_str(r#"[{"name":"a"},{"name":"b"}]"#).expect("people");
    album.extra.insert("more".to_owned(), FilePart::new("m", "M"));
    let (request, result) = answer("204 No Content", &[], "", |url| {
        client(url).albums().add(album).send_blocking().map(drop)
    });
    result.expect("a reply");
    let file = |name: &str, file: &str, head: &str, content: &str| {
        let place = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"");
        format!("{place}\nContent-Type: {head}\n\n{content}").trim_end_matches('\n').to_owned()
    };
    let value = |name: &str, head: &str, content: &str| {
        format!("Content-Disposition: form-data; name=\"{name}\"\n{head}\n{content}")
    };
    let bytes = "application/octet-stream";
    let json = "Content-Type: application/json\n";
    let expected = [
        file("cover", "c.png", "image/png\nX-Kind: cover\nX-Free: yes", "PNG"),
        file("raw", "raw", bytes, "RAW"),
        file("scan", "s", bytes, ""),
        file("pages", "pages", bytes, "1"),
        file("pages", "two", bytes, "2"),
        file("tracks[a]", "a.mp3", bytes, "A"),
        value("note", "Content-Type: text/markdown; charset=utf-8\nX-L: en\nX-Open: all\nX-Sizes: 1,2\n", "# Röd"),
        value("tags", "", "one,two"),
        value("ids", "", "1|2"),
        value("row", "", "1"),
        value("shelf", "", "x"),
        value("meta", json, r#"{"by":"me"}"#),
        value("people", json, r#"{"name":"a"}"#),
        value("people", json, r#"{"name":"b"}"#),
        value("title", json, "\"T\""),
        file("more", "m", bytes, "M"),
    ];
    assert_eq!(parts(&request), expected);
}

#[test]
fn a_body_of_files_of_any_names_takes_files() {
    let form = MultipartForm::new().file("a", FilePart::new("a.txt", ""));
    let (request, result) = answer("204 No Content", &[], "", |url| {
        client(url).albums().add_attachments(form).send_blocking().map(drop)
    });
    result.expect("a reply");
    let expected = "Content-Disposition: form-data; name=\"a\"; filename=\"a.txt\"\n\
                    Content-Type: application/octet-stream";
    assert_eq!(parts(&request), [expected]);
}
