//! The module of servers: constants, and types where a URL has variables.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, documentation, inner_docs, word};
use crate::pipeline::model::{Api, Choice, Server, Setting, Variable};
use crate::rust::names::Name;

/// `servers.rs`
pub fn module(api: &Api) -> TokenStream {
    let inner = inner_docs(&documentation::servers::module(api));
    let import = api.servers.have_variables().then(|| {
        quote!(
            use crate::runtime::filled;
        )
    });
    let servers = api.servers.all.iter().map(server);
    let choices = api.servers.choices.iter().map(choice);
    quote! {
        #inner
        #import
        #(#servers)*
        #(#choices)*
    }
}

fn server(server: &Server) -> TokenStream {
    let docs = docs(&documentation::servers::server(server));
    let name = word(server.name.rust());
    let url = &server.url;
    if server.variables.is_empty() {
        return quote!(#docs pub const #name: &str = #url;);
    }
    let fields = server.variables.iter().map(field);
    let setters = server.variables.iter().map(setter);
    let defaults = server.variables.iter().map(default);
    let values = server.variables.iter().map(value);
    let debug = hiding_secrets(server);
    let derived = debug.is_none().then(|| quote!(Debug,));
    quote! {
        #docs
        #[derive(Clone, #derived PartialEq, Eq)]
        pub struct #name {
            #(#fields,)*
        }
        #debug

        impl #name {
            #(#setters)*
        }

        impl Default for #name {
            fn default() -> Self {
                Self { #(#defaults),* }
            }
        }

        impl From<#name> for String {
            fn from(server: #name) -> Self {
                filled(#url, &[#(#values),*])
            }
        }
    }
}

/// An implementation of `Debug` that does not show secrets; `None` if there are none.
fn hiding_secrets(server: &Server) -> Option<TokenStream> {
    server.variables.iter().find(|variable| variable.is_secret)?;
    let (name, shown) = (word(server.name.rust()), server.name.rust());
    let fields = server.variables.iter().map(|variable| {
        let (name, shown) = (word(variable.name.rust()), variable.name.rust());
        match variable.is_secret {
            true => quote!(.field(#shown, &format_args!("[redacted]"))),
            false => quote!(.field(#shown, &self.#name)),
        }
    });
    Some(quote! {
        /// Without its secrets.
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#shown) #(#fields)* .finish()
            }
        }
    })
}

fn field(variable: &Variable) -> TokenStream {
    let name = word(variable.name.rust());
    match &variable.default {
        Setting::Text(_) => quote!(#name: String),
        Setting::Choice { of, .. } => {
            let of = word(of.rust());
            quote!(#name: #of)
        }
    }
}

fn setter(variable: &Variable) -> TokenStream {
    let docs = docs(&documentation::servers::variable(variable));
    let name = word(variable.name.rust());
    let (ty, value) = match &variable.default {
        Setting::Text(_) => (quote!(impl Into<String>), quote!(#name.into())),
        Setting::Choice { of, .. } => {
            let of = word(of.rust());
            (quote!(#of), quote!(#name))
        }
    };
    quote! {
        #docs
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn default(variable: &Variable) -> TokenStream {
    let name = word(variable.name.rust());
    match &variable.default {
        Setting::Text(text) => quote!(#name: #text.to_owned()),
        Setting::Choice { of, is } => {
            let (of, is) = (word(of.rust()), word(is.rust()));
            quote!(#name: #of::#is)
        }
    }
}

/// `("region", server.region.as_str())`
fn value(variable: &Variable) -> TokenStream {
    let text = variable.name.rust();
    let name = word(text);
    quote!((#text, server.#name.as_str()))
}

fn choice(choice: &Choice) -> TokenStream {
    let docs = docs(&documentation::servers::choice(choice));
    let name = word(choice.name.rust());
    let variants = choice.values.iter().map(variant);
    let arms = choice.values.iter().map(|value| {
        let (variant, text) = (word(value.rust()), value.wire());
        quote!(Self::#variant => #text)
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        impl #name {
            /// The text that stands in the URL.
            pub fn as_str(self) -> &'static str {
                match self {
                    #(#arms,)*
                }
            }
        }
    }
}

fn variant(name: &Name) -> TokenStream {
    let docs = docs(&documentation::types::string(name.wire()));
    let name = word(name.rust());
    quote!(#docs #name)
}
