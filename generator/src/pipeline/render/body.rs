//! The body of an operation: an argument or a setter, and the enum of its forms where it has several.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{self, From};
use super::{docs, documentation, word};
use crate::pipeline::model::{Body, BodyCase, BodyForm, FormStyles, Operation, RequestBody, Ty};

/// `body: types::NewBook`, or `body: impl Into<AddBookBody>`
pub fn argument(body: &Body) -> TokenStream {
    let name = word(body.name.rust());
    let ty = match &body.sent {
        RequestBody::One(BodyForm::Text(_)) => quote!(impl Into<String>),
        RequestBody::One(BodyForm::Bytes(_)) => quote!(impl Into<crate::Upload>),
        RequestBody::One(form) => held(form),
        RequestBody::Several { name, .. } => {
            let name = word(name.rust());
            quote!(impl Into<#name>)
        }
    };
    quote!(#name: #ty)
}

/// Whether a caller has a choice.
pub fn has_forms(body: &Body) -> bool {
    matches!(body.sent, RequestBody::Several { .. })
}

pub fn setter(body: &Body) -> TokenStream {
    let docs = docs(&documentation::values::body(body));
    let name = word(body.name.rust());
    let argument = argument(body);
    let filled = filled(quote!(self), body);
    quote! {
        #docs
        pub fn #name(self, #argument) -> Self {
            #filled
        }
    }
}

/// A call with its body: `call.json(&body)`, or `body.into().fill(call)`
pub fn filled(call: TokenStream, body: &Body) -> TokenStream {
    let name = word(body.name.rust());
    match &body.sent {
        RequestBody::One(form @ BodyForm::Text(_)) => {
            let step = step(form, quote!(#name.into()), quote!(&#name));
            quote!(#call #step)
        }
        RequestBody::One(form) => {
            let step = step(form, quote!(#name), quote!(&#name));
            quote!(#call #step)
        }
        RequestBody::Several { .. } => quote!(#name.into().fill(#call)),
    }
}

/// The type of one of many bodies, and what has to be said of it where the caller has a choice: so a
/// further form breaks no caller.
pub fn request(body: &Body) -> (TokenStream, Option<TokenStream>) {
    match &body.sent {
        RequestBody::One(form) => (held(form), None),
        RequestBody::Several { name, .. } => {
            let name = word(name.rust());
            (quote!(R), Some(quote!(, R: Into<#name> + Clone)))
        }
    }
}

/// `call` with a `body` that is lent: `call.json(body)`
pub fn filled_by_reference(body: &Body) -> TokenStream {
    match &body.sent {
        RequestBody::One(form) => {
            let step = step(form, quote!(body.clone()), quote!(body));
            quote!(call #step)
        }
        RequestBody::Several { .. } => quote!(body.clone().into().fill(call)),
    }
}

/// A word of the runtime for a body, which it takes or borrows: `.json(&body)`.
fn step(form: &BodyForm, body: TokenStream, borrowed: TokenStream) -> TokenStream {
    match form {
        BodyForm::Json(usual, _) if usual == "application/json" => quote!(.json(#borrowed)),
        BodyForm::Json(media_type, _) => quote!(.json_as(#media_type, #borrowed)),
        BodyForm::Form(_, styles) => form_step(styles, &borrowed),
        BodyForm::Multipart(_) => quote!(.multipart(#borrowed)),
        BodyForm::Text(media_type) | BodyForm::Bytes(media_type) => {
            quote!(.bytes(#media_type, #body))
        }
        BodyForm::Content(_) => quote!(.typed_bytes(#body)),
    }
}

fn form_step(styles: &FormStyles, body: &TokenStream) -> TokenStream {
    let FormStyles { deep, joined } = styles;
    let joined: Vec<_> = joined.iter().map(|(field, by)| quote!((#field, #by))).collect();
    match (deep.is_empty(), joined.is_empty()) {
        (true, true) => quote!(.form(#body)),
        (false, true) => quote!(.deep_form(#body, &[#(#deep),*])),
        (_, false) => quote!(.styled_form(#body, &[#(#deep),*], &[#(#joined),*])),
    }
}

/// What is written in a form.
fn held(form: &BodyForm) -> TokenStream {
    match form {
        BodyForm::Json(_, ty) | BodyForm::Form(ty, _) | BodyForm::Multipart(Some(ty)) => {
            ty::ty(ty, From::Operations)
        }
        BodyForm::Multipart(None) => quote!(crate::MultipartForm),
        BodyForm::Text(_) => quote!(String),
        BodyForm::Bytes(_) => quote!(bytes::Bytes),
        BodyForm::Content(_) => quote!(crate::Content),
    }
}

/// `pub enum AddBookBody { … }`, how each case is sent, and what becomes one.
pub fn cases(operation: &Operation, method: &str) -> Option<TokenStream> {
    let RequestBody::Several { name, cases } = &operation.body.as_ref()?.sent else { return None };
    let doc = format!(" The body of {method}.");
    let call = word(operation.type_name.rust());
    let name = word(name.rust());
    let variants = cases.iter().map(variant);
    let arms = cases.iter().map(arm);
    let usual = cases.iter().filter(|case| case.is_usual);
    let sources = usual.flat_map(|case| sources(&name, case));
    Some(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        impl #name {
            fn fill(self, call: Call<#call>) -> Call<#call> {
                match self {
                    #(#arms,)*
                }
            }
        }

        #(#sources)*
    })
}

fn variant(case: &BodyCase) -> TokenStream {
    let docs = docs(&documentation::operations::media_types(&case.form));
    let name = word(case.name.rust());
    let held = held(&case.form);
    quote!(#docs #name(#held))
}

fn arm(case: &BodyCase) -> TokenStream {
    let name = word(case.name.rust());
    let step = step(&case.form, quote!(body), quote!(&body));
    quote!(Self::#name(body) => call #step)
}

/// `impl From<types::NewBook> for AddBookBody`, and from what texts and bytes are made of.
fn sources(name: &proc_macro2::Ident, case: &BodyCase) -> Vec<TokenStream> {
    let variant = word(case.name.rust());
    let source = |ty: TokenStream, body: TokenStream| {
        quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant(#body)
                }
            }
        }
    };
    let further = match &case.form {
        BodyForm::Bytes(_) => Some(quote!(Vec<u8>)),
        BodyForm::Text(_) | BodyForm::Json(_, Ty::String) => Some(quote!(&str)),
        _ => None,
    };
    let further = further.map(|ty| source(ty, quote!(body.into())));
    [source(held(&case.form), quote!(body))].into_iter().chain(further).collect()
}
