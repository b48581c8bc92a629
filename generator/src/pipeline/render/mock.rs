//! `mock.rs`: what tests of those who use the client need. Nothing of it is read in other builds.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{self, From};
use super::{documentation, inner_docs, of_feature, word};
use crate::pipeline::model::{
    Api, BodyForm, ExampleBody, Operation, ReplyExample, Tag, TypeDef, TypeExample,
};
use crate::rust::literal;
use crate::rust::names::Name;

/// `mock.rs`
pub fn module(api: &Api) -> TokenStream {
    let docs = inner_docs(&documentation::mock::module(api));
    let names = api.tags.iter().flat_map(|tag| {
        let gate = of_feature(tag.feature.as_deref());
        tag.operations.iter().map(move |operation| {
            let operation = path(tag, operation);
            quote!(#gate <#operation as MockOperation>::DESCRIBED)
        })
    });
    let operations =
        api.tags.iter().flat_map(|tag| tag.operations.iter().map(move |one| (tag, one)));
    let replies = operations.zip(&api.examples.replies);
    let operations =
        replies.map(|((tag, operation), reply)| self::operation(tag, operation, reply));
    let types: HashMap<&Name, &TypeDef> = api.types.iter().map(|one| (&one.name, one)).collect();
    let examples = api.examples.types.iter();
    let examples = examples.filter_map(|found| Some(example(found, api, types.get(&found.name)?)));
    let uses = (!api.types.is_empty()).then(|| {
        quote!(
            use crate::types;
        )
    });
    quote! {
        #docs
        #![allow(unused_imports, reason = "a description may have no example, or no type")]

        pub use crate::runtime::mock::{
            Answers, AnyRequest, Described, Example, Mock, MockOperation, On, Seen,
        };

        use crate::runtime::Operation;
        #uses

        const OPERATIONS: &[Described] = &[#(#names),*];

        impl Mock {
            /// A service without rules.
            #[must_use]
            pub fn new() -> Self {
                Self::of(OPERATIONS)
            }
        }

        impl Default for Mock {
            fn default() -> Self {
                Self::new()
            }
        }

        #(#operations)*
        #(#examples)*
    }
}

/// `crate::books::AddBook`
fn path(tag: &Tag, operation: &Operation) -> TokenStream {
    let (module, name) = (word(tag.name.rust()), word(operation.type_name.rust()));
    quote!(crate::#module::#name)
}

fn operation(tag: &Tag, operation: &Operation, reply: &ReplyExample) -> TokenStream {
    let gate = of_feature(tag.feature.as_deref());
    let name = path(tag, operation);
    let (body, reader) = body(operation);
    let (method, path) = (operation.method.to_string(), &operation.path);
    let status = proc_macro2::Literal::u16_unsuffixed(reply.status);
    let media_type = &reply.media_type;
    let example = match &reply.body {
        ExampleBody::Nothing => quote!(Some("")),
        ExampleBody::Unknown => quote!(None),
        ExampleBody::Text(text) => {
            let text = literal::string(text);
            quote!(Some(#text))
        }
        ExampleBody::OfType(name) => {
            let name = word(name.rust());
            quote!(Some(<types::#name as Example>::JSON[0]))
        }
    };
    quote! {
        #gate
        impl MockOperation for #name {
            type Body = #body;

            const DESCRIBED: Described = Described {
                id: <Self as Operation>::ID,
                method: #method,
                path: #path,
                status: #status,
                media_type: #media_type,
                example: #example,
            };
            const READ_BODY: fn(&Seen<Self>) -> Self::Body = Seen::#reader;
        }
    }
}

/// The type of a request's body, and what reads it.
fn body(operation: &Operation) -> (TokenStream, proc_macro2::Ident) {
    let Some(body) = &operation.body else { return (quote!(()), word("no_body")) };
    let json = body.sent.forms().into_iter().find_map(|form| match form {
        BodyForm::Json(_, ty) => Some(ty),
        _ => None,
    });
    match json {
        Some(json) => (ty::ty(json, From::Operations), word("json_body")),
        None => (quote!(bytes::Bytes), word("raw_body")),
    }
}

fn example(found: &TypeExample, api: &Api, definition: &TypeDef) -> TokenStream {
    let gate = of_feature(api.feature_of(&definition.type_module));
    let name = word(found.name.rust());
    let values = found.values.iter().map(|value| literal::string(value));
    quote! {
        #gate
        impl Example for types::#name {
            const JSON: &'static [&'static str] = &[#(#values),*];
        }
    }
}
