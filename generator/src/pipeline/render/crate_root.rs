//! `lib.rs`, which is the crate's front page, and `types.rs`.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Documentation, inner_docs, lints, module, of_feature, ty, word};
use crate::pipeline::model::{
    Api, Bridge, Dependency, Need, OwnType, RuntimeNeeds, Tag, TypeModule, own_types,
};
use crate::pipeline::runtime_modules::{self, Build};

/// `lib.rs`
pub fn front_page(
    api: &Api,
    needs: &RuntimeNeeds,
    documentation: &Documentation<'_>,
) -> TokenStream {
    let docs = inner_docs(&documentation.front_page(needs));
    let modules = modules(api, documentation, needs);
    let builds =
        [Build::All, Build::Client, Build::Blocking, Build::Drift, Build::Redis, Build::Validate];
    let exports = builds.into_iter().map(|build| exports(api, needs, build));
    let lints = lints::allowed(api);
    let of_crate = api.module.is_none().then(|| of_crate(api));
    quote! {
        #docs
        #lints
        #of_crate

        #(#modules)*

        #(#exports)*
    }
}

/// What only the root of a crate can have.
fn of_crate(api: &Api) -> TokenStream {
    let whole = whole(api);
    quote! {
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![cfg_attr(
            not(#whole),
            allow(rustdoc::broken_intra_doc_links, reason = "this page tells of the client")
        )]
    }
}

/// The builds that have all operations.
fn whole(api: &Api) -> TokenStream {
    match api.features().next() {
        Some(_) => quote!(all(feature = "client", feature = "all-tags")),
        None => quote!(feature = "client"),
    }
}

/// How a type of another crate is read and written. It stands beside the names of the crates, as a tag may have one of
/// them.
fn own_type(own: &OwnType) -> TokenStream {
    let path = ty::path(&own.path);
    match &own.bridge {
        Bridge::Serde => quote!(crate::runtime::own_type!(#path);),
        Bridge::Text => quote!(crate::runtime::own_type!(#path as text);),
        Bridge::Number => quote!(crate::runtime::own_type!(#path as number);),
        Bridge::Module(module) => {
            let module = ty::path(module);
            quote!(crate::runtime::own_type!(#path, #module);)
        }
    }
}

/// The modules of the crate, by their names.
fn modules<'a>(
    api: &'a Api,
    documentation: &Documentation<'_>,
    needs: &RuntimeNeeds,
) -> impl Iterator<Item = TokenStream> + use<'a> {
    let client = Some(quote!(#[cfg(feature = "client")]));
    let mut modules = vec![
        ("client", quote!(#client mod client;)),
        (
            "mock",
            quote!(
                #[cfg(feature = "mock")]
                pub mod mock;
            ),
        ),
        (
            "runtime",
            quote!(
                mod runtime;
            ),
        ),
    ];
    modules.push(("dependencies", dependencies(api, needs)));
    if !documentation.guide(needs).is_empty() {
        let whole = whole(api);
        modules.push((
            "guide",
            quote!(
                #[cfg(all(doc, #whole))]
                pub mod guide;
            ),
        ));
    }
    let mut public = |name: &'a str, condition: Option<TokenStream>| {
        let module = word(name);
        modules.push((name, quote!(#condition pub mod #module;)));
    };
    for tag in &api.tags {
        public(tag.name.rust(), Some(of_tag(tag)));
    }
    for name in &api.own_modules {
        public(name, None);
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

/// What the crate's interface has of other crates, in the versions that it uses.
fn dependencies(api: &Api, needs: &RuntimeNeeds) -> TokenStream {
    let own: BTreeSet<String> = api.dependencies.iter().map(Dependency::module).collect();
    let uuid = needs.include(Need::Uuid).then(|| "uuid".to_owned());
    let bridges = own_types(api).into_iter().map(own_type);
    let of_types = own_types(api).into_iter().flat_map(|own| own.path.crates());
    let used = of_types.filter(|name| own.contains(*name)).map(str::to_owned);
    let further: BTreeSet<String> = used.chain(uuid).collect();
    let (gated, further): (Vec<_>, Vec<_>) = (
        ["bytes", "http", "reqwest", "url"]
            .into_iter()
            .filter(|it| !further.contains(*it))
            .map(word)
            .collect(),
        further.iter().map(|name| word(name)).collect(),
    );
    quote! {
        /// The crates whose types this crate has in its interface, in the versions that it uses.
        pub mod dependencies {
            #[cfg(feature = "client")]
            pub use ::{#(#gated),*};
            pub use ::{jiff, serde_json};
            #(pub use ::#further;)*

            #(#bridges)*
        }
    }
}

/// Keeps the module of a tag out of builds without it.
fn of_tag(tag: &Tag) -> TokenStream {
    match &tag.feature {
        Some(feature) => quote!(#[cfg(all(feature = "client", feature = #feature))]),
        None => quote!(#[cfg(feature = "client")]),
    }
}

/// `#[cfg(feature = "client")] pub use runtime::{Call, Client, …};`, if the client has any of the names.
fn exports(api: &Api, needs: &RuntimeNeeds, build: Build) -> Option<TokenStream> {
    let names = runtime_modules::exports(needs, build).into_iter();
    let names: Vec<_> = names.map(|name| export(api, name)).collect();
    let condition = of_feature(build.feature());
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
