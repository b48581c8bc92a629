//! The module of rate limit groups: a constant each.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, documentation, inner_docs, word};
use crate::pipeline::model::{Api, RateLimitGroup};

/// `rate_limits.rs`
pub fn module(api: &Api) -> TokenStream {
    let inner = inner_docs(&documentation::rate_limits::module(api));
    let groups = api.rate_limits.groups.iter().map(group);
    quote! {
        #inner
        #(#groups)*
    }
}

fn group(group: &RateLimitGroup) -> TokenStream {
    let RateLimitGroup { name, limit } = group;
    let docs = docs(&documentation::rate_limits::group(limit));
    let (constant, wire) = (word(name.rust()), name.wire());
    quote! {
        #docs
        pub const #constant: &str = #wire;
    }
}
