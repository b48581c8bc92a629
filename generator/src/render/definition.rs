//! The definitions of types, and how they read and write JSON.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::ty::{self, From};
use super::{docs, inner_docs, word};
use crate::model::{
    Api, Extra, Field, Home, IntegerVariant, JsonKind, Maker, Part, PartForm, Presence,
    ScalarVariant, Selector, Shape, Struct, Ty, TypeDef, Union, Variant,
};
use crate::names::Name;

/// What every enum says of its last variant.
const UNRECOGNIZED: &str = " A value that this version does not know.";

/// `types/credits.rs`
pub fn module(api: &Api, home: &Home) -> TokenStream {
    let here: Vec<_> = api.types.iter().filter(|found| found.home == *home).collect();
    let title = match home {
        Home::Tag(module) => {
            let tag = api.tags.iter().find(|tag| tag.name.rust() == module);
            let name = tag.map_or(module.as_str(), |tag| tag.type_name.rust());
            format!("Types that only the operations of {name} use.")
        }
        Home::Common => "Types that several families of operations use.".to_owned(),
    };
    let inner = inner_docs(&[title]);
    let uses = uses(&here);
    let definitions = here.iter().map(|found| definition(found));
    quote!(#inner #uses #(#definitions)*)
}

/// The types of other modules, and the macros of the runtime.
fn uses(here: &[&TypeDef]) -> TokenStream {
    let used: BTreeSet<&Name> = here.iter().flat_map(|found| used(&found.shape)).collect();
    let others = used.into_iter().filter(|name| here.iter().all(|found| found.name != **name));
    let others: BTreeSet<&str> = others.map(Name::rust).collect();
    let others: Vec<_> = others.into_iter().map(word).collect();
    let others = (!others.is_empty()).then(|| match others.as_slice() {
        [only] => quote!(use super::#only;),
        several => quote!(use super::{#(#several),*};),
    });
    let macros: BTreeSet<_> = here.iter().flat_map(|found| macros(&found.shape)).collect();
    let macros: Vec<_> = macros.into_iter().map(word).collect();
    let macros = match macros.as_slice() {
        [only] => quote!(use crate::runtime::#only;),
        several => quote!(use crate::runtime::{#(#several),*};),
    };
    quote!(#others #macros)
}

fn used(shape: &Shape) -> Vec<&Name> {
    match shape {
        Shape::Struct(object) => {
            let extra = object.extra.iter().filter_map(|extra| extra.values.as_ref());
            let fields = object.fields.iter().map(|field| &field.ty);
            fields.chain(extra).flat_map(Ty::names).collect()
        }
        Shape::Union(union) => {
            union.variants.iter().flat_map(|variant| variant.ty.names()).collect()
        }
        Shape::Enum(_) | Shape::IntegerEnum(_) | Shape::ScalarEnum(_) => Vec::new(),
    }
}

fn macros(shape: &Shape) -> Vec<&'static str> {
    match shape {
        Shape::Struct(object) => {
            let json = object.written.is_json().then_some("json_object");
            json.into_iter().chain(object.written.parts().map(|_| "multipart_object")).collect()
        }
        Shape::Enum(_) => vec!["json_enum"],
        Shape::IntegerEnum(_) => vec!["json_integer_enum"],
        Shape::ScalarEnum(_) => vec!["json_value_enum"],
        Shape::Union(_) => vec!["json_union"],
    }
}

fn definition(found: &TypeDef) -> TokenStream {
    let name = word(found.name.rust());
    let docs = docs(&found.docs);
    let body = match &found.shape {
        Shape::Struct(object) => structure(&name, object),
        Shape::Enum(variants) => text_enum(&name, variants),
        Shape::IntegerEnum(variants) => integer_enum(&name, variants),
        Shape::ScalarEnum(variants) => scalar_enum(&name, variants),
        Shape::Union(union) => self::union(&name, union),
    };
    quote!(#docs #body)
}

fn structure(name: &Ident, object: &Struct) -> TokenStream {
    let nothing_required = object.fields.iter().all(|field| field.presence != Presence::Required);
    let default = nothing_required.then(|| quote!(Default,));
    let fields = object.fields.iter().map(field);
    let extra = object.extra.iter().map(extra_field);
    let making = (object.maker == Maker::Caller).then(|| making(name, object, nothing_required));
    let json = object.written.is_json().then(|| json_object(name, object));
    let parts = object.written.parts().map(|parts| multipart_object(name, object, parts));
    quote! {
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #(#extra,)*
        }
        #json
        #parts

        #making
    }
}

fn json_object(name: &Ident, object: &Struct) -> TokenStream {
    let entries = object.fields.iter().map(json_entry).chain(rest(object));
    quote!(json_object!(#name { #(#entries),* });)
}

fn multipart_object(name: &Ident, object: &Struct, parts: &[Part]) -> TokenStream {
    let entries = parts.iter().map(part_entry).chain(rest(object));
    quote!(multipart_object!(#name { #(#entries),* });)
}

fn rest(object: &Struct) -> Option<TokenStream> {
    let extra = word(object.extra.as_ref()?.name.rust());
    Some(quote!(..#extra))
}

fn field(field: &Field) -> TokenStream {
    let docs = docs(&field.docs);
    let name = word(field.name.rust());
    let ty = ty::ty(&field.ty, From::Types);
    match field.presence {
        Presence::Required => quote!(#docs pub #name: #ty),
        Presence::Nullable | Presence::Optional => quote!(#docs pub #name: Option<#ty>),
        Presence::OptionalNullable => quote!(#docs pub #name: Option<Option<#ty>>),
    }
}

fn extra_field(extra: &Extra) -> TokenStream {
    let name = word(extra.name.rust());
    let ty = extra_ty(extra);
    quote! {
        /// All members that the description does not name.
        pub #name: #ty
    }
}

fn extra_ty(extra: &Extra) -> TokenStream {
    match &extra.values {
        Some(values) => {
            let values = ty::ty(values, From::Types);
            quote!(std::collections::BTreeMap<String, #values>)
        }
        // By its path, as a type of the description may have this name.
        None => quote!(crate::Extra),
    }
}

/// `title`, `pages: optional`, or `type_ = "type"`.
fn json_entry(field: &Field) -> TokenStream {
    let name = word(field.name.rust());
    let presence = match field.presence {
        Presence::Required => None,
        Presence::Nullable => Some(quote!(: nullable)),
        Presence::Optional => Some(quote!(: optional)),
        Presence::OptionalNullable => Some(quote!(: optional_nullable)),
    };
    let wire = field.name.wire();
    let wire = (wire != field.name.rust()).then(|| quote!(= #wire));
    quote!(#name #presence #wire)
}

fn part_entry(part: &Part) -> TokenStream {
    let name = word(part.field.rust());
    let wire = part.field.wire();
    let form = match part.form {
        PartForm::Files => quote!(files),
        PartForm::Value => quote!(value),
        PartForm::Deep => quote!(deep),
    };
    let media_type = &part.media_type;
    quote!(#name: #form #wire #media_type)
}

/// `new` with what is required, and a setter for everything else.
fn making(name: &Ident, object: &Struct, nothing_required: bool) -> TokenStream {
    let new = (!nothing_required).then(|| new(object));
    let setters = object.fields.iter().filter(|field| field.presence != Presence::Required);
    let mut setters =
        setters.flat_map(|field| [Some(setter(field)), eraser(field)]).flatten().peekable();
    if new.is_none() && setters.peek().is_none() {
        return TokenStream::new();
    }
    let extra = object.extra.iter().filter_map(extra_setter);
    quote! {
        impl #name {
            #new
            #(#setters)*
            #(#extra)*
        }
    }
}

fn new(object: &Struct) -> TokenStream {
    let required = object.fields.iter().filter(|field| field.is_argument());
    let arguments = required.map(|field| {
        let name = word(field.name.rust());
        let ty = ty::argument(&field.ty, From::Types);
        quote!(#name: #ty)
    });
    let fields = object.fields.iter().map(|field| {
        let name = word(field.name.rust());
        match (field.presence, &field.ty) {
            (Presence::Required, _) if field.constant.is_some() => {
                let constant = &field.constant;
                quote!(#name: #constant.to_owned())
            }
            (Presence::Required, ty) if ty::is_converted(ty) || matches!(ty, Ty::Boxed(_)) => {
                let value = ty::value(&field.name, &field.ty);
                quote!(#name: #value)
            }
            (Presence::Required, _) => quote!(#name),
            _ => quote!(#name: None),
        }
    });
    let extra = object.extra.iter().map(|extra| {
        let (name, nothing) = (word(extra.name.rust()), extra_constructor(extra));
        quote!(#name: #nothing)
    });
    // A constructor takes what the service asks for, however much that is.
    let required = object.fields.iter().filter(|field| field.is_argument());
    let many = (required.count() > 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "all of them are required")]));
    quote! {
        /// A value with what is required.
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#fields,)* #(#extra,)* }
        }
    }
}

fn extra_constructor(extra: &Extra) -> TokenStream {
    match extra.values {
        Some(_) => quote!(std::collections::BTreeMap::new()),
        None => quote!(crate::Extra::new()),
    }
}

fn setter(field: &Field) -> TokenStream {
    // The field has the whole text; its first paragraph will do here.
    let docs = docs(field.docs.iter().take_while(|line| !line.is_empty()));
    let name = word(field.name.rust());
    let ty = ty::argument(&field.ty, From::Types);
    let value = match field.presence {
        Presence::OptionalNullable => {
            let value = ty::value(&field.name, &field.ty);
            quote!(Some(#value))
        }
        _ => ty::value(&field.name, &field.ty),
    };
    quote! {
        #docs
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// The setter that sends null.
fn eraser(field: &Field) -> Option<TokenStream> {
    let name = word(field.name.rust());
    let eraser = word(field.eraser.as_ref()?.rust());
    let doc = format!(" Sends null for `{}`.", field.name.rust());
    Some(quote! {
        #[doc = #doc]
        pub fn #eraser(mut self) -> Self {
            self.#name = Some(None);
            self
        }
    })
}

/// The setter of members that the description tells of.
fn extra_setter(extra: &Extra) -> Option<TokenStream> {
    let (name, ty) = (word(extra.name.rust()), extra_ty(extra));
    extra.values.as_ref()?;
    Some(quote! {
        /// All members that the description does not name.
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #name;
            self
        }
    })
}

fn text_enum(name: &Ident, variants: &[Variant]) -> TokenStream {
    let variants = variants.iter().map(|variant| {
        let wire = variant.name.wire();
        (docs(&variant.docs), &variant.name, quote!(#wire))
    });
    open_enum(name, "json_enum", &quote!(String), variants)
}

fn integer_enum(name: &Ident, variants: &[IntegerVariant]) -> TokenStream {
    let variants = variants.iter().map(|variant| {
        let value = Literal::i64_unsuffixed(variant.value);
        (docs(&variant.docs), &variant.name, quote!(#value))
    });
    open_enum(name, "json_integer_enum", &quote!(i64), variants)
}

fn scalar_enum(name: &Ident, variants: &[ScalarVariant]) -> TokenStream {
    let variants =
        variants.iter().map(|variant| (docs(&variant.docs), &variant.name, scalar(&variant.value)));
    open_enum(name, "json_value_enum", &quote!(serde_json::Value), variants)
}

/// An enum that keeps what it does not know, of the documentation, name and value of each variant.
fn open_enum<'a>(
    name: &Ident,
    json: &str,
    unrecognized: &TokenStream,
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
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

fn union(name: &Ident, union: &Union) -> TokenStream {
    let documented = union.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let ty = ty::ty(&variant.ty, From::Types);
        let variant = word(variant.name.rust());
        quote!(#docs #variant(#ty))
    });
    let entries = union.variants.iter().map(|variant| {
        let wire = variant.name.wire();
        let name = word(variant.name.rust());
        let kind = word(kind(variant.kind));
        match union.selector {
            Selector::Kind => quote!(#name(#kind)),
            Selector::Tag(_) => quote!(#name = #wire),
        }
    });
    let by = match &union.selector {
        Selector::Kind => None,
        Selector::Tag(tag) => Some(quote!(by #tag)),
    };
    quote! {
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#documented,)*
            #[doc = #UNRECOGNIZED]
            Unrecognized(serde_json::Value),
        }
        json_union!(#name #by { #(#entries),* });
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
