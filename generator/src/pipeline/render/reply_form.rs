//! The Rust type of a reply, and the method of the runtime that reads it.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{self, From};
use super::word;
use crate::pipeline::model::{EventData, ReplyForm};

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
        ReplyForm::EventObjects(object, _) => {
            let object = ty::ty(object, From::Operations);
            quote!(crate::ItemStream<crate::Event<#object>>)
        }
        ReplyForm::Lines(ty) => {
            let ty = ty::ty(ty, From::Operations);
            quote!(crate::ItemStream<#ty>)
        }
    }
}

/// What reads a reply that is called `reply`.
pub fn reading(form: &ReplyForm) -> TokenStream {
    let reader = reader(form);
    let names = names(form);
    quote!(reply.#reader(#names))
}

/// The function that reads a reply.
pub fn function(form: &ReplyForm) -> TokenStream {
    let (reader, reading) = (reader(form), reading(form));
    match names(form) {
        Some(_) => quote!(|reply| #reading),
        None => quote!(Received::#reader),
    }
}

/// The names that the reader of event objects asks for.
fn names(form: &ReplyForm) -> Option<TokenStream> {
    let ReplyForm::EventObjects(_, EventData::TextIn(names) | EventData::JsonIn(names)) = form
    else {
        return None;
    };
    Some(quote!(&[#(#names),*]))
}

/// The reader of a reply, a method of `Received`.
fn reader(form: &ReplyForm) -> proc_macro2::Ident {
    word(match form {
        ReplyForm::Nothing => "nothing",
        ReplyForm::Json(_) => "json",
        ReplyForm::Text => "text",
        ReplyForm::TextOrJson => "text_or_json",
        ReplyForm::Bytes => "bytes",
        ReplyForm::Events(Some(_)) => "events",
        ReplyForm::Events(None) => "text_events",
        ReplyForm::EventObjects(_, EventData::TextIn(_)) => "events_with_text_in",
        ReplyForm::EventObjects(_, EventData::JsonIn(_)) => "events_with_json_in",
        ReplyForm::Lines(_) => "lines",
    })
}
