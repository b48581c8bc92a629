//! What is written above items: sentences, Markdown and sample code, made of what the model knows.

use crate::model::{Api, Operation, Tag};
use doc_examples::{DocExample, DocExamples};

mod doc_examples;

/// Lines of documentation: safe Markdown, without the `///`.
pub type Docs = Vec<String>;

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

    /// What is written above a method.
    pub fn operation(&self, tag: &Tag, operation: &Operation) -> Docs {
        with_example(operation.docs.clone(), self.examples.call(tag, operation).as_ref())
    }

    /// What is written above the method that takes many requests.
    pub fn bulk(&self, tag: &Tag, operation: &Operation) -> Docs {
        let docs = operation.bulk.iter().flat_map(|bulk| bulk.docs.clone()).collect();
        with_example(docs, self.examples.bulk(tag, operation).as_ref())
    }

    /// The example of the front page.
    pub fn first_example(&self) -> Option<DocExample<'_>> {
        self.examples.front_page(&self.api.tags)
    }
}

fn with_example(mut docs: Docs, example: Option<&DocExample<'_>>) -> Docs {
    if let Some(example) = example {
        docs.extend([String::new(), "# Examples".to_owned(), String::new()]);
        docs.extend(example.doctest());
    }
    docs
}
