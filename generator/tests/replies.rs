//! What a client has for its replies and its errors, and what it does without.

use fixture::{api, client, text};
use lantern_generator::pipeline::model::{Reply, ReplyForm};
use lantern_generator::pipeline::render::Documentation;

use crate::fixture;

#[test]
fn a_crate_has_what_its_replies_need() {
    let table = [
        ("bytes_and_text", true, false),
        ("reply_that_streams", false, true),
        ("multipart_body", false, false),
    ];
    for (fixture, bytes, items) in table {
        let client = client(fixture);
        let has = |text: &str| client.files.iter().any(|file| file.text.contains(text));
        let has_folder = |path: &str| client.files.iter().any(|file| file.path.contains(path));
        assert_eq!(has_folder("runtime/byte_stream/"), bytes, "{fixture}");
        assert_eq!(has_folder("runtime/item_stream/"), items, "{fixture}");
        assert_eq!(has_folder("runtime/stream.rs"), bytes || items, "{fixture}");
        assert_eq!(has("ByteStream"), bytes, "{fixture}");
        assert_eq!(has("ItemStream"), items, "{fixture}");
        let manifest = text(&client, "Cargo.toml");
        // Bodies of requests can be streams, too.
        let streams = bytes || items || fixture == "multipart_body";
        assert_eq!(manifest.contains("futures-core"), streams, "{fixture}");
    }
}

#[test]
fn replies_that_are_bytes_or_may_be_are_downloads() {
    let downloads = |fixture| -> Vec<String> {
        let api = api(fixture);
        let downloads = api.operations().filter(|found| found.success.has_bytes());
        downloads.map(|found| found.name.rust().to_owned()).collect()
    };
    assert_eq!(downloads("bytes_and_text"), ["get"]);
    assert_eq!(downloads("bytes_or_json"), ["export"]);
    assert!(downloads("reply_that_streams").is_empty());
    let client = client("bytes_or_json");
    let module = text(&client, "src/files.rs");
    assert!(module.contains("reply.bytes().map(Self::Zip)"), "they can be had whole, too");
    assert!(module.contains("impl crate::Download for Export {}"), "{module}");
}

#[test]
fn the_data_of_an_event_have_the_type_of_their_schema() {
    let client = client("reply_that_streams");
    let module = text(&client, "src/news.rs");
    for item in ["types::News", "types::SeatsResponseData"] {
        assert!(module.contains(item), "{item} is not in\n{module}");
    }
    assert!(text(&client, "src/types/news.rs").contains("pub row: i64,"));
}

#[test]
fn lines_have_many_names() {
    let api = api("lines_by_many_names");
    let replies: Vec<_> = api.operations().map(|found| &found.success).collect();
    let [Reply::One(ReplyForm::Lines(_)), Reply::One(ReplyForm::Lines(_)), both] = &replies[..]
    else {
        panic!("{replies:?}")
    };
    let Reply::Several { streams, cases, .. } = both else { panic!("{both:?}") };
    assert_eq!(*streams, ["application/stream+json"]);
    let forms: Vec<_> = cases.iter().map(|case| &case.form).collect();
    assert!(matches!(forms[..], [ReplyForm::Json(_), ReplyForm::Lines(_)]), "{forms:?}");
}

#[test]
fn a_setter_does_not_hide_the_word_for_streams() {
    let api = api("lines_by_many_names");
    let setters = api.operations().flat_map(|found| &found.options);
    let names: Vec<_> = setters.map(|found| (found.name.wire(), found.name.rust())).collect();
    assert!(matches!(names[..], [("stream", rust)] if rust != "stream"), "{names:?}");
}

#[test]
fn common_errors_are_listed_once() {
    let api = api("usual_errors");
    let documentation = Documentation::new(&api);
    let tag = api.tags.first().expect("a tag");
    let told = tag.operations.iter().map(|operation| {
        let docs = documentation.operation(tag, operation);
        let links = docs.iter().any(|line| line.contains("(crate#common-errors)"));
        let own = docs.iter().filter(|line| line.contains("It failed")).count();
        (operation.name.rust(), links, own)
    });
    let told: Vec<_> = told.collect();
    let expected = [
        ("usual", true, 0),
        ("more", true, 0),
        ("also_usual", true, 0),
        ("less", false, 1),
        ("none", false, 0),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_client_certificate_is_told_of_on_the_front_page() {
    let generated = fixture::generate(&fixture::path("security_schemes"));
    let generated = generated.unwrap_or_else(|found| panic!("{found}"));
    let text = fixture::text(&generated.value, "src/lib.rs");
    assert!(text.contains("asks for a client certificate (`certificate`)"), "{text}");
    let told = generated.warnings.to_string();
    assert!(!told.contains("certificate"), "{told}");
}
