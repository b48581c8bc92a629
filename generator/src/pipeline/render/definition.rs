//! The definitions of types, and how they read and write JSON.

use std::collections::{BTreeSet, HashMap, HashSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ty::{self, From};
use super::{aliases, deprecated, docs, documentation, inner_docs, word};
use crate::pipeline::model::{
    Api, Derive, Direction, Extra, Field, Part, PartForm, Presence, Shape, Struct, Ty, TypeDef,
    TypeModule,
};
use crate::rust::names::Name;
use limits::limits;
use making::making;
use variants::{integer_enum, scalar_enum, text_enum, union};

mod debug;
mod limits;
mod making;
mod variants;

/// `types/credits.rs`
pub fn module(api: &Api, type_module: &TypeModule, here: &[&TypeDef]) -> TokenStream {
    let title = match type_module {
        TypeModule::Tag(module) => {
            let tag = api.tags.iter().find(|tag| tag.name.rust() == module);
            let name = tag.map_or(module.as_str(), |tag| tag.type_name.rust());
            format!("Types that only the operations of {name} use.")
        }
        TypeModule::Common => "Types that several groups of operations use.".to_owned(),
    };
    let inner = inner_docs(&[title]);
    let uses = uses(here);
    let batched = batched_fields(api);
    let scope: HashSet<&Name> =
        here.iter().flat_map(|found| used(&found.shape).into_iter().chain([&found.name])).collect();
    let definitions = here.iter().map(|found| {
        let owner = found.docs.owner.as_ref();
        let is_owner_in_scope = owner.is_none_or(|owner| scope.contains(&owner.ty));
        definition(found, batched.get(&found.name).copied(), is_owner_in_scope)
    });
    quote!(#inner #uses #(#definitions)*)
}

/// The types of other modules, and the macros of the runtime.
fn uses(here: &[&TypeDef]) -> TokenStream {
    let used: BTreeSet<&Name> = here.iter().flat_map(|found| used(&found.shape)).collect();
    let own: HashSet<&Name> = here.iter().map(|found| &found.name).collect();
    let others = used.into_iter().filter(|name| !own.contains(name));
    let others: BTreeSet<&str> = others.map(Name::rust).collect();
    let others: Vec<_> = others.into_iter().map(word).collect();
    let others = (!others.is_empty()).then(|| match others.as_slice() {
        [only] => quote!(use super::#only;),
        several => quote!(use super::{#(#several),*};),
    });
    let macros: BTreeSet<_> = here.iter().flat_map(|found| macros(found)).collect();
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

fn macros(found: &TypeDef) -> Vec<&'static str> {
    let mut macros = macros_of(&found.shape);
    macros.extend(found.validates.then_some("limits"));
    macros
}

fn macros_of(shape: &Shape) -> Vec<&'static str> {
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

/// The fields that `submit_all` sets, by the types of the requests.
fn batched_fields(api: &Api) -> HashMap<&Name, &str> {
    let mut fields = HashMap::new();
    for operation in api.operations() {
        let chunks = operation.batch.as_ref().and_then(|batch| batch.chunks.as_ref());
        let (Some(chunks), Some(body)) = (chunks, &operation.body) else { continue };
        for form in body.sent.forms() {
            if let Some(Ty::Named(name)) = form.ty() {
                fields.entry(name).or_insert(chunks.field.as_str());
            }
        }
    }
    fields
}

fn definition(found: &TypeDef, batched: Option<&str>, is_owner_in_scope: bool) -> TokenStream {
    let name = word(found.name.rust());
    let docs = docs(&documentation::types::definition(found, is_owner_in_scope));
    let deprecated = deprecated(found.docs.deprecated);
    let derives = derives(&found.derives);
    let body = match &found.shape {
        Shape::Struct(object) => structure(&name, object, found, batched),
        Shape::Enum(variants) => text_enum(&name, variants, &derives),
        Shape::IntegerEnum(variants) => integer_enum(&name, variants, &derives),
        Shape::ScalarEnum(variants) => scalar_enum(&name, variants, &derives),
        Shape::Union(union) => {
            let (union, limits) = (self::union(&name, union, &derives), limits(&name, found));
            quote!(#union #limits)
        }
    };
    let aliases = aliases::types(found);
    quote!(#docs #deprecated #body #(#aliases)*)
}

fn structure(name: &Ident, object: &Struct, found: &TypeDef, batched: Option<&str>) -> TokenStream {
    let (limits, derives) = (limits(name, found), derives(&found.derives));
    let is_none = |field: &Field| {
        field.presence != Presence::Required && field.own_tag.is_none() && !field.is_asked
    };
    let all_are_none = object.fields.iter().all(is_none);
    let default = all_are_none.then(|| quote!(Default,));
    let fields = object.fields.iter().map(field);
    let extra = object.extra.iter().map(|extra| extra_field(extra, object.direction));
    let making = (object.direction == Direction::Request)
        .then(|| making(name, object, all_are_none, batched));
    let json = object.written.is_json().then(|| json_object(name, object));
    let parts = object.written.parts().map(|parts| multipart_object(name, object, parts));
    let debug = debug::hiding_secrets(name, object);
    let derived = debug.is_none().then(|| quote!(Debug,));
    quote! {
        #[derive(Clone, #derived #default PartialEq #derives)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #(#extra,)*
        }
        #debug
        #json
        #parts
        #limits

        #making
    }
}

/// `, Eq, Hash`
fn derives(derives: &[Derive]) -> TokenStream {
    let paths = derives.iter().map(|derive| -> TokenStream {
        // It is the name of a trait, or was read as a path.
        derive.rust().parse().unwrap_or_default()
    });
    quote!(#(, #paths)*)
}

fn json_object(name: &Ident, object: &Struct) -> TokenStream {
    let entries = object.fields.iter().map(json_entry).chain(rest(object));
    quote!(json_object!(#name { #(#entries),* });)
}

fn multipart_object(name: &Ident, object: &Struct, parts: &[Part]) -> TokenStream {
    let rest = object.extra.as_ref().map(|extra| {
        let name = word(extra.name.rust());
        if extra.has_files() { quote!(..(#name)) } else { quote!(..#name) }
    });
    let entries = parts.iter().map(part_entry).chain(rest);
    quote!(multipart_object!(#name { #(#entries),* });)
}

fn rest(object: &Struct) -> Option<TokenStream> {
    let extra = word(object.extra.as_ref()?.name.rust());
    Some(quote!(..#extra))
}

fn field(field: &Field) -> TokenStream {
    let docs = docs(&documentation::values::field(field));
    let name = word(field.name.rust());
    let ty = ty::ty(&field.ty, From::Types);
    let deprecated = deprecated(field.docs.limits.deprecated);
    match field.presence {
        Presence::Required => quote!(#docs #deprecated pub #name: #ty),
        Presence::Nullable | Presence::Optional | Presence::OptionalOrNull => {
            quote!(#docs #deprecated pub #name: Option<#ty>)
        }
        Presence::OptionalNullable => quote!(#docs #deprecated pub #name: Option<Option<#ty>>),
    }
}

fn extra_field(extra: &Extra, direction: Direction) -> TokenStream {
    let name = word(extra.name.rust());
    let ty = extra_ty(extra);
    let reading = match direction {
        Direction::Response => Some(quote! {
            ///
            /// [`member`](crate::AnyMember::member) finds one also where a later version has a field for it.
        }),
        Direction::Request => None,
    };
    quote! {
        /// All members that the description does not name.
        #reading
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
        Presence::OptionalOrNull => Some(quote!(: optional_or_null)),
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
        PartForm::Fields => quote!(fields),
        PartForm::Joined(by) => quote!(joined(#by)),
    };
    let media_type = &part.media_type;
    let headers = part.headers.iter().map(|(name, value)| quote!((#name, #value)));
    let headers = (!part.headers.is_empty()).then(|| quote!([#(#headers),*]));
    let given = part.given_headers.iter().map(|header| {
        let (name, field) = (header.wire(), word(header.rust()));
        quote!(#name = #field)
    });
    let given = (!part.given_headers.is_empty()).then(|| quote!({ #(#given),* }));
    quote!(#name: #form #wire #media_type #headers #given)
}
