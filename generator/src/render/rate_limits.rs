//! The module of rate limit groups: a constant each.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, documentation, inner_docs, word};
use crate::model::{Api, RateLimitGroup};

/// `rate_limits.rs`
pub fn module(api: &Api) -> TokenStream {
    let inner = inner_docs(&front_page(api));
    let groups = api.rate_limits.groups.iter().map(group);
    quote! {
        #inner
        #(#groups)*
    }
}

/// What the module is for.
const FRONT_PAGE: &str = "\
The rate limit groups: operations that share a limit. Set it if yours is another one.

```
use std::time::Duration;
use PATH::{Client, MODULE};

let minute = Duration::from_secs(60);
let builder = Client::builder().rate_limit(MODULE::GROUP, 100, minute);
```";

fn front_page(api: &Api) -> Vec<String> {
    let path = api.crate_name.replace('-', "_");
    let module = api.rate_limits.module.rust();
    let group = api.rate_limits.groups.first().map_or("", |group| group.name.rust());
    let line =
        |line: &str| line.replace("PATH", &path).replace("MODULE", module).replace("GROUP", group);
    FRONT_PAGE.lines().map(line).collect()
}

fn group(group: &RateLimitGroup) -> TokenStream {
    let RateLimitGroup { name, limit } = group;
    let docs = docs(&documentation::operations::rate_limit_group(limit));
    let (constant, wire) = (word(name.rust()), name.wire());
    quote! {
        #docs
        pub const #constant: &str = #wire;
    }
}
