//! The type of an operation, and what the runtime has to know of it.

use proc_macro2::TokenStream;
use quote::quote;

use super::reply_form::{form, function};
use super::{docs, documentation, word};
use crate::pipeline::model::{Operation, Policy, RateLimit, Reply, RetrySafety, Tag};

/// `pub struct GetCreditUsage;` and `impl Operation for GetCreditUsage { … }`
pub fn definition(tag: &Tag, operation: &Operation) -> TokenStream {
    let docs = docs(&documentation::operations::operation_type(tag, operation));
    let name = word(operation.type_name.rust());
    let (success, read) = success(operation, &name);
    let id = &operation.id;
    let (security, accept) = (security(operation), accept(operation));
    let policy = policy(operation);
    let download = is_download(operation).then(|| quote!(impl crate::Download for #name {}));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name;

        impl Operation for #name {
            type Success = #success;

            const ID: &'static str = #id;
            #security
            const POLICY: Policy = #policy;
            #accept
            const READ: fn(&Received) -> Result<Self::Success, Error> = #read;
        }

        #download
    }
}

/// What a successful reply gives, and what reads it.
fn success(operation: &Operation, name: &proc_macro2::Ident) -> (TokenStream, TokenStream) {
    if operation.batch.is_some() {
        return (quote!(batch::Batch<#name>), quote!(batch::Batch::read));
    }
    match &operation.success {
        Reply::One(one) => (form(one), function(one)),
        Reply::Several { name, .. } => {
            let name = word(name.rust());
            (quote!(#name), quote!(#name::read))
        }
    }
}

fn is_download(operation: &Operation) -> bool {
    operation.batch.is_none() && operation.success.has_bytes()
}

fn security(operation: &Operation) -> Option<TokenStream> {
    let sets = operation.security.iter().map(|set| quote!(&[#(#set),*]));
    let security = || quote!(const SECURITY: &'static [&'static [&'static str]] = &[#(#sets),*];);
    (!operation.security.is_empty()).then(security)
}

fn accept(operation: &Operation) -> Option<TokenStream> {
    let accept = operation.accept.join(", ");
    (accept != "application/json").then(|| quote!(const ACCEPT: &'static str = #accept;))
}

/// `Policy::new(RetrySafety::SafeByKey("isbn")).consuming_credits()`
fn policy(operation: &Operation) -> TokenStream {
    let Policy { rate_limit, retry_safety, consumes_credits, .. } = &operation.policy;
    let retry_safety = match retry_safety {
        RetrySafety::Safe => quote!(RetrySafety::Safe),
        RetrySafety::SafeByKey(key) => quote!(RetrySafety::SafeByKey(#key)),
        RetrySafety::SafeByHeader(name) => quote!(RetrySafety::SafeByHeader(#name)),
        RetrySafety::Unsafe => quote!(RetrySafety::Unsafe),
    };
    let within = rate_limit.as_ref().map(|limit| {
        let limit = self::rate_limit(limit);
        quote!(.within(#limit))
    });
    let credits = consumes_credits.then(|| quote!(.consuming_credits()));
    let streaming = streaming(operation);
    quote!(Policy::new(#retry_safety) #credits #within #streaming)
}

fn rate_limit(limit: &RateLimit) -> TokenStream {
    let group = &limit.group;
    match limit.window {
        Some((requests, seconds)) => {
            let requests = proc_macro2::Literal::u32_unsuffixed(requests);
            let seconds = proc_macro2::Literal::u64_unsuffixed(seconds);
            quote!(RateLimit::per_seconds(#group, #requests, #seconds))
        }
        None => quote!(RateLimit::group(#group)),
    }
}

/// What the policy has to say of a reply that is streamed.
fn streaming(operation: &Operation) -> Option<TokenStream> {
    let end = operation.policy.stream_end.as_ref().map(|mark| quote!(.ending_with(#mark)));
    match &operation.success {
        Reply::Several { streams, .. } if !streams.is_empty() => {
            Some(quote!(.streaming_as(&[#(#streams),*]) #end))
        }
        Reply::One(form) if form.streams() => Some(quote!(.streaming() #end)),
        Reply::Several { .. } | Reply::One(_) => None,
    }
}
