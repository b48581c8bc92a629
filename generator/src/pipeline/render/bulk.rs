//! The method of an operation that takes any number of requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::documentation::Docs;
use super::{body, docs, many_arguments, operation, word};
use crate::pipeline::model::{Body, Bulk, Operation};

/// `pub fn phone_all(&self, requests: …) -> bulk::Run<…> { … }`
pub fn method(operation: &Operation, text: &Docs) -> Option<TokenStream> {
    Some(of(operation, text, operation.bulk.as_ref()?, operation.body.as_ref()?))
}

fn of(operation: &Operation, text: &Docs, bulk: &Bulk, body: &Body) -> TokenStream {
    let docs = docs(text);
    let deprecated = super::deprecated(operation.deprecated);
    let name = word(bulk.name.rust());
    let call = word(operation.type_name.rust());
    let arguments: Vec<_> = operation.arguments.iter().map(operation::argument).collect();
    let many = many_arguments(arguments.len() + 2);
    let requests = word(bulk.requests.rust());
    let (request, bound) = body::request(body);
    let unsent = operation::without_body(operation);
    let filled = body::filled_by_reference(body);
    quote! {
        #docs
        #many
        #deprecated
        pub fn #name<'r #bound>(
            &self,
            #(#arguments,)*
            #requests: impl IntoIterator<Item = #request, IntoIter: Send + 'r>,
        ) -> bulk::Run<'r, #call, #request> {
            let call = #unsent;
            bulk::Run::new(call, #requests, |call, body| #filled)
        }
    }
}
