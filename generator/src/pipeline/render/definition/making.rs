//! How values of a struct are made: `new` with what is required, and a setter for everything else.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::extra_ty;
use crate::pipeline::model::{Extra, Field, FixedValue, Presence, Struct, Ty};
use crate::pipeline::render::ty::{self, From};
use crate::pipeline::render::{deprecated, docs, documentation, many_arguments, word};

/// `new` with what is required, and a setter for everything else.
pub(super) fn making(
    name: &Ident,
    object: &Struct,
    is_default: bool,
    batched: Option<&str>,
) -> TokenStream {
    let has_arguments = object.fields.iter().any(Field::is_argument);
    let new = match has_arguments {
        true => new(object),
        false => new_by_default(object),
    };
    let for_submit_all = batched.and_then(|batched| for_submit_all(object, batched));
    let default = (!has_arguments && !is_default).then(|| default(name, object));
    let has_setter = |field: &&Field| field.presence != Presence::Required && !field.is_argument();
    let setters = object.fields.iter().filter(has_setter);
    let setters = setters.flat_map(|field| [Some(setter(field)), clear_setter(field)]).flatten();
    let extra = object.extra.iter().filter_map(extra_setter);
    quote! {
        #default

        impl #name {
            #new
            #for_submit_all
            #(#setters)*
            #(#extra)*
        }
    }
}

fn new(object: &Struct) -> TokenStream {
    let required = object.fields.iter().filter(|field| field.is_argument());
    let arguments: Vec<_> = required
        .map(|field| {
            let name = word(field.name.rust());
            let ty = ty::argument(&field.ty, From::Types);
            quote!(#name: #ty)
        })
        .collect();
    let many = many_arguments(arguments.len());
    let value = value(object);
    quote! {
        /// A value with what is required.
        #many
        pub fn new(#(#arguments),*) -> Self {
            #value
        }
    }
}

/// `new` where nothing is required, so that callers need not know whether something is.
fn new_by_default(object: &Struct) -> TokenStream {
    // A setter of this name hides the method of the trait.
    let is_hidden = object.fields.iter().any(|field| field.name.rust() == "default");
    let default = match is_hidden {
        true => quote!(<Self as Default>::default()),
        false => quote!(Self::default()),
    };
    quote! {
        /// A value in which nothing is set.
        pub fn new() -> Self {
            #default
        }
    }
}

/// `new` without the list that `submit_all` sets, if that is an argument.
fn for_submit_all(object: &Struct, batched: &str) -> Option<TokenStream> {
    let required: Vec<_> = object.fields.iter().filter(|field| field.is_argument()).collect();
    let is_batched = |field: &Field| field.name.wire() == batched;
    required.iter().find(|field| is_batched(field))?;
    let arguments = required.iter().filter(|field| !is_batched(field)).map(|field| {
        let (name, ty) = (word(field.name.rust()), ty::argument(&field.ty, From::Types));
        quote!(#name: #ty)
    });
    let values = required.iter().map(|field| match is_batched(field) {
        true => quote!(Vec::new()),
        false => {
            let name = word(field.name.rust());
            quote!(#name)
        }
    });
    let doc = format!(" A value without `{batched}`, which `submit_all` sets.");
    Some(quote! {
        #[doc = #doc]
        pub fn for_submit_all(#(#arguments),*) -> Self {
            Self::new(#(#values),*)
        }
    })
}

/// For a struct whose required fields are constants, or one that has a tag of its own.
fn default(name: &Ident, object: &Struct) -> TokenStream {
    let value = value(object);
    quote! {
        impl Default for #name {
            fn default() -> Self {
                #value
            }
        }
    }
}

fn value(object: &Struct) -> TokenStream {
    let fields = object.fields.iter().map(|field| {
        let name = word(field.name.rust());
        match (field.presence, &field.ty) {
            _ if field.own_tag.is_some() => {
                let tag = own_tag(field);
                quote!(#name: #tag)
            }
            (Presence::Required, _) if field.constant.is_some() => {
                let constant = field.constant.as_ref().map(|value| fixed_value(field, value));
                quote!(#name: #constant)
            }
            (Presence::Required, ty) if ty::is_converted(ty) || matches!(ty, Ty::Boxed(_)) => {
                let value = ty::value(&field.name, &field.ty);
                quote!(#name: #value)
            }
            (Presence::Required, _) => quote!(#name),
            _ if field.is_asked => {
                let value = asked(field);
                quote!(#name: #value)
            }
            _ => quote!(#name: None),
        }
    });
    let extra = object.extra.iter().map(|extra| {
        let (name, nothing) = (word(extra.name.rust()), extra_constructor(extra));
        quote!(#name: #nothing)
    });
    quote!(Self { #(#fields,)* #(#extra,)* })
}

/// What `new` is given for a field that may be absent.
fn asked(field: &Field) -> TokenStream {
    let value = match &field.constant {
        Some(constant) => fixed_value(field, constant),
        None => ty::value(&field.name, &field.ty),
    };
    match field.presence {
        Presence::OptionalNullable => quote!(Some(Some(#value))),
        _ => quote!(Some(#value)),
    }
}

/// The tag of the struct itself, whether or not it may be absent.
fn own_tag(field: &Field) -> Option<TokenStream> {
    let tag = fixed_value(field, field.own_tag.as_ref()?);
    Some(match field.presence {
        Presence::Required => tag,
        Presence::Nullable | Presence::Optional | Presence::OptionalOrNull => quote!(Some(#tag)),
        Presence::OptionalNullable => quote!(Some(Some(#tag))),
    })
}

/// A constant or a tag of a field.
fn fixed_value(field: &Field, value: &FixedValue) -> TokenStream {
    match value {
        FixedValue::Text(text) => quote!(#text.to_owned()),
        FixedValue::Integer(integer) => {
            let integer = Literal::i64_unsuffixed(*integer);
            quote!(#integer)
        }
        FixedValue::Boolean(boolean) => quote!(#boolean),
        FixedValue::Variant(variant) => {
            let (ty, variant) = (ty::ty(&field.ty, From::Types), word(variant.rust()));
            quote!(#ty::#variant)
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
    let docs = docs(&documentation::values::field_setter(field));
    let name = word(field.name.rust());
    let ty = ty::setter_argument(&field.ty, From::Types);
    let value = match field.presence {
        Presence::OptionalNullable => {
            let value = ty::setter_value(&field.name, &field.ty);
            quote!(Some(#value))
        }
        _ => ty::setter_value(&field.name, &field.ty),
    };
    let deprecated = deprecated(field.docs.limits.deprecated);
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// The setter that sends null.
fn clear_setter(field: &Field) -> Option<TokenStream> {
    let name = word(field.name.rust());
    let clear_setter = word(field.clear_setter.as_ref()?.rust());
    let doc = format!(" Sends null for `{}`.", field.name.rust());
    let deprecated = deprecated(field.docs.limits.deprecated);
    Some(quote! {
        #[doc = #doc]
        #deprecated
        pub fn #clear_setter(mut self) -> Self {
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
