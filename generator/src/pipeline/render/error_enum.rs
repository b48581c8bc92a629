//! The documented errors of operations: an enum, and its name for each operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::{self, From};
use super::{docs, documentation, word};
use crate::pipeline::model::{ErrorCase, ErrorEnum, Operation, Tag};
use crate::pipeline::resolve::Status;

/// `pub type AddBookError = Error402Or422;`
pub fn alias(tag: &Tag, operation: &Operation) -> Option<TokenStream> {
    let (errors, name) = tag.errors_of(operation)?;
    let method = documentation::operations::method_link(tag, operation);
    let docs = docs(&documentation::errors::alias(&method));
    let (name, errors) = (word(name.rust()), word(errors.name.rust()));
    Some(quote! {
        #docs
        pub type #name = #errors;
    })
}

/// `pub enum Error402Or422 { … }`
pub fn definition(errors: &ErrorEnum) -> TokenStream {
    let docs = docs(&documentation::errors::error_enum(errors));
    let name = word(errors.name.rust());
    let variants = errors.cases.iter().map(variant);
    let documented = documented(&errors.cases);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Another status, or a body that is not as described.
            Undocumented(reqwest::StatusCode),
        }

        impl crate::DocumentedErrors for #name {
            fn read(reply: &crate::ErrorReply<'_>) -> Self {
                let documented = #documented;
                documented.unwrap_or(Self::Undocumented(reply.status))
            }
        }
    }
}

fn variant(case: &ErrorCase) -> TokenStream {
    let docs = docs(&documentation::errors::error_case(case));
    let name = word(case.name.rust());
    let body = case.ty.as_ref().map(|ty| {
        let ty = ty::ty(ty, From::Operations);
        quote!((#ty))
    });
    quote!(#docs #name #body)
}

/// The variant of a reply: `match reply.status.as_u16() { 402 => …, _ => None }`, or only its body where all statuses
/// have the same one.
fn documented(cases: &[ErrorCase]) -> TokenStream {
    if let [only] = cases
        && only.status == Status::Default
    {
        return body(only);
    }
    let arms = cases.iter().map(arm);
    let is_open = cases.iter().all(|case| case.status != Status::Default);
    let otherwise = is_open.then(|| quote!(_ => None,));
    quote! {
        match reply.status.as_u16() {
            #(#arms,)*
            #otherwise
        }
    }
}

/// `402 => reply.json().map(Self::PaymentRequired)`
fn arm(case: &ErrorCase) -> TokenStream {
    let status = match case.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Class(class) => {
            let first = Literal::u16_unsuffixed(class * 100);
            let last = Literal::u16_unsuffixed(class * 100 + 99);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    };
    let read = body(case);
    quote!(#status => #read)
}

/// `reply.json().map(Self::PaymentRequired)`
fn body(case: &ErrorCase) -> TokenStream {
    let name = word(case.name.rust());
    match case.ty {
        Some(_) => quote!(reply.json().map(Self::#name)),
        None => quote!(Some(Self::#name)),
    }
}
