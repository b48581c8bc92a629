//! The entry point of the library: what a crate is generated from, and how.

use lantern_operations::Table;

use crate::analysis::coverage::Coverage;
use crate::diagnostics::{Diagnostics, WithDiagnostics, WithWarnings};
use crate::kept_names::KeptNames;
use crate::pipeline::model::{Api, ModelOutput, Module, RuntimeNeeds};
use crate::pipeline::normalize::Description;
use crate::pipeline::operations_table::operations_table;
use crate::pipeline::resolve::Resolved;
use crate::pipeline::{load, model, normalize, render, resolve, write};
use crate::selection::Selection;
use crate::{Crate, Source};

/// Generates client crates from OpenAPI descriptions.
///
/// ```
/// use lantern_generator::{Generator, Source};
///
/// let spec = r#"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {}}"#;
/// let generated = Generator::new("shop-client").run(&Source::new("shop.json", spec)).unwrap();
/// assert!(generated.value.files.iter().any(|file| file.path == "Cargo.toml"));
/// ```
#[derive(Clone, Debug)]
pub struct Generator {
    crate_name: String,
    overlays: Vec<Source>,
    ignores_unmatched_actions: bool,
    is_strict: bool,
    options: Options,
}

/// What a client has beyond what its description says.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The operations that it has.
    pub selection: Selection,
    /// Whether each tag is a feature.
    pub tag_features: TagFeatures,
    /// The names that its last release had.
    pub names: KeptNames,
    /// The modules that its owner adds.
    pub own_modules: Vec<String>,
    /// The module that it is, if it has no crate of its own.
    pub module: Option<Module>,
    /// Whether its model has the examples of the description with the types that read them, which no file shows.
    pub with_schema_examples: bool,
}

impl Options {
    /// Whether each tag is a feature. In a module, none is: its features are chosen when it is generated.
    pub(crate) fn tag_features(&self) -> TagFeatures {
        if self.module.is_some() { TagFeatures::Never } else { self.tag_features }
    }
}

