//! All operations on one page.

use super::{Documentation, code, operations, paragraphs};
use crate::pipeline::model::{Operation, Tag};
use crate::rust::rustdoc;

impl Documentation<'_> {
    /// A section for each tag, with a call of each of its operations.
    pub(super) fn summary(&self) -> String {
        let sections = self.api.tags.iter().map(|tag| self.section(tag));
        sections.collect::<Vec<_>>().join("\n\n")
    }

    fn section(&self, tag: &Tag) -> String {
        let (mut imports, mut lines) = (None, Vec::new());
        for operation in &tag.operations {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(comment(operation));
            if let Some(call) = self.examples.sent(tag, operation) {
                imports = imports.or(call.types_import());
                lines.extend(call.code());
            }
        }
        let path = self.api.crate_path();
        let function = format!(
            "# async fn example(client: {path}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
        );
        let start = ["```rust,no_run".to_owned(), function].into_iter().chain(imports);
        let end = ["# Ok(())", "# }", "```"].map(str::to_owned);
        let title = format!("## {}", code(tag.name.rust()));
        let docs = paragraphs([
            vec![title],
            tag.description.as_deref().map(rustdoc::sentence).into_iter().collect(),
            start.chain(lines).chain(end).collect(),
        ]);
        docs.join("\n")
    }
}

/// ```text
/// // GET /v1/books: List books.
/// // Optional: after, limit. Pages: items, pages.
/// ```
fn comment(operation: &Operation) -> Vec<String> {
    let request = rustdoc::plain_line(&format!("{} {}", operation.method, operation.docs.path));
    let purpose = operations::purpose(operation).map(rustdoc::plain_line).unwrap_or_default();
    let first = match purpose.as_str() {
        "" => format!("// {request}"),
        purpose => format!("// {request}: {purpose}"),
    };
    let options: Vec<_> = operation.options.iter().map(|option| option.name.rust()).collect();
    let optional = (!options.is_empty()).then(|| format!("Optional: {}.", options.join(", ")));
    let pages = operation.pagination.as_ref().map(|_| "Pages: items, pages.".to_owned());
    let later = operation.polling.as_ref().map(|_| "Result: into_poller.".to_owned());
    let many = operation.bulk.as_ref();
    let many = many.map(|bulk| format!("For many requests: {}.", bulk.name.rust()));
    let notes: Vec<_> = optional.into_iter().chain(pages).chain(later).chain(many).collect();
    let notes = (!notes.is_empty()).then(|| format!("// {}", notes.join(" ")));
    [first].into_iter().chain(notes).collect()
}
