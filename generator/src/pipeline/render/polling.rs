//! How the result of an operation is waited for, for the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::{self, From};
use super::word;
use crate::pipeline::model::{Operation, PollState, Polling, ResultPlace, StatusUrl};

/// `impl crate::Polled for CreateReport { … }`
pub fn definition(operation: &Operation) -> Option<TokenStream> {
    let polling = operation.polling.as_ref()?;
    let name = word(operation.type_name.rust());
    let outcome = ty::ty(&polling.outcome, From::Operations);
    let value = value(polling);
    let server = operation.server.as_ref();
    let server = server.map(|server| quote!(const SERVER: Option<&'static str> = Some(#server);));
    Some(quote! {
        impl crate::Polled for #name {
            type Outcome = #outcome;

            const POLLING: crate::Polling = #value;
            #server
        }
    })
}

/// `crate::Polling::in_header(&["Location"]).state_at("/state", &["done"], &["failed"])`
fn value(polling: &Polling) -> TokenStream {
    let Polling { url, state, every, outcome: _, result } = polling;
    let start = match url {
        StatusUrl::Header(names) => quote!(in_header(&[#(#names),*])),
        StatusUrl::Body(at) => quote!(in_body(#at)),
    };
    let state = state.as_ref().map(
        |PollState { at, done, failed }| quote!(.state_at(#at, &[#(#done),*], &[#(#failed),*])),
    );
    let every = every.map(|millis| {
        let millis = Literal::u64_unsuffixed(millis);
        quote!(.every_millis(#millis))
    });
    let result = match result {
        ResultPlace::Here(at) if at.is_empty() => None,
        ResultPlace::Here(at) => Some(quote!(.result_at(#at))),
        ResultPlace::Url(at) => Some(quote!(.result_url_at(#at))),
    };
    quote!(crate::Polling::#start #state #every #result)
}
