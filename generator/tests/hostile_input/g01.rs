//! G01: text is text, whatever it holds.

use quote::ToTokens;

use super::*;

/// Places of free text, none of which gives anything its name.
const TEXTS: &[&str] = &[
    "/info/title",
    "/info/version",
    "/info/description",
    "/info/termsOfService",
    "/info/contact/name",
    "/info/license/name",
    "/info/license/url",
    "/servers/0/description",
    "/externalDocs/description",
    "/externalDocs/url",
    "/tags/0/description",
    "/paths/~1things~1{id}/description",
    "/paths/~1things~1{id}/post/summary",
    "/paths/~1things~1{id}/post/description",
    "/paths/~1things~1{id}/post/externalDocs/url",
    "/paths/~1things~1{id}/post/parameters/0/description",
    "/paths/~1things~1{id}/post/parameters/1/description",
    "/paths/~1things~1{id}/post/parameters/1/example",
    "/paths/~1things~1{id}/post/parameters/1/schema/default",
    "/paths/~1things~1{id}/post/parameters/1/schema/pattern",
    "/paths/~1things~1{id}/post/requestBody/description",
    "/paths/~1things~1{id}/post/requestBody/content/application~1json/example/name",
    "/paths/~1things~1{id}/post/responses/200/description",
    "/paths/~1things~1{id}/post/responses/200/headers/X-Left/description",
    "/paths/~1things~1{id}/post/responses/404/description",
    "/components/schemas/Thing/title",
    "/components/schemas/Thing/description",
    "/components/schemas/Thing/properties/name/title",
    "/components/schemas/Thing/properties/name/description",
    "/components/schemas/Thing/properties/name/default",
    "/components/schemas/Thing/properties/name/example",
    "/components/schemas/Thing/properties/name/format",
    "/components/schemas/Thing/properties/name/pattern",
    "/components/schemas/Thing/properties/name/x-note",
    "/components/schemas/Colour/description",
    "/components/schemas/Either/description",
    "/components/securitySchemes/key/description",
    "/components/securitySchemes/key/name",
    "/paths/~1things~1{id}/post/security/1/staff/0",
];

/// Places whose text also is, or becomes, a name.
const NAMES: &[&str] = &[
    "/tags/0/name",
    "/paths/~1things~1{id}/post/tags/0",
    "/paths/~1things~1{id}/post/operationId",
    "/paths/~1things~1{id}/post/parameters/1/name",
    "/components/schemas/Colour/enum/0",
    "/components/schemas/Thing/x-rust-name",
];

fn benign() -> Value {
    let text = "Benign words";
    let thing = json!({
        "type": "object",
        "title": text,
        "description": text,
        "x-rust-name": "Benign Thing",
        "properties": {
            "name": {
                "type": "string", "title": text, "description": text, "default": text,
                "example": text, "format": text, "pattern": text, "x-note": text,
            },
            "colour": { "$ref": "#/components/schemas/Colour" },
            "either": { "$ref": "#/components/schemas/Either" },
        },
    });
    let thing_place = json!({ "$ref": "#/components/schemas/Thing" });
    let parameters = json!([
        { "name": "id", "in": "path", "required": true, "description": text, "schema": { "type": "string" } },
        {
            "name": "Benign Name", "in": "query", "description": text, "example": text,
            "schema": { "type": "string", "default": text, "pattern": text },
        },
    ]);
    let found = json!({
        "description": text,
        "headers": { "X-Left": { "description": text, "schema": { "type": "integer" } } },
        "content": { "application/json": { "schema": thing_place } },
    });
    let post = json!({
        "operationId": "Benign Id", "tags": ["Benign Tag"], "summary": text, "description": text,
        "externalDocs": { "url": text }, "parameters": parameters,
        "security": [{ "key": [] }, { "staff": [text] }],
        "requestBody": {
            "description": text, "required": true,
            "content": { "application/json": { "schema": thing_place, "example": { "name": text } } },
        },
        "responses": { "200": found, "404": { "description": text } },
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": text, "version": text, "description": text, "termsOfService": text,
            "contact": { "name": text }, "license": { "name": text, "url": text },
        },
        "servers": [{ "url": "https://api.example.com", "description": text }],
        "externalDocs": { "url": text, "description": text },
        "tags": [{ "name": "Benign Tag", "description": text }],
        "paths": { "/things/{id}": { "description": text, "post": post } },
        "components": {
            "schemas": {
                "Thing": thing,
                "Colour": { "type": "string", "description": text, "enum": ["Benign Value", "other"] },
                "Either": { "description": text, "oneOf": [{ "type": "string" }, { "type": "integer" }] },
            },
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": text, "description": text },
                "staff": {
                    "type": "oauth2", "description": text,
                    "flows": { "clientCredentials": { "tokenUrl": text, "scopes": { "a": text } } },
                },
            },
        },
    })
}

