//! Which lints of clippy are allowed, because only the description decides about what they find.

use proc_macro2::TokenStream;
use quote::quote;

use crate::pipeline::model::{Api, Field, Operation, Presence, Reply, RequestBody, Shape, TypeDef};
use crate::rust::names::Name;

/// The methods of `std::ops` that take a value beside their own.
const OPERATORS: &[&str] =
    &["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

/// `#![allow(…)]` of the root of the crate or of the module.
pub fn allowed(api: &Api) -> TokenStream {
    if api.module.is_some() {
        return in_a_module();
    }
    let sizes = [
        (has_choices(api), quote!(clippy::large_enum_variant)),
        (has_nested_types(api), quote!(clippy::type_complexity)),
    ];
    let names = [(has_operators(api), quote!(clippy::should_implement_trait))];
    let letters = [(
        has_other_scripts(api),
        quote!(confusable_idents, mixed_script_confusables, uncommon_codepoints),
    )];
    let uses = [(has_deprecated(api), quote!(deprecated))];
    let uses = allow(uses, "what is deprecated is still read and written");
    let sizes = allow(sizes, "a box or an alias would come and go as the description changes");
    let names = allow(names, "a setter is called as its field is");
    let letters = allow(letters, "names are in the script of the description");
    quote!(#sizes #names #letters #uses)
}

/// A crate with code by hand sets lints for it, and uses a part of what the service offers. What it sets to `deny` is not
/// among its warnings, so that groups are named, too.
fn in_a_module() -> TokenStream {
    quote! {
        #![allow(
            warnings, unused, missing_debug_implementations, missing_docs, unreachable_pub, unused_qualifications,
            clippy::all, clippy::cargo, clippy::nursery, clippy::pedantic, clippy::restriction, rustdoc::all,
            reason = "the lints of the crate are for code by hand"
        )]
    }
}

fn allow<const N: usize>(lints: [(bool, TokenStream); N], reason: &str) -> Option<TokenStream> {
    let met: Vec<_> =
        lints.into_iter().filter(|(is_met, _)| *is_met).map(|(_, lint)| lint).collect();
    (!met.is_empty()).then(|| quote!(#![allow(#(#met,)* reason = #reason)]))
}

/// Whether any type, body or reply is one of several.
fn has_choices(api: &Api) -> bool {
    let is_union = |found: &TypeDef| matches!(found.shape, Shape::Union(_));
    let is_several = |found: &Operation| {
        let body = found.body.as_ref().map(|body| &body.sent);
        matches!(found.success, Reply::Several { .. })
            || matches!(body, Some(RequestBody::Several { .. }))
    };
    api.types.iter().any(is_union) || api.operations().any(is_several)
}

/// Whether any field holds lists, maps and the like in each other, four and more.
fn has_nested_types(api: &Api) -> bool {
    let depth = |field: &Field| {
        let absent = usize::from(field.presence != Presence::Required);
        field.ty.depth() + absent
    };
    fields(api).any(|field| depth(field) > 3)
}

/// Whether any setter is called as the method of an operator is.
fn has_operators(api: &Api) -> bool {
    let options = api.operations().flat_map(|operation| &operation.options);
    let mut names = fields(api).map(|field| &field.name).chain(options.map(|option| &option.name));
    names.any(|name| OPERATORS.contains(&name.rust()))
}

/// Whether any name has letters of another script than the Latin one.
fn has_other_scripts(api: &Api) -> bool {
    let types = api.types.iter().flat_map(names_of_type);
    let operations = api.operations().flat_map(|operation| {
        let parameters = operation.arguments.iter().chain(&operation.options);
        parameters.map(|it| &it.name).chain([&operation.name, &operation.type_name])
    });
    let tags = api.tags.iter().map(|tag| &tag.type_name);
    types.chain(operations).chain(tags).any(|name| !name.rust().is_ascii())
}

/// The name of a type, and those within.
fn names_of_type(found: &TypeDef) -> impl Iterator<Item = &Name> {
    let within: Vec<&Name> = match &found.shape {
        Shape::Struct(object) => object.fields.iter().map(|field| &field.name).collect(),
        Shape::Enum(variants) => variants.iter().map(|it| &it.name).collect(),
        Shape::ScalarEnum(variants) => variants.iter().map(|it| &it.name).collect(),
        Shape::IntegerEnum(variants) => variants.iter().map(|it| &it.name).collect(),
        Shape::Union(union) => union.variants.iter().map(|it| &it.name).collect(),
    };
    within.into_iter().chain([&found.name])
}

/// Whether any type, field, setter or variant is deprecated.
fn has_deprecated(api: &Api) -> bool {
    let has_deprecated_variant = |found: &TypeDef| match &found.shape {
        Shape::Enum(variants) => variants.iter().any(|one| one.deprecated),
        Shape::IntegerEnum(variants) => variants.iter().any(|one| one.deprecated),
        Shape::Struct(_) | Shape::ScalarEnum(_) | Shape::Union(_) => false,
    };
    fields(api).any(|field| field.docs.limits.deprecated)
        || api.types.iter().any(|found| {
            found.docs.deprecated || !found.aliases.is_empty() || has_deprecated_variant(found)
        })
}

fn fields(api: &Api) -> impl Iterator<Item = &Field> {
    api.types.iter().flat_map(|found| match &found.shape {
        Shape::Struct(object) => object.fields.as_slice(),
        _ => &[],
    })
}
