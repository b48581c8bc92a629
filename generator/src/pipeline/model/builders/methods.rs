//! Methods: the names of operations, and their parameters.
//!
//! They are decided for all operations before any operation is built, because links, callbacks and bulk runs refer to
//! the methods of other operations.

use std::collections::HashMap;

use super::parameters::{self, plain_placeholders};
use crate::kept_names::KeptNames;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{MethodPath, Parameter};
use crate::pipeline::resolve;
use crate::pointer::Pointer;
use crate::rust::names::{Case, Name, Scope};
use words::method_words_of;

mod lists;
mod words;

/// The tag of operations that have none.
pub const UNTAGGED: &str = "api";

/// Names that the client, the root of the crate or a file system uses otherwise.
const RESERVED_TAGS: &[&str] = &[
    "aux",
    "batch",
    "build",
    "builder",
    "client",
    "clone",
    "com1",
    "common",
    "con",
    "dependencies",
    "from_env",
    "guide",
    "known_credits",
    "lib",
    "lpt1",
    "main",
    "mock",
    "new",
    "nul",
    "prn",
    "request",
    "reset_credits",
    "runtime",
    "types",
    "with_credential",
    "without_tokens",
];

/// Names that the module of a tag uses otherwise.
const RESERVED_TYPES: &[&str] = &[
    "Box",
    "Call",
    "CallBuilder",
    "Client",
    "Err",
    "Error",
    "From",
    "Into",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Policy",
    "RateLimit",
    "Received",
    "RetrySafety",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// What the type of a tag has other uses for.
const RESERVED_METHODS: &[&str] = &["clone", "new"];

/// The methods of all operations.
#[derive(Debug)]
pub struct Methods<'a> {
    /// By tag: declared tags first, then in order of appearance.
    pub tags: Vec<TagMethods<'a>>,
    /// The tag and the number of each operation.
    indices: HashMap<&'a Pointer, (usize, usize)>,
}

/// The methods of a tag.
#[derive(Debug)]
pub struct TagMethods<'a> {
    /// The module.
    pub module: Name,
    /// The type that has the methods.
    pub holder: Name,
    /// The tag in the description.
    pub declared: Option<&'a resolve::Tag>,
    /// In the order of the description.
    pub methods: Vec<ClientMethod<'a>>,
    /// The names that methods have.
    pub method_names: Scope,
    /// The names that types of the module have.
    pub type_names: Scope,
}

/// The method of an operation.
#[derive(Debug)]
pub struct ClientMethod<'a> {
    pub described: &'a resolve::Operation,
    /// The words that the operation is named after.
    pub words: String,
    pub path: MethodPath,
    /// Required parameters.
    pub arguments: Vec<Parameter>,
    /// Optional parameters, which are setters.
    pub options: Vec<Parameter>,
}

impl<'a> Methods<'a> {
    /// Names all operations by their first tag.
    ///
    /// A method that had a name at the last release keeps it.
    pub fn new(table: &TypeTable<'a>, kept: &KeptNames, diagnostics: &mut DiagnosticSink) -> Self {
        let operations = &table.resolved.operations;
        let mut scope = Scope::reserving(RESERVED_TAGS);
        let mut tags = Vec::new();
        for tag in tags_of(table.resolved) {
            let operations = operations.iter().filter(|operation| tag_of(operation) == tag);
            let operations: Vec<_> = operations.collect();
            if !operations.is_empty() {
                tags.push(tag_methods(tag, &operations, kept, &mut scope, table, diagnostics));
            }
        }
        let indices = tags.iter().enumerate().flat_map(|(tag, found)| {
            let methods = found.methods.iter().enumerate();
            methods.map(move |(method, found)| (&found.described.at, (tag, method)))
        });
        Self { indices: indices.collect(), tags }
    }

    /// The method of an operation.
    pub fn get(&self, at: &Pointer) -> Option<&ClientMethod<'a>> {
        let (tag, method) = self.indices.get(at)?;
        self.tags.get(*tag)?.methods.get(*method)
    }

    /// Whether a tag has a module of this name.
    pub fn have_module(&self, module: &str) -> bool {
        self.tags.iter().any(|tag| tag.module.rust() == module)
    }

    /// A module that is none of the tags': `servers` → `servers2` beside a tag of that name.
    pub fn module_beside(&self, words: &str) -> Name {
        let mut scope = Scope::default();
        for tag in &self.tags {
            scope.name(tag.module.rust(), Case::Module);
        }
        scope.name(words, Case::Module)
    }
}

fn tags_of(resolved: &resolve::Resolved) -> Vec<&str> {
    let mut tags: Vec<&str> = resolved.tags.iter().map(|tag| tag.name.as_str()).collect();
    for operation in &resolved.operations {
        let tag = tag_of(operation);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn tag_of(operation: &resolve::Operation) -> &str {
    operation.tag.as_deref().filter(|tag| !tag.trim().is_empty()).unwrap_or(UNTAGGED)
}

fn tag_methods<'a>(
    tag: &str,
    operations: &[&'a resolve::Operation],
    kept: &KeptNames,
    scope: &mut Scope,
    table: &TypeTable<'a>,
    diagnostics: &mut DiagnosticSink,
) -> TagMethods<'a> {
    let declared = table.resolved.tags.iter().find(|declared| declared.name == tag);
    let chosen = declared.and_then(|tag| tag.extensions.rust_name());
    let words = chosen.unwrap_or(tag);
    let module = scope.name_as(tag, words, Case::Module);
    let mut type_names = Scope::reserving(RESERVED_TYPES);
    let holder = type_names.name_as(tag, words, Case::Type);
    let mut method_names = Scope::reserving(RESERVED_METHODS);
    let spoken = method_words_of(operations, words, table);
    let keep = |operation: &&resolve::Operation| {
        let request = format!(
            "{} {}",
            operation.method.key().to_uppercase(),
            plain_placeholders(&operation.path)
        );
        let had = kept.methods.get(&(module.rust().to_owned(), request));
        let had = had.filter(|_| operation.extensions.rust_name().is_none())?;
        method_names.keep(table.words_of_request(&operation.at), had)
    };
    let kept: Vec<_> = operations.iter().map(keep).collect();
    let mut method =
        |((described, spoken), kept): ((&&'a resolve::Operation, &String), Option<Name>)| {
            let words = table.words_of_request(&described.at).to_owned();
            let name = kept.unwrap_or_else(|| method_names.name_as(&words, spoken, Case::Value));
            let path = MethodPath { module: module.clone(), holder: holder.clone(), name };
            let (arguments, options) = parameters::parameters(described, table, diagnostics);
            ClientMethod { described, words, path, arguments, options }
        };
    let methods = operations.iter().zip(&spoken).zip(kept).map(&mut method).collect();
    TagMethods { module, holder, declared, methods, method_names, type_names }
}
