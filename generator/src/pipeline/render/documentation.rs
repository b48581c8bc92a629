//! What is written above items: sentences, Markdown and sample code, made of what the model knows.

use crate::pipeline::model::{Api, Operation, Tag};
use crate::rust::rustdoc;
use doc_examples::{DocExample, DocExamples};

pub(crate) mod client;
pub(crate) mod constraints;
mod doc_examples;
pub(crate) mod errors;
mod front_page;
mod guide;
pub(crate) mod links;
pub(crate) mod mock;
pub(crate) mod operations;
pub(crate) mod rate_limits;
pub(crate) mod servers;
mod summary;
pub(crate) mod types;
pub(crate) mod values;
pub(crate) mod webhooks;

/// Lines of documentation: safe Markdown, without the `///`.
pub type Docs = Vec<String>;

/// As wide as the lines of lists get.
const WIDTH: usize = 90;

/// Writes the documentation of a client.
pub struct Documentation<'a> {
    api: &'a Api,
    examples: DocExamples<'a>,
}

impl<'a> Documentation<'a> {
    /// What writes the documentation of this client.
    pub fn new(api: &'a Api) -> Self {
        Self { api, examples: DocExamples::new(api) }
    }

    /// What is written above the type that has the methods of a tag.
    pub fn tag(&self, tag: &Tag) -> Docs {
        paragraphs([client::tag(tag), errors::tag_errors(tag, &self.api.common_errors)])
    }

    /// What is written above a method.
    pub fn operation(&self, tag: &Tag, operation: &Operation) -> Docs {
        let example = self.examples.call(tag, operation);
        paragraphs([operations::operation(self.api, tag, operation), shown(example)])
    }

    /// What is written above the method that takes many requests.
    pub fn bulk(&self, tag: &Tag, operation: &Operation) -> Docs {
        let example = self.examples.bulk(tag, operation);
        paragraphs([operations::bulk(operation, &self.api.bulk_module), shown(example)])
    }

    /// The example of the front page.
    pub fn first_example(&self) -> Option<DocExample<'_>> {
        self.examples.front_page(&self.api.tags)
    }
}

fn shown(example: Option<DocExample<'_>>) -> Docs {
    let section =
        |example: DocExample<'_>| paragraphs([vec!["# Examples".to_owned()], example.doctest()]);
    example.map(section).unwrap_or_default()
}

/// The summary of an operation, and its description.
pub(crate) fn words(summary: Option<&str>, description: Option<&str>) -> Docs {
    let summary = summary.map(|text| vec![rustdoc::sentence(text)]);
    paragraphs([summary.unwrap_or_default(), description.map(rustdoc::prose).unwrap_or_default()])
}

/// Any text as inline code.
fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    let spaced = if text.contains('`') { " " } else { "" };
    rustdoc::lines(&format!("{fence}{spaced}{text}{spaced}{fence}")).join(" ")
}

/// The same for an item of a list, with an apostrophe for each backtick.
fn code_in_list(text: &str) -> String {
    format!("`{}`", rustdoc::inside_code(text))
}

/// Paragraphs with a blank line between them.
fn paragraphs(paragraphs: impl IntoIterator<Item = Docs>) -> Docs {
    let mut docs = Docs::new();
    for paragraph in paragraphs {
        if !docs.is_empty() && !paragraph.is_empty() {
            docs.push(String::new());
        }
        docs.extend(paragraph);
    }
    docs
}

/// What is said of something that is deprecated.
fn deprecated(is_deprecated: bool) -> Docs {
    is_deprecated.then(|| "Deprecated.".to_owned()).into_iter().collect()
}

/// `- Optional: a, b,` and so on below; nothing where there are no items.
fn wrapped(start: &str, items: &[String], end: &str) -> Docs {
    let Some(last) = items.len().checked_sub(1) else { return Docs::new() };
    let mut lines = vec![start.trim_end().to_owned()];
    for (index, item) in items.iter().enumerate() {
        let mark = if index == last { end } else { "," };
        match lines.last_mut() {
            Some(line) if line.len() + item.len() < WIDTH => *line += &format!(" {item}{mark}"),
            _ => lines.push(format!("  {item}{mark}")),
        }
    }
    lines
}
