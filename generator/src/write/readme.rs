//! `README.md`: the front page for those who have not opened the documentation yet.

use crate::model::Api;

const TEMPLATE: &str = include_str!("../../../templates/README.md.in");

/// The README of a client.
pub fn readme(api: &Api, banner: &str) -> String {
    let example: Vec<_> = api.example.iter().map(|line| shown(line)).collect();
    let fields = [
        ("{{banner}}", banner.to_owned()),
        ("{{crate}}", api.crate_name.clone()),
        ("{{headline}}", api.headline.join("\n")),
        ("{{example}}", example.into_iter().flatten().collect::<Vec<_>>().join("\n")),
    ];
    fields.iter().fold(TEMPLATE.to_owned(), |text, (field, value)| text.replace(field, value))
}

/// Lines that rustdoc hides are not for readers of the README.
fn shown(line: &str) -> Option<&str> {
    match line {
        "```no_run" => Some("```rust"),
        hidden if hidden.starts_with("# ") => None,
        line => Some(line),
    }
}
