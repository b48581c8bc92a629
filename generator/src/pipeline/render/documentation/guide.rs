//! The pages of the guide, with examples that call operations of the client.

use super::Documentation;
use super::doc_examples::DocExample;
use crate::pipeline::guide_pages::{self, GuidePage};
use crate::pipeline::model::{ErrorCase, ErrorEnum, Operation, RuntimeNeeds, Tag};
use crate::pipeline::template::filled;
use crate::rust::names::Name;

impl Documentation<'_> {
    /// The pages that concern the client. One whose examples no operation can be called in is left out. A module has
    /// none: they are about the whole of a crate.
    pub fn guide(&self, needs: &RuntimeNeeds) -> Vec<&'static GuidePage> {
        if self.api.module.is_some() {
            return Vec::new();
        }
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
            ("documented_errors", _) => self.documented_errors(),
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

    /// How the typed errors of an operation are told apart, if the description types any.
    fn documented_errors(&self) -> String {
        let with_errors = self.api.tags.iter().flat_map(|tag| {
            let typed = tag
                .operations
                .iter()
                .filter_map(move |operation| Some((tag, operation, tag.errors_of(operation)?)));
            typed.filter_map(|(tag, operation, errors)| {
                Some((tag, errors, self.examples.unsent(tag, operation)?))
            })
        });
        let most = with_errors.max_by_key(|(_, (errors, _), _)| errors.cases.len().min(3));
        most.map(|(tag, errors, example)| self.match_of_errors(tag, errors, &example))
            .unwrap_or_default()
    }

    fn match_of_errors(
        &self,
        tag: &Tag,
        (errors, name): (&ErrorEnum, &Name),
        example: &DocExample<'_>,
    ) -> String {
        let (path, name) = (self.api.crate_path(), name.rust());
        let call = example.inner_code().join("\n");
        let arm = |case: &ErrorCase| {
            let variant = case.name.rust();
            match case.ty {
                Some(_) => {
                    format!("        Some({name}::{variant}(body)) => println!(\"{{body:?}}\"),\n")
                }
                None => format!("        Some({name}::{variant}) => println!(\"{variant}\"),\n"),
            }
        };
        let arms: String = errors.cases.iter().take(3).map(arm).collect();
        format!(
            "\n# The documented errors of an operation\n\n\
             Where the description types the errors of an operation, [`Error::documented`] reads them as an enum with a variant\n\
             for each status. The documentation of the method names it.\n\n\
             ```rust,no_run\nuse {path}::{module}::{name};\n\n\
             # async fn example(client: {path}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
             {call}\nif let Err(error) = call.await {{\n    match error.documented() {{\n{arms}        \
             Some({name}::Undocumented(status)) => println!(\"{{status}}: {{:?}}\", error.message()),\n        \
             _ => return Err(error.into()),\n    }}\n}}\n# Ok(())\n# }}\n```\n",
            module = tag.name.rust(),
        )
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