fn with_text(places: &[&str], text: &str) -> String {
    let mut description = benign();
    for place in places {
        *description.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = text.into();
    }
    description.to_string()
}

/// The tokens of a file without its docs and with nothing in its literals; names are kept or not.
fn blanked(tokens: TokenStream, keep_names: bool, blank: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if matches!(tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!') {
                    tokens.next();
                }
                let is_doc =
                    |group: &proc_macro2::Group| group.stream().to_string().starts_with("doc =");
                if matches!(tokens.peek(), Some(TokenTree::Group(group)) if is_doc(group)) {
                    tokens.next();
                } else {
                    blank.push_str("# ");
                }
            }
            TokenTree::Group(group) => {
                blank.push_str(&format!("{:?} ", group.delimiter()));
                blanked(group.stream(), keep_names, blank);
                blank.push_str("end ");
            }
            // A literal that is too long for its line is followed by a comma.
            TokenTree::Punct(mark) if mark.as_char() == ',' && tokens.peek().is_none() => {}
            // A table has a name of the wire only where the name in Rust is another one.
            TokenTree::Punct(mark)
                if !keep_names
                    && mark.as_char() == '='
                    && matches!(tokens.peek(), Some(TokenTree::Literal(_))) =>
            {
                tokens.next();
            }
            TokenTree::Ident(name) if keep_names => blank.push_str(&format!("{name} ")),
            TokenTree::Ident(_) => blank.push_str("name "),
            TokenTree::Punct(mark) => blank.push(mark.as_char()),
            TokenTree::Literal(_) => blank.push_str("literal "),
        }
    }
}

fn blank_item(item: syn::Item, keep_names: bool) -> String {
    let mut blank = String::new();
    blanked(item.into_token_stream(), keep_names, &mut blank);
    blank
}

/// The blanked trees of a crate's Rust files, and the keys of its manifest.
fn shape(generated: &Crate, keep_names: bool) -> Vec<String> {
    let mut shape: Vec<String> = own_files(generated)
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, text)| {
            let file =
                syn::parse_file(text).unwrap_or_else(|why| panic!("{path} is no Rust: {why}"));
            let mut items: Vec<String> =
                file.items.into_iter().map(|item| blank_item(item, keep_names)).collect();
            // Items are in the order of their names, so that another name may have another place.
            if !keep_names {
                items.sort();
            }
            let path = if keep_names { path } else { "" };
            format!("{path}: {}", items.join("\n"))
        })
        .collect();
    shape.sort();
    shape.push(super::g06_to_g08::manifest_keys(generated).join("\n"));
    shape
}

#[test]
fn g01_there_are_enough_places_and_payloads() {
    assert!(TEXTS.len() >= 25, "{} places", TEXTS.len());
    assert!(PAYLOADS.len() >= 40, "{} payloads", PAYLOADS.len());
}

#[test]
fn g01_each_payload_in_every_place_leaves_the_syntax_tree_alone() {
    let expected = shape(&generated(&benign().to_string()), true);
    for payload in PAYLOADS {
        let found = shape(&generated(&with_text(TEXTS, payload)), true);
        assert_eq!(found, expected, "{payload:?}");
    }
}

/// A text that no URL can be is taken as none, which is one tree or the other.
#[test]
fn g01_a_payload_as_a_token_url_is_a_text_or_none() {
    let place = "/components/securitySchemes/staff/flows/clientCredentials/tokenUrl";
    let at = |url: &str| shape(&generated(&with_text(&[place], url)), true);
    let expected = ["/token", ""].map(at);
    for payload in PAYLOADS {
        assert!(expected.contains(&at(payload)), "{payload:?}");
    }
}

#[test]
fn g01_all_payloads_in_each_place_alone_leave_the_syntax_tree_alone() {
    let expected = shape(&generated(&benign().to_string()), true);
    let (lines, words) = (PAYLOADS.join("\n"), PAYLOADS.concat());
    for place in TEXTS {
        for text in [&lines, &words] {
            let found = shape(&generated(&with_text(&[place], text)), true);
            assert_eq!(found, expected, "{place}");
        }
    }
}

#[test]
fn g01_a_payload_as_a_name_changes_nothing_but_names() {
    let expected = shape(&generated(&benign().to_string()), false);
    for payload in PAYLOADS {
        for place in NAMES {
            let places = match *place {
                // The two speak of one tag.
                "/tags/0/name" | "/paths/~1things~1{id}/post/tags/0" => &NAMES[..2],
                place => &[place][..],
            };
            let found = shape(&generated(&with_text(places, payload)), false);
            assert_eq!(found, expected, "{place}: {payload:?}");
        }
    }
}
