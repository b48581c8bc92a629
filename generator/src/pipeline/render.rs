//! Stage 5: an [`Api`] as tokens, file by file. It cannot fail.

use proc_macro2::TokenStream;
use quote::quote;

use crate::pipeline::model::{Api, Need, RuntimeNeeds, TypeModule};

mod batch;
mod body;
mod bulk;
mod client;
mod crate_root;
mod definition;
pub(crate) mod documentation;
mod guide;
mod lints;
mod mock;
mod operation;
mod operation_type;
mod pagination;
mod rate_limits;
mod reply_form;
mod servers;
mod tag;
mod ty;
mod webhooks;

pub use documentation::Documentation;

/// A source file before it is formatted.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path below the crate's folder: `src/credits.rs`.
    pub path: String,
    /// Its code.
    pub tokens: TokenStream,
}

/// The source files of a client, in the order in which a reader would open them.
#[must_use]
pub fn render(api: &Api, needs: &RuntimeNeeds) -> Vec<SourceFile> {
    let documentation = Documentation::new(api);
    let file = |path: &str, tokens| SourceFile { path: format!("src/{path}.rs"), tokens };
    let mut files = vec![
        file("lib", crate_root::front_page(api, needs, &documentation)),
        file("client", client::client(api)),
        file("mock", mock::module(api)),
    ];
    files.extend(guide::module(&documentation, needs).map(|tokens| file("guide", tokens)));
    for tag in &api.tags {
        files.push(file(tag.name.rust(), tag::module(tag, &documentation)));
    }
    if !api.rate_limits.groups.is_empty() {
        files.push(file(api.rate_limits.module.rust(), rate_limits::module(api)));
    }
    if api.servers.are_several() {
        files.push(file(api.servers.module.rust(), servers::module(api)));
    }
    if needs.include(Need::Webhooks) {
        files.push(file(api.webhooks.module.rust(), webhooks::module(api)));
    }
    let type_modules = type_modules(api);
    if !type_modules.is_empty() {
        files.push(file("types", crate_root::types(api, &type_modules)));
    }
    for type_module in &type_modules {
        let path = format!("types/{}", module(type_module));
        files.push(file(&path, definition::module(api, type_module)));
    }
    files
}

/// The modules that have types, in the order of the tags, the common one last.
fn type_modules(api: &Api) -> Vec<TypeModule> {
    let tags = api.tags.iter().map(|tag| TypeModule::Tag(tag.name.rust().to_owned()));
    let webhooks = TypeModule::Tag(api.webhooks.module.rust().to_owned());
    let type_modules = tags.chain([webhooks, TypeModule::Common]);
    type_modules
        .filter(|type_module| {
            api.types.iter().any(|definition| definition.type_module == *type_module)
        })
        .collect()
}

fn module(type_module: &TypeModule) -> &str {
    match type_module {
        TypeModule::Tag(name) => name,
        TypeModule::Common => "common",
    }
}

/// `/// line` for each line.
fn docs<'a>(lines: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let lines = lines.into_iter().map(|line| spaced(line));
    quote!(#(#[doc = #lines])*)
}

/// `//! line` for each line.
fn inner_docs<'a>(lines: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let lines = lines.into_iter().map(|line| spaced(line));
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
