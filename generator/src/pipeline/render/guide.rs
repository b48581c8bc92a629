//! `guide.rs`: the pages of the guide, as modules that only rustdoc reads.

use proc_macro2::TokenStream;
use quote::quote;

use super::documentation::{Docs, GuideText};
use super::{inner_docs, word};

/// `guide.rs`
pub fn module(texts: &[GuideText]) -> TokenStream {
    let docs = inner_docs(&front_page(texts));
    let pages = texts.iter().map(page);
    quote! {
        #docs
        #[allow(unused_imports, reason = "the pages have links to them")]
        use crate::*;
        #(#pages)*
    }
}

fn front_page(texts: &[GuideText]) -> Docs {
    let head = ["How to use this client.", "", "| page | what it is about |", "|---|---|"];
    let rows = texts.iter().map(|text| format!("| [`{}`] | {} |", text.page.name, text.page.about));
    head.map(str::to_owned).into_iter().chain(rows).collect()
}

fn page(text: &GuideText) -> TokenStream {
    let (name, about) = (word(text.page.name), format!(" {}", text.page.about));
    let file = format!("guide/{}.md", text.page.name);
    quote! {
        #[doc = #about]
        #[doc = ""]
        #[doc = include_str!(#file)]
        pub mod #name {}
    }
}
