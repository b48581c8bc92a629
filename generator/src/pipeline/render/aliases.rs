//! The names that methods and types had: deprecated ones that lead to the present ones.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{body, many_arguments, operation, word};
use crate::pipeline::model::{Operation, TypeDef};

/// `pub fn get_credit_usage(&self, …) -> Call<GetCreditUsage> { self.usage(…) }`
pub fn methods(operation: &Operation) -> impl Iterator<Item = TokenStream> {
    operation.aliases.iter().map(|alias| method(&word(alias.rust()), operation))
}

fn method(alias: &Ident, operation: &Operation) -> TokenStream {
    let doc = renamed(&format!("Self::{}", operation.name.rust()), operation.name.rust());
    let note = note(operation.name.rust());
    let (name, call) = (word(operation.name.rust()), word(operation.type_name.rust()));
    let body = operation.body.as_ref().filter(|body| body.required);
    let arguments = operation.arguments.iter().map(operation::argument);
    let arguments: Vec<_> = arguments.chain(body.map(body::argument)).collect();
    let many = many_arguments(arguments.len() + 1);
    let given = operation.arguments.iter().map(|argument| &argument.name);
    let given = given.chain(body.map(|body| &body.name)).map(|name| word(name.rust()));
    quote! {
        #[doc = #doc]
        #many
        #note
        pub fn #alias(&self, #(#arguments),*) -> Call<#call> {
            self.#name(#(#given),*)
        }
    }
}

/// `pub type Usage = CreditUsage;`
pub fn types(definition: &TypeDef) -> impl Iterator<Item = TokenStream> {
    let name = definition.name.rust();
    let (doc, note, ty) = (renamed(name, name), note(name), word(name));
    definition.aliases.iter().map(move |alias| {
        let alias = word(alias.rust());
        quote! {
            #[doc = #doc]
            #note
            pub type #alias = #ty;
        }
    })
}

fn renamed(path: &str, name: &str) -> String {
    format!(" The former name of [`{name}`]({path}).")
}

fn note(name: &str) -> TokenStream {
    let note = format!("it is called `{name}` now");
    quote!(#[deprecated(note = #note)])
}
