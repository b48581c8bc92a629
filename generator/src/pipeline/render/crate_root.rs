//! `lib.rs`, which is the crate's front page, and `types.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Documentation, inner_docs, lints, module, of_feature, word};
use crate::pipeline::model::{Api, Need, RuntimeNeeds, Tag, TypeModule};

/// `lib.rs`
pub fn front_page(
    api: &Api,
    needs: &RuntimeNeeds,
    documentation: &Documentation<'_>,
) -> TokenStream {
    let docs = inner_docs(&documentation.front_page(needs));
    let mut modules = vec![
        (
            "client",
            of_client(off_limits(quote!(
                mod client;
            ))),
        ),
        (
            "runtime",
            quote!(
                mod runtime;
            ),
        ),
    ];
    if !api.types.is_empty() {
        modules.push((
            "types",
            off_limits(quote!(
                pub mod types;
            )),
        ));
    }
    for tag in &api.tags {
        let name = word(tag.name.rust());
        let module = off_limits(quote!(pub mod #name;));
        modules.push((tag.name.rust(), of_tag(tag, module)));
    }
    if !api.rate_limits.groups.is_empty() {
        let name = word(api.rate_limits.module.rust());
        let module = off_limits(quote!(pub mod #name;));
        modules.push((api.rate_limits.module.rust(), of_client(module)));
    }
    if api.servers.are_several() {
        let name = word(api.servers.module.rust());
        let module = off_limits(quote!(pub mod #name;));
        modules.push((api.servers.module.rust(), of_client(module)));
    }
    if needs.include(Need::Webhooks) {
        let name = word(api.webhooks.module.rust());
        modules.push((api.webhooks.module.rust(), off_limits(quote!(pub mod #name;))));
    }
    modules.sort_by_key(|(name, _)| *name);
    let modules = modules.into_iter().map(|(_, module)| module);
    let whole = match api.features().next() {
        Some(_) => quote!(all(feature = "client", feature = "all-tags")),
        None => quote!(feature = "client"),
    };
    let client = of_client(off_limits(quote! {
        pub use runtime::{
            AfterAttempt, Attempt, BeforeAttempt, Call, Client, ClientBuilder, Clock, Delivery,
            Detail, Error, ErrorKind, Invalid, Meta, Operation, Phase, Policy, RateLimit, Received,
            Repeat, Reply, Retry, SendProgress, Sending, Sleep, Timing, TokioClock, Transport, TransportError,
        };
    }));
    let names = names(api, needs);
    let lints = lints::allowed(api);
    quote! {
        #docs
        #lints
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![cfg_attr(
            not(#whole),
            allow(rustdoc::broken_intra_doc_links, reason = "this page tells of the client")
        )]

        #(#modules)*

        #(#names)*
        #client
    }
}

/// What only some clients name of the runtime, and what needs no client. A line each, in the order
/// of rustfmt.
fn names(api: &Api, needs: &RuntimeNeeds) -> impl Iterator<Item = TokenStream> {
    let table: [(&str, Option<Need>, Gate); 19] = [
        ("AnyMember", None, of_all),
        ("Base64", Some(Need::Base64), of_all),
        ("ByteReader", Some(Need::Downloads), of_blocking),
        ("ByteStream", Some(Need::Downloads), of_client),
        ("Content", Some(Need::Content), of_client),
        ("Download", Some(Need::Downloads), of_client),
        ("Event", Some(Need::ItemStreams), of_client),
        ("Extra", None, of_all),
        ("FilePart", Some(Need::Multipart), of_all),
        ("ItemStream", Some(Need::ItemStreams), of_client),
        ("MultipartForm", Some(Need::Multipart), of_all),
        ("Parameter", None, of_all),
        ("Textual", Some(Need::Verbatim), of_all),
        ("Validate", Some(Need::Limits), of_validate),
        ("Verbatim", Some(Need::Verbatim), of_all),
        ("Violation", Some(Need::Limits), of_validate),
        ("Violations", Some(Need::Limits), of_validate),
        ("batch", Some(Need::Batches), of_client),
        ("bulk", Some(Need::Bulk), of_client),
    ];
    let is_needed = |need: Option<Need>| need.is_none_or(|need| needs.include(need));
    table.into_iter().filter(move |(_, need, _)| is_needed(*need)).map(|(name, _, gate)| {
        let here = word(if name == "bulk" { api.bulk_module.rust() } else { name });
        let name = word(name);
        let renamed = (here != name).then(|| quote!(as #here));
        gate(quote!(pub use runtime::#name #renamed;))
    })
}

/// Keeps the module of a tag out of builds without it.
fn of_tag(tag: &Tag, item: TokenStream) -> TokenStream {
    match &tag.feature {
        Some(feature) => quote!(#[cfg(all(feature = "client", feature = #feature))] #item),
        None => of_client(item),
    }
}

/// Says which builds have an item.
type Gate = fn(TokenStream) -> TokenStream;

/// An item of all builds.
fn of_all(item: TokenStream) -> TokenStream {
    item
}

/// Keeps an item out of builds that have the types alone.
fn of_client(item: TokenStream) -> TokenStream {
    quote!(#[cfg(feature = "client")] #item)
}

/// Keeps an item out of builds that are async alone.
fn of_blocking(item: TokenStream) -> TokenStream {
    quote!(#[cfg(feature = "blocking")] #item)
}

/// Keeps an item out of builds that look at no limits.
fn of_validate(item: TokenStream) -> TokenStream {
    quote!(#[cfg(feature = "validate")] #item)
}

/// Keeps rustfmt off an item: prettyplease's layout is not quite its own.
fn off_limits(item: TokenStream) -> TokenStream {
    quote!(#[rustfmt::skip] #item)
}

/// `types.rs`
pub fn types(api: &Api, type_modules: &[TypeModule]) -> TokenStream {
    let docs = inner_docs(&["The types of all requests and replies.".to_owned()]);
    let mut type_modules: Vec<_> = type_modules.iter().collect();
    type_modules.sort_unstable_by_key(|type_module| module(type_module));
    let names: Vec<_> = type_modules.iter().map(|type_module| word(module(type_module))).collect();
    let gates: Vec<_> =
        type_modules.iter().map(|type_module| of_feature(api.feature_of(type_module))).collect();
    quote! {
        #docs
        #(#gates mod #names;)*
        #(#gates pub use #names::*;)*
    }
}
