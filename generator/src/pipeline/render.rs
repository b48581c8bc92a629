//! Stage 5: an [`Api`] as tokens, file by file. It cannot fail.

use std::collections::HashMap;
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use crate::pipeline::model::{Api, Need, RuntimeNeeds, TypeDef, TypeModule};
use crate::rust::literal;

mod aliases;
mod batch;
mod body;
mod bulk;
mod client;
mod crate_root;
mod definition;
pub(crate) mod documentation;
mod error_enum;
mod guide;
mod lints;
mod mock;
mod operation;
mod operation_type;
mod pagination;
mod polling;
mod rate_limits;
mod reply_form;
mod servers;
mod tag;
mod ty;
mod webhooks;

pub use documentation::Documentation;

/// A source file before it is formatted.
pub struct SourceFile<'a> {
    /// Its path below the crate's folder: `src/credits.rs`.
    pub path: String,
    /// About how much there is in it, compared with other files.
    pub weight: usize,
    code: Box<dyn Fn() -> TokenStream + Send + Sync + 'a>,
}

impl SourceFile<'_> {
    /// Its code. It is made each time, so that not all files need memory at once.
    #[must_use]
    pub fn code(&self) -> TokenStream {
        (self.code)()
    }
}

/// The source files of a client, in the order in which a reader would open them.
#[must_use]
pub fn render<'a>(api: &'a Api, needs: &'a RuntimeNeeds) -> Vec<SourceFile<'a>> {
    let documentation = Arc::new(Documentation::new(api));
    let of_root = Arc::clone(&documentation);
    let root = move || crate_root::front_page(api, needs, &of_root);
    let mut files = vec![
        file("lib", api.tags.len(), root),
        file("client", api.tags.len(), || client::client(api)),
        file("mock", api.types.len() + api.operations().count(), || mock::module(api)),
    ];
    let guide = documentation.guide(needs);
    if !guide.is_empty() {
        files.push(file("guide", 1, move || guide::module(&guide)));
    }
    files.extend(api.tags.iter().map(|tag| {
        let documentation = Arc::clone(&documentation);
        // An operation has more code than a type.
        let weight = 4 * tag.operations.len();
        file(tag.name.rust(), weight, move || tag::module(tag, &documentation))
    }));
    if !api.rate_limits.groups.is_empty() {
        files.push(file(api.rate_limits.module.rust(), 1, || rate_limits::module(api)));
    }
    if api.servers.are_several() {
        files.push(file(api.servers.module.rust(), 1, || servers::module(api)));
    }
    if needs.include(Need::Webhooks) {
        let module = api.webhooks.module.rust();
        files.push(file(module, api.webhooks.all.len(), || webhooks::module(api)));
    }
    files.extend(types(api));
    files
}

fn file<'a>(
    path: &str,
    weight: usize,
    code: impl Fn() -> TokenStream + Send + Sync + 'a,
) -> SourceFile<'a> {
    SourceFile { path: format!("src/{path}.rs"), weight, code: Box::new(code) }
}

/// The files of the types.
fn types(api: &Api) -> Vec<SourceFile<'_>> {
    let mut found: HashMap<&TypeModule, Vec<&TypeDef>> = HashMap::new();
    for definition in &api.types {
        found.entry(&definition.type_module).or_default().push(definition);
    }
    let modules: Vec<_> =
        type_modules(api).into_iter().filter(|it| found.contains_key(it)).collect();
    let mut files = Vec::new();
    if !modules.is_empty() {
        let modules = modules.clone();
        files.push(file("types", modules.len(), move || crate_root::types(api, &modules)));
    }
    for type_module in modules {
        let definitions = found.remove(&type_module).unwrap_or_default();
        let path = format!("types/{}", module(&type_module));
        let weight = definitions.len();
        let code = move || definition::module(api, &type_module, &definitions);
        files.push(file(&path, weight, code));
    }
    files
}

/// The modules that may have types, in the order of the tags, the common one last.
fn type_modules(api: &Api) -> Vec<TypeModule> {
    let tags = api.tags.iter().map(|tag| TypeModule::Tag(tag.name.rust().to_owned()));
    let webhooks = TypeModule::Tag(api.webhooks.module.rust().to_owned());
    tags.chain([webhooks, TypeModule::Common]).collect()
}

fn module(type_module: &TypeModule) -> &str {
    match type_module {
        TypeModule::Tag(name) => name,
        TypeModule::Common => "common",
    }
}

/// `/// line` for each line.
fn docs<'a>(lines: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let lines = lines.into_iter().map(|line| literal::string(&spaced(line)));
    quote!(#(#[doc = #lines])*)
}

/// `//! line` for each line.
fn inner_docs<'a>(lines: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let lines = lines.into_iter().map(|line| literal::string(&spaced(line)));
    quote!(#(#![doc = #lines])*)
}

fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// Keeps an item out of builds without a feature, where it belongs to one.
fn of_feature(feature: Option<&str>) -> Option<TokenStream> {
    feature.map(|feature| quote!(#[cfg(feature = #feature)]))
}

/// A function takes what the service asks for, however much that is.
fn many_arguments(count: usize) -> Option<TokenStream> {
    let allowed =
        || quote!(#[allow(clippy::too_many_arguments, reason = "all of them are required")]);
    (count > 7).then(allowed)
}

/// Tells callers to do without an item.
fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote!(#[deprecated]))
}

/// The word as a token. A [`Name`](crate::rust::names::Name) is always a legal one.
fn word(rust: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(rust, proc_macro2::Span::call_site())
}
