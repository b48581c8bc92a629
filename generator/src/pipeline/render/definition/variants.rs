//! Types of which a value is one of several: enums, which keep what they do not know, and unions.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::pipeline::model::{
    Allowed, IntegerVariant, JsonKind, ScalarVariant, Selector, TellingMember, Union, Variant,
};
use crate::pipeline::render::documentation::types;
use crate::pipeline::render::ty::{self, From};
use crate::pipeline::render::{deprecated, docs, word};
use crate::rust::names::Name;

/// What every enum says of its last variant.
const UNRECOGNIZED: &str = " A value that this version does not know.";

pub(super) fn text_enum(name: &Ident, variants: &[Variant], derives: &TokenStream) -> TokenStream {
    let variants = variants.iter().map(|variant| {
        let wire = variant.name.wire();
        let (docs, deprecated) = (docs(&types::variant(variant)), deprecated(variant.deprecated));
        (quote!(#docs #deprecated), &variant.name, quote!(#wire))
    });
    open_enum(name, "json_enum", &quote!(String), derives, variants)
}

pub(super) fn integer_enum(
    name: &Ident,
    variants: &[IntegerVariant],
    derives: &TokenStream,
) -> TokenStream {
    let variants = variants.iter().map(|variant| {
        let value = Literal::i64_unsuffixed(variant.value);
        let (docs, deprecated) = (docs(&types::integer(variant)), deprecated(variant.deprecated));
        (quote!(#docs #deprecated), &variant.name, quote!(#value))
    });
    open_enum(name, "json_integer_enum", &quote!(i64), derives, variants)
}

pub(super) fn scalar_enum(
    name: &Ident,
    variants: &[ScalarVariant],
    derives: &TokenStream,
) -> TokenStream {
    let variants = variants
        .iter()
        .map(|variant| (docs(&types::scalar(variant)), &variant.name, scalar(&variant.value)));
    open_enum(name, "json_value_enum", &quote!(serde_json::Value), derives, variants)
}

/// An enum that keeps what it does not know, of the attributes, name and value of each variant.
fn open_enum<'a>(
    name: &Ident,
    json: &str,
    unrecognized: &TokenStream,
    derives: &TokenStream,
    variants: impl Iterator<Item = (TokenStream, &'a Name, TokenStream)>,
) -> TokenStream {
    let json = word(json);
    let (documented, entries): (Vec<_>, Vec<_>) = variants
        .map(|(docs, name, value)| {
            let name = word(name.rust());
            (quote!(#docs #name), quote!(#name = #value))
        })
        .unzip();
    quote! {
        #[derive(Clone, Debug, PartialEq, Eq, Hash #derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#documented,)*
            #[doc = #UNRECOGNIZED]
            Unrecognized(#unrecognized),
        }
        #json!(#name { #(#entries),* });
    }
}

/// A literal of the very type that `serde_json` keeps such a value in.
fn scalar(value: &Value) -> TokenStream {
    if let Some(value) = value.as_i64() {
        let literal = Literal::i64_suffixed(value);
        return quote!(#literal);
    }
    if let Some(value) = value.as_u64() {
        return quote!(#value);
    }
    match (value.as_f64(), value.as_bool(), value.as_str()) {
        (Some(value), _, _) => quote!(#value),
        (_, Some(value), _) => quote!(#value),
        (_, _, text) => quote!(#text),
    }
}

pub(super) fn union(name: &Ident, union: &Union, derives: &TokenStream) -> TokenStream {
    let documented = union.variants.iter().map(|variant| {
        let docs = docs(&types::union_variant(variant));
        let ty = ty::ty(&variant.ty, From::Types);
        let variant = word(variant.name.rust());
        quote!(#docs #variant(#ty))
    });
    let entries = union.variants.iter().filter(|variant| !variant.is_default).map(|variant| {
        let name = word(variant.name.rust());
        let kind = word(kind(variant.kind));
        let members = variant.members.iter().map(telling_member);
        match &variant.tag {
            None => {
                let values = variant.values.iter().map(allowed);
                let values = (!variant.values.is_empty()).then(|| quote!(= #(#values)|*));
                quote!(#name(#kind #values #(, #members)*))
            }
            Some(tag) => {
                let tag = scalar(tag);
                let members = (!variant.members.is_empty()).then(|| quote!((#(#members),*)));
                quote!(#name #members = #tag)
            }
        }
    });
    let by = match &union.selector {
        Selector::Kind => None,
        Selector::Tag(tag) => {
            let default = union.variants.iter().find(|variant| variant.is_default);
            let default = default.map(|variant| word(variant.name.rust()));
            let other = default.map(|name| quote!(or #name));
            Some(quote!(by #tag #other))
        }
    };
    quote! {
        #[derive(Clone, Debug, PartialEq #derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#documented,)*
            #[doc = #UNRECOGNIZED]
            Unrecognized(serde_json::Value),
        }
        json_union!(#name #by { #(#entries),* });
    }
}

/// `"meta"."kind" = "a" | "b"`; what can only be null has no values.
fn telling_member(member: &TellingMember) -> TokenStream {
    let (path, values) = (&member.path, member.values.iter().map(allowed));
    let values = (!member.values.is_empty()).then(|| quote!(= #(#values)|*));
    quote!(#(#path).* #values)
}

fn allowed(value: &Allowed) -> TokenStream {
    match value {
        Allowed::Only(value) => scalar(value),
        Allowed::Integers(from, to) => {
            let (from, to) = (Literal::i64_suffixed(*from), Literal::i64_suffixed(*to));
            quote!(#from to #to)
        }
        // The model has none where a variant is told by its values.
        Allowed::Anything => TokenStream::new(),
    }
}

fn kind(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Any => "Any",
        JsonKind::Boolean => "Boolean",
        JsonKind::Integer => "Integer",
        JsonKind::Number => "Number",
        JsonKind::String => "String",
        JsonKind::Array => "Array",
        JsonKind::Object => "Object",
    }
}