/// Whether each tag is a feature of the crate, with the types that only it uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagFeatures {
    /// If there are more than 200 operations.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Generator {
    /// A generator of the crate of this name, with all operations.
    ///
    /// A name that is not a valid crate name is reported by [`run`](Self::run) as `invalid-name`.
    pub fn new(crate_name: impl Into<String>) -> Self {
        Self {
            crate_name: crate_name.into(),
            overlays: Vec::new(),
            ignores_unmatched_actions: false,
            is_strict: false,
            options: Options::default(),
        }
    }

    /// Applies an OpenAPI Overlay (1.0 or 1.1) after those that were added before.
    #[must_use]
    pub fn overlay(mut self, overlay: Source) -> Self {
        self.overlays.push(overlay);
        self
    }

    /// Applies several overlays, one after the other.
    #[must_use]
    pub fn overlays(self, overlays: impl IntoIterator<Item = Source>) -> Self {
        overlays.into_iter().fold(self, Self::overlay)
    }

    /// Only warns of an overlay's action that matches nothing, so that an overlay can be applied to a description
    /// that it was not made for.
    #[must_use]
    pub fn ignore_unmatched_actions(self) -> Self {
        Self { ignores_unmatched_actions: true, ..self }
    }

    /// Refuses a description with parts of which no code can be made, such as references to nothing. Without this, they
    /// are left out or taken as any value, with a warning.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { is_strict: true, ..self }
    }

    /// Generates the operations of this tag, and only those that are named by this or
    /// [`only_operation`](Self::only_operation).
    ///
    /// The tag's name is that of the description, or the one that the generated code has for it.
    #[must_use]
    pub fn only_tag(mut self, tag: impl Into<String>) -> Self {
        self.options.selection.tags.push(tag.into());
        self
    }

    /// Generates this operation, and only those that are named by this or [`only_tag`](Self::only_tag).
    ///
    /// It is named by its `operationId`, or by its method or type in the generated code.
    #[must_use]
    pub fn only_operation(mut self, operation: impl Into<String>) -> Self {
        self.options.selection.operations.push(operation.into());
        self
    }

    /// Makes each tag a feature of the crate, or not.
    #[must_use]
    pub fn tag_features(mut self, tag_features: TagFeatures) -> Self {
        self.options.tag_features = tag_features;
        self
    }

    /// Calls what an earlier release of the crate had as that release did, whatever it would be called otherwise.
    #[must_use]
    pub fn keep_names(mut self, names: KeptNames) -> Self {
        self.options.names = names;
        self
    }

    /// Declares a module that the owner of the crate adds to `src`.
    ///
    /// The name must be that of a module in Rust.
    #[must_use]
    pub fn own_module(mut self, name: impl Into<String>) -> Self {
        self.options.own_modules.push(name.into());
        self
    }

    /// Generates a module of a crate that has other code, too. Its features are chosen now, so each tag is none.
    #[must_use]
    pub fn module(mut self, module: Module) -> Self {
        self.options.module = Some(module);
        self
    }

    /// Keeps the examples of the description in [`Api::schema_examples`], to compare them with what their types write.
    #[must_use]
    pub fn with_schema_examples(mut self) -> Self {
        self.options.with_schema_examples = true;
        self
    }

    /// Generates the crate. Nothing is written to disk.
    ///
    /// # Errors
    /// All diagnostics of all stages, if one of them is an error: a stage with faults goes on without the faulty
    /// parts, and so do the stages after it. Diagnostics about what is not selected are left out.
    pub fn run(&self, spec: &Source) -> Result<WithWarnings<Crate>, Diagnostics> {
        self.model(spec)?.then(|(_, output)| write_crate(&output.api)).checked()
    }

    /// Runs the stages up to the validation boundary, and returns the model of the client.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn api(&self, spec: &Source) -> Result<WithWarnings<Api>, Diagnostics> {
        Ok(self.model(spec)?.map(|(_, output)| output.api))
    }

    /// The same, with how much of the description the client covers.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn api_with_coverage(
        &self,
        spec: &Source,
    ) -> Result<WithWarnings<(Api, Coverage)>, Diagnostics> {
        let found = self.model(spec)?;
        let warnings = found.warnings.clone();
        Ok(found.map(|(resolved, output)| {
            let coverage = Coverage::count(&resolved, &output, &warnings);
            (output.api, coverage)
        }))
    }

    /// The table of the operations, which companions of the client read: a command line, a mock server.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn operations(&self, spec: &Source) -> Result<WithWarnings<Table>, Diagnostics> {
        let described = self.described(spec).then(|description| {
            let schemas = description.schemas.clone();
            self.modelled(description).map(|(resolved, output)| (schemas, resolved, output))
        });
        let described = described.retain(|(.., output), found| output.is_relevant(&found.place));
        let described = described.escalate_if(self.is_strict).checked()?;
        Ok(described
            .map(|(schemas, resolved, output)| operations_table(&schemas, &resolved, &output.api)))
    }

    fn model(&self, spec: &Source) -> Result<WithWarnings<(Resolved, ModelOutput)>, Diagnostics> {
        self.described(spec)
            .then(|description| self.modelled(description))
            .retain(|(_, output), found| output.is_relevant(&found.place))
            .escalate_if(self.is_strict)
            .checked()
    }

    fn described(&self, spec: &Source) -> WithDiagnostics<Description> {
        let normalize = match self.ignores_unmatched_actions {
            false => normalize::normalize,
            true => normalize::normalize_where_it_fits,
        };
        load::parse(spec)
            .with(self.overlays.iter().map(load::parse))
            .then(|(spec, overlays)| normalize(spec, overlays))
    }

    fn modelled(&self, description: Description) -> WithDiagnostics<(Resolved, ModelOutput)> {
        resolve::resolve(description).then(|resolved| {
            let output = model::model(&resolved, &self.crate_name, &self.options);
            output.map(|output| (resolved, output))
        })
    }
}

/// Renders the crate of a client.
pub fn write_crate(api: &Api) -> WithDiagnostics<Crate> {
    let needs = RuntimeNeeds::new(api);
    write::write(api, &needs, &render::render(api, &needs))
}
