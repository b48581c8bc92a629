//! How values of a struct are made: `new` with what is required, and a setter for everything else.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::extra_ty;
use crate::model::{Extra, Field, Presence, Struct, Ty};
use crate::render::ty::{self, From};
use crate::render::{docs, word};

/// `new` with what is required, and a setter for everything else.
pub(super) fn making(name: &Ident, object: &Struct, nothing_required: bool) -> TokenStream {
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
