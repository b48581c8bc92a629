//! G02 to G05: what a reader of the crate and of its documentation sees.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::*;

/// A description with a text in most places that become documentation.
fn documented(text: &str) -> String {
    let property = json!({ "type": "string", "description": text, "example": text });
    let schema = json!({ "type": "object", "title": text, "description": text, "properties": { "a": property } });
    let mut paths = answering(json!({ "$ref": "#/components/schemas/Thing" }));
    paths["/things"]["get"]["description"] = text.into();
    paths["/things"]["get"]["summary"] = text.into();
    let mut description: Value =
        serde_json::from_str(&described(paths, json!({ "schemas": { "Thing": schema } })))
            .expect("JSON");
    description["info"]["description"] = text.into();
    description["info"]["title"] = text.into();
    description.to_string()
}

/// The documentation in a file, item by item.
fn docs(text: &str) -> Vec<String> {
    let mut docs = vec![String::new()];
    for line in text.lines().map(str::trim_start) {
        let doc = line.strip_prefix("///").or(line.strip_prefix("//!"));
        match (doc, docs.last_mut()) {
            (Some(doc), Some(last)) => {
                last.push_str(doc.strip_prefix(' ').unwrap_or(doc));
                last.push('\n');
            }
            _ => docs.push(String::new()),
        }
    }
    docs.retain(|doc| !doc.is_empty());
    docs
}

/// Every documentation that comes of a text.
fn docs_of(text: &str) -> Vec<String> {
    let generated = generated(&documented(text));
    own_files(&generated)
        .filter(|(path, _)| path.ends_with(".rs"))
        .flat_map(|(_, text)| docs(text))
        .collect()
}

#[test]
fn g02_line_ends_and_control_characters_are_not_passed_on() {
    let hostile = "a\rb\r\nc\u{85}d\u{2028}e\u{2029}f\u{b}g\u{c}h\0i\u{7f}j\u{1b}[31mk";
    let generated = generated(&documented(hostile));
    for (path, text) in own_files(&generated) {
        let raw = text.chars().find(|it| it.is_control() && *it != '\n');
        assert_eq!(raw, None, "{path}");
        assert!(!text.contains(['\u{2028}', '\u{2029}', '\u{85}']), "{path}");
    }
    let docs = docs_of(hostile).concat();
    for letter in ["a", "b", "c", "k"] {
        assert!(docs.contains(letter), "{letter}");
    }
}

#[test]
fn g03_no_code_of_a_description_is_run() {
    for text in texts::CODE {
        for doc in docs_of(text) {
            let mut run = None;
            for event in Parser::new(&doc) {
                match event {
                    Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                        run = (&*info != "text").then_some(info);
                    }
                    Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => run = Some("".into()),
                    Event::Text(code) if run.is_some() => {
                        assert!(!code.contains("evil"), "{text:?}\n{doc}")
                    }
                    Event::End(_) => run = None,
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn g04_no_html_of_a_description_is_live() {
    for text in texts::HTML {
        for doc in docs_of(text) {
            for event in Parser::new(&doc) {
                match event {
                    Event::Html(html) | Event::InlineHtml(html) => {
                        assert!(!html.contains("evil"), "{text:?} is live: {html}");
                    }
                    Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                        let scheme = dest_url.split(':').next().unwrap_or_default().to_lowercase();
                        assert!(
                            !["javascript", "data"].contains(&&*scheme),
                            "{text:?} leads to {dest_url}"
                        );
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn g05_what_cannot_be_seen_is_shown_and_no_name_looks_like_another() {
    let invisible = [
        '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200b}', '\u{200d}', '\u{2060}',
        '\u{feff}',
    ];
    let hostile: String = invisible.iter().collect();
    let look_alike = "pаypаl"; // Two of its letters are Cyrillic.
    // Korean letters without a shape, and a choice of shapes.
    let shapeless = "\u{3164}姓\u{ffa0}名\u{fe0f}";
    let property = json!({ "type": "string", "description": hostile });
    let schema =
        json!({ "type": "object", "properties": { look_alike: property, shapeless: property } });
    let schemas =
        json!({ look_alike: schema, "Thing": { "type": "string", "enum": [hostile, look_alike] } });
    let text = described(
        answering(json!({ "$ref": format!("#/components/schemas/{look_alike}") })),
        json!({ "schemas": schemas }),
    );
    for text in [text, documented(&hostile)] {
        let generated = generated(&text);
        for (path, text) in own_files(&generated) {
            assert!(!text.contains(invisible), "{path}");
            if path.ends_with(".rs") {
                let tokens: TokenStream = text.parse().expect("Rust");
                let is_plain = |letter: char| letter.is_ascii() || "姓名".contains(letter);
                for name in identifiers(tokens) {
                    assert!(name.chars().all(is_plain), "{path}: {name:?}");
                }
            }
        }
    }
}

pub fn identifiers(tokens: TokenStream) -> Vec<String> {
    let of = |token| match token {
        TokenTree::Ident(name) => vec![name.to_string()],
        TokenTree::Group(group) => identifiers(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
    };
    tokens.into_iter().flat_map(of).collect()
}
