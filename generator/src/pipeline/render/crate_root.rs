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
    let modules = modules(api, needs);
    let exports = [EXPORTS, CLIENT_EXPORTS, BLOCKING_EXPORTS, VALIDATE_EXPORTS]
        .into_iter()
        .map(|exports| self::exports(api, needs, exports));
    let lints = lints::allowed(api);
    let whole = match api.features().next() {
        Some(_) => quote!(all(feature = "client", feature = "all-tags")),
        None => quote!(feature = "client"),
    };
    quote! {
        #docs
        #lints
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![cfg_attr(
            not(#whole),
            allow(rustdoc::broken_intra_doc_links, reason = "this page tells of the client")
        )]

        #(#modules)*

        #(#exports)*
    }
}

/// The modules of the crate, by their names.
fn modules<'a>(api: &'a Api, needs: &RuntimeNeeds) -> impl Iterator<Item = TokenStream> + use<'a> {
    let client = Some(quote!(#[cfg(feature = "client")]));
    let mut modules = vec![
        ("client", quote!(#client mod client;)),
        (
            "runtime",
            quote!(
                mod runtime;
            ),
        ),
    ];
    let mut public = |name: &'a str, condition: Option<TokenStream>| {
        let module = word(name);
        modules.push((name, quote!(#condition pub mod #module;)));
    };
    for tag in &api.tags {
        public(tag.name.rust(), Some(of_tag(tag)));
    }
    if !api.types.is_empty() {
        public("types", None);
    }
    if !api.rate_limits.groups.is_empty() {
        public(api.rate_limits.module.rust(), client.clone());
    }
    if api.servers.are_several() {
        public(api.servers.module.rust(), client.clone());
    }
    if needs.include(Need::Webhooks) {
        public(api.webhooks.module.rust(), None);
    }
    modules.sort_by_key(|(name, _)| *name);
    modules.into_iter().map(|(_, module)| module)
}

/// Keeps the module of a tag out of builds without it.
fn of_tag(tag: &Tag) -> TokenStream {
    match &tag.feature {
        Some(feature) => quote!(#[cfg(all(feature = "client", feature = #feature))]),
        None => quote!(#[cfg(feature = "client")]),
    }
}

/// Names of the runtime that callers see in builds with a feature, and which clients have them; `None` is all.
struct Exports {
    feature: Option<&'static str>,
    names: &'static [(&'static str, Option<Need>)],
}

/// Those of every build.
const EXPORTS: Exports = Exports {
    feature: None,
    names: &[
        ("AnyMember", None),
        ("Base64", Some(Need::Base64)),
        ("Extra", None),
        ("FilePart", Some(Need::Multipart)),
        ("MultipartForm", Some(Need::Multipart)),
        ("Parameter", None),
        ("Textual", Some(Need::Verbatim)),
        ("Verbatim", Some(Need::Verbatim)),
    ],
};

const CLIENT_EXPORTS: Exports = Exports {
    feature: Some("client"),
    names: &[
        ("AfterAttempt", None),
        ("Attempt", None),
        ("BeforeAttempt", None),
        ("ByteStream", Some(Need::Downloads)),
        ("Call", None),
        ("Client", None),
        ("ClientBuilder", None),
        ("Clock", None),
        ("Content", Some(Need::Content)),
        ("Delivery", None),
        ("Detail", None),
        ("Download", Some(Need::Downloads)),
        ("Error", None),
        ("ErrorKind", None),
        ("Event", Some(Need::ItemStreams)),
        ("Invalid", None),
        ("ItemStream", Some(Need::ItemStreams)),
        ("Meta", None),
        ("Operation", None),
        ("Phase", None),
        ("Policy", None),
        ("RateLimit", None),
        ("Received", None),
        ("Reply", None),
        ("Retry", None),
        ("RetrySafety", None),
        ("SendProgress", None),
        ("Sending", None),
        ("Sleep", None),
        ("Timing", None),
        ("TokioClock", None),
        ("Transport", None),
        ("TransportError", None),
        ("batch", Some(Need::Batches)),
        ("bulk", Some(Need::Bulk)),
    ],
};

const BLOCKING_EXPORTS: Exports =
    Exports { feature: Some("blocking"), names: &[("ByteReader", Some(Need::Downloads))] };

const VALIDATE_EXPORTS: Exports = Exports {
    feature: Some("validate"),
    names: &[
        ("Validate", Some(Need::Limits)),
        ("Violation", Some(Need::Limits)),
        ("Violations", Some(Need::Limits)),
    ],
};

/// `#[cfg(feature = "client")] pub use runtime::{Call, Client, …};`, if the client has any of the names.
fn exports(api: &Api, needs: &RuntimeNeeds, exports: Exports) -> Option<TokenStream> {
    let is_needed = |need: &Option<Need>| need.is_none_or(|need| needs.include(need));
    let names = exports.names.iter().filter(|(_, need)| is_needed(need));
    let names: Vec<_> = names.map(|(name, _)| export(api, name)).collect();
    let condition = of_feature(exports.feature);
    match names.as_slice() {
        [] => None,
        [only] => Some(quote!(#condition pub use runtime::#only;)),
        several => Some(quote!(#condition pub use runtime::{#(#several),*};)),
    }
}

/// A name, or another one for the module of bulk runs if a tag has that name.
fn export(api: &Api, name: &str) -> TokenStream {
    let here = word(if name == "bulk" { api.bulk_module.rust() } else { name });
    let name = word(name);
    if here == name { quote!(#name) } else { quote!(#name as #here) }
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
