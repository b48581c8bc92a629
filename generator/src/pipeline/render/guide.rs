//! `guide.rs`: the pages of the guide, as modules that only rustdoc reads.

use proc_macro2::TokenStream;
use quote::quote;

use super::documentation::Docs;
use super::{inner_docs, word};
use crate::pipeline::guide_pages::GuidePage;

/// `guide.rs`
pub fn module(pages: &[&GuidePage]) -> TokenStream {
    let docs = inner_docs(&front_page(pages));
    let pages = pages.iter().map(|page| module_of(page));
    quote! {
        #docs
        #[allow(unused_imports, reason = "the pages have links to them")]
        use crate::*;
        #(#pages)*
    }
}

fn front_page(pages: &[&GuidePage]) -> Docs {
    let head = ["How to use this client.", "", "| page | what it is about |", "|---|---|"];
    let rows = pages.iter().map(|page| format!("| [`{}`] | {} |", page.name, page.about));
    head.map(str::to_owned).into_iter().chain(rows).collect()
}

fn module_of(page: &GuidePage) -> TokenStream {
    let (name, about) = (word(page.name), format!(" {}", page.about));
    let file = format!("guide/{}.md", page.name);
    quote! {
        #[doc = #about]
        #[doc = ""]
        #[doc = include_str!(#file)]
        pub mod #name {}
    }
}
