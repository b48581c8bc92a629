//! The pages of the guide, with examples that call operations of the client.

use super::Documentation;
use crate::pipeline::guide_pages::{self, GuidePage};
use crate::pipeline::model::{Operation, RuntimeNeeds, Tag};
use crate::pipeline::template::filled;

/// A page of the guide, and its text for a client.
pub struct GuideText {
    pub page: &'static GuidePage,
    /// All but its first line, which says that it is generated.
    pub text: String,
}

impl Documentation<'_> {
    /// The pages that concern the client. One whose examples no operation can be called in is left out.
    pub fn guide(&self, needs: &RuntimeNeeds) -> Vec<GuideText> {
        guide_pages::choose(needs).filter_map(|page| self.guide_text(page)).collect()
    }

    fn guide_text(&self, page: &'static GuidePage) -> Option<GuideText> {
        let (tag, operation) = self.examples.simplest(&self.api.tags, page.shows)?;
        let call = self.examples.unsent(tag, operation)?.inner_code();
        let run = self.examples.unfinished(tag, operation).map(|run| run.inner_code());
        let fields = [
            ("crate", self.api.crate_path()),
            ("package", self.api.crate_name.clone()),
            ("operation", path(tag, operation)),
            ("call", call.join("\n")),
            ("run", run.unwrap_or_default().join("\n")),
            ("rate_limit", self.rate_limit()),
            ("scheme", self.scheme()),
        ];
        Some(GuideText { page, text: filled(page.template, &fields) })
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
