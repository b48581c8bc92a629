//! The Rust type of a reply, and the method of the runtime that reads it.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{self, From};
use super::word;
use crate::pipeline::model::ReplyForm;

/// The type of what is read from a reply.
pub fn form(form: &ReplyForm) -> TokenStream {
    match form {
        ReplyForm::Nothing => quote!(()),
        ReplyForm::Json(ty) => ty::ty(ty, From::Operations),
        ReplyForm::Text | ReplyForm::TextOrJson => quote!(String),
        ReplyForm::Bytes => quote!(bytes::Bytes),
        ReplyForm::Events(data) => {
            let data = data.as_ref().map_or(quote!(String), |ty| ty::ty(ty, From::Operations));
            quote!(crate::ItemStream<crate::Event<#data>>)
        }
        ReplyForm::Lines(ty) => {
            let ty = ty::ty(ty, From::Operations);
            quote!(crate::ItemStream<#ty>)
        }
    }
}

/// The reader of a reply, a method of `Received`.
pub fn reader(form: &ReplyForm) -> proc_macro2::Ident {
    word(match form {
        ReplyForm::Nothing => "nothing",
        ReplyForm::Json(_) => "json",
        ReplyForm::Text => "text",
        ReplyForm::TextOrJson => "text_or_json",
        ReplyForm::Bytes => "bytes",
        ReplyForm::Events(Some(_)) => "events",
        ReplyForm::Events(None) => "text_events",
        ReplyForm::Lines(_) => "lines",
    })
}
