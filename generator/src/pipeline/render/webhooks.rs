//! The module of webhooks: what the service sends of its own accord.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::{self, From};
use super::{docs, documentation, inner_docs, word};
use crate::pipeline::model::{Api, Payload, SignatureScheme, Webhook, WebhookSignature};

/// `webhooks.rs`
pub fn module(api: &Api) -> TokenStream {
    let inner = inner_docs(&documentation::webhooks::module(api));
    let types = api.webhooks.all.iter().any(names_types).then(|| {
        quote!(
            use crate::types;
        )
    });
    let webhooks = api.webhooks.all.iter().map(webhook);
    let signature = api.webhooks.signature.as_ref().map(signature);
    quote! {
        #inner
        use crate::runtime::webhook;
        #types

        pub use crate::runtime::webhook::{Undecodable, Webhook};

        #signature

        #(#webhooks)*
    }
}

/// `pub const SIGNATURE: Signature = Signature::standard();`
fn signature(signature: &WebhookSignature) -> TokenStream {
    let docs = docs(&documentation::webhooks::signature(signature));
    let scheme = match &signature.scheme {
        SignatureScheme::Standard => quote!(standard()),
        SignatureScheme::Stripe => quote!(stripe()),
        SignatureScheme::GitHub => quote!(github()),
        SignatureScheme::Body { header, prefix, is_base64 } => {
            let encoding = if *is_base64 { quote!(Base64) } else { quote!(Hex) };
            quote!(of_body(#header, #prefix, Encoding::#encoding))
        }
    };
    let tolerance = signature.tolerance.map(|seconds| {
        let seconds = Literal::u64_unsuffixed(seconds);
        quote!(.within_seconds(#seconds))
    });
    quote! {
        pub use crate::runtime::signature::{Encoding, Signature, Unverified};

        #docs
        pub const SIGNATURE: Signature = Signature::#scheme #tolerance;
    }
}

fn names_types(webhook: &Webhook) -> bool {
    webhook.payload.ty().is_some_and(|ty| ty.named().is_some())
}

/// The type of a webhook, and how it is read.
fn webhook(webhook: &Webhook) -> TokenStream {
    let docs = docs(&documentation::webhooks::webhook(webhook));
    let name = word(webhook.name.rust());
    let (wire, method) = (webhook.name.wire(), webhook.method.to_string());
    let (payload, read) = match &webhook.payload {
        Payload::Nothing => (quote!(()), quote!(webhook::nothing)),
        Payload::Json(held) => (ty::ty(held, From::Operations), quote!(webhook::json)),
        Payload::Text => (quote!(String), quote!(webhook::text)),
        Payload::Bytes => (quote!(Vec<u8>), quote!(webhook::bytes)),
    };
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name;

        impl Webhook for #name {
            type Payload = #payload;
            const NAME: &'static str = #wire;
            const METHOD: &'static str = #method;
            const READ: fn(&[u8]) -> Result<Self::Payload, Undecodable> = #read;
        }
    }
}
