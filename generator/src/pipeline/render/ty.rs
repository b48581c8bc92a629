//! Types as they are written.

use proc_macro2::TokenStream;
use quote::quote;

use super::word;
use crate::pipeline::model::{IntegerType, Ty};
use crate::rust::names::Name;
use crate::rust::path::RustPath;

/// Where a type is written, which decides how the crate's own types are reached.
#[derive(Clone, Copy, Debug)]
pub enum From {
    /// In a module of operations: `types::Book`.
    Operations,
    /// In a module of types: `Book`.
    Types,
}

/// A type: `Option<Vec<types::Book>>`.
pub fn ty(ty: &Ty, from: From) -> TokenStream {
    match ty {
        Ty::Named(name) => named(name, from),
        Ty::Boxed(name) => {
            let name = named(name, from);
            quote!(Box<#name>)
        }
        Ty::Bool => quote!(bool),
        Ty::Integer(integer) => code(integer.rust()),
        Ty::Float => quote!(f64),
        Ty::String => quote!(String),
        Ty::Formatted(format) => code(format.rust()),
        Ty::Own(own) => path(&own.path),
        Ty::File => quote!(crate::FilePart),
        Ty::Json => quote!(serde_json::Value),
        Ty::JsonObject => quote!(serde_json::Map<String, serde_json::Value>),
        Ty::List(item) => {
            let item = self::ty(item, from);
            quote!(Vec<#item>)
        }
        Ty::Tuple(items) => {
            let items = items.iter().map(|item| self::ty(item, from));
            quote!((#(#items,)*))
        }
        Ty::Map(value) => {
            let value = self::ty(value, from);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Ty::Nullable(value) => {
            let value = self::ty(value, from);
            quote!(Option<#value>)
        }
    }
}

fn named(name: &Name, from: From) -> TokenStream {
    let name = word(name.rust());
    match from {
        From::Operations => quote!(types::#name),
        From::Types => quote!(#name),
    }
}

fn code(of_ours: &str) -> TokenStream {
    // The model has types of ours only, so there is nothing that is no Rust.
    of_ours.parse().unwrap_or_default()
}

/// The path of a type of another crate.
pub fn path(path: &RustPath) -> TokenStream {
    // It was read as a path, so there is nothing that is no Rust.
    path.as_str().parse().unwrap_or_default()
}

/// Whether an argument of a type is what can become one: a text, a value without a spelling, or any
/// integer.
pub fn is_converted(ty: &Ty) -> bool {
    match ty {
        Ty::String | Ty::File | Ty::Integer(IntegerType::Big) => true,
        Ty::Formatted(format) => format.is_verbatim(),
        _ => false,
    }
}

/// A type as an argument: texts are taken in any form, boxes are made inside.
pub fn argument(ty: &Ty, from: From) -> TokenStream {
    match ty {
        Ty::String => quote!(impl Into<String>),
        Ty::Formatted(format) if format.is_verbatim() => {
            let ty = code(format.rust());
            quote!(impl Into<#ty>)
        }
        Ty::Integer(IntegerType::Big) => quote!(impl Into<crate::BigInteger>),
        Ty::File => quote!(impl Into<crate::FilePart>),
        Ty::Boxed(name) => named(name, from),
        other => self::ty(other, from),
    }
}

/// A type as the argument of an operation: as [`argument`], and what has a spelling is also taken as a text. If the
/// text is not such a value, the call says so before it is sent.
pub fn parameter(ty: &Ty, from: From) -> TokenStream {
    match ty {
        ty if is_tried(ty) => {
            let ty = self::ty(ty, from);
            quote!(impl TryInto<#ty, Error: std::fmt::Display>)
        }
        other => argument(other, from),
    }
}

/// The same for a setter: a list is taken from anything that has such items.
pub fn parameter_setter(ty: &Ty, from: From) -> TokenStream {
    match ty {
        Ty::List(item) if is_tried(item) => {
            let item = parameter(item, from);
            quote!(impl IntoIterator<Item = #item>)
        }
        ty if is_tried(ty) => parameter(ty, from),
        other => setter_argument(other, from),
    }
}

/// Whether an argument of an operation may be a text that is not a value of its type.
pub fn is_tried(ty: &Ty) -> bool {
    matches!(ty, Ty::Formatted(format) if format.is_verbatim())
}

/// A type as the argument of a setter: a list is taken from anything that has such items.
pub fn setter_argument(ty: &Ty, from: From) -> TokenStream {
    match ty {
        Ty::List(item) => {
            let item = if is_converted(item) { argument(item, from) } else { self::ty(item, from) };
            quote!(impl IntoIterator<Item = #item>)
        }
        other => argument(other, from),
    }
}

/// The value that the argument of a setter stands for.
pub fn setter_value(name: &Name, ty: &Ty) -> TokenStream {
    let argument = word(name.rust());
    match ty {
        Ty::List(item) if is_converted(item) => {
            quote!(#argument.into_iter().map(Into::into).collect())
        }
        Ty::List(_) => quote!(#argument.into_iter().collect()),
        other => value(name, other),
    }
}

/// The value that an argument of a type stands for.
pub fn value(name: &Name, ty: &Ty) -> TokenStream {
    let name = word(name.rust());
    match ty {
        ty if is_converted(ty) => quote!(#name.into()),
        Ty::Boxed(_) => quote!(Box::new(#name)),
        _ => quote!(#name),
    }
}
