//! The pages of the guide, with examples that call operations of the client.

use super::Documentation;
use super::doc_examples::DocExample;
use crate::pipeline::guide_pages::{self, GuidePage};
use crate::pipeline::model::{Operation, RuntimeNeeds, Tag};
use crate::pipeline::template::filled;

impl Documentation<'_> {
    /// The pages that concern the client. One whose examples no operation can be called in is left out.
    pub fn guide(&self, needs: &RuntimeNeeds) -> Vec<&'static GuidePage> {
        let tags = &self.api.tags;
        let has_example = |page: &&GuidePage| self.examples.simplest(tags, page.shows).is_some();
        guide_pages::choose(needs).filter(has_example).collect()
    }

    /// The text of a page, without the line that says that it is generated.
    pub fn guide_text(&self, page: &GuidePage) -> String {
        let shown = self.examples.simplest(&self.api.tags, page.shows);
        let code = |example: Option<DocExample<'_>>| {
            example.map(|example| example.inner_code().join("\n")).unwrap_or_default()
        };
        filled(page.template, |field| match (field, shown) {
            ("crate", _) => self.api.crate_path(),
            ("package", _) => self.api.crate_name.clone(),
            ("rate_limit", _) => self.rate_limit(),
            ("scheme", _) => self.scheme(),
            ("operations", _) => self.summary(),
            ("operation", Some((tag, operation))) => path(tag, operation),
            ("call", Some((tag, operation))) => code(self.examples.unsent(tag, operation)),
            ("run", Some((tag, operation))) => code(self.examples.unfinished(tag, operation)),
            _ => String::new(),
        })
    }

    /// A line that sets the limit of the first group, if there are groups.
    fn rate_limit(&self) -> String {
        let limits = &self.api.rate_limits;
        let (path, module) = (self.api.crate_path(), limits.module.rust());
        let line = limits.groups.first().map(|group| {
            let group = group.name.rust();
            format!("    .rate_limit({path}::{module}::{group}, 200, Duration::from_secs(60))\n")
        });
        line.unwrap_or_default()
    }

    /// The first security scheme, as a literal.
    fn scheme(&self) -> String {
        let first = self.api.credentials.first();
        first.map(|credential| format!("{:?}", credential.name.wire())).unwrap_or_default()
    }
}

/// `books::ListBooks`
fn path(tag: &Tag, operation: &Operation) -> String {
    format!("{}::{}", tag.name.rust(), operation.type_name.rust())
}
