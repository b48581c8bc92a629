//! `Debug` of structs that have secrets.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::pipeline::model::{Field, Presence, Struct};
use crate::pipeline::render::word;

/// An implementation that does not show secrets; `None` if there are none, so that `Debug` can be derived.
pub(super) fn hiding_secrets(name: &Ident, object: &Struct) -> Option<TokenStream> {
    object.fields.iter().find(|field| field.is_secret)?;
    let shown = name.to_string();
    let fields = object.fields.iter().map(field);
    let extra = object.extra.iter().map(|extra| {
        let (extra, shown) = (word(extra.name.rust()), extra.name.rust());
        quote!(.field(#shown, &self.#extra))
    });
    Some(quote! {
        /// Without its secrets.
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#shown) #(#fields)* #(#extra)* .finish()
            }
        }
    })
}

fn field(field: &Field) -> TokenStream {
    let (name, shown) = (word(field.name.rust()), field.name.rust());
    match (field.is_secret, field.presence) {
        (false, _) => quote!(.field(#shown, &self.#name)),
        (true, Presence::Required) => quote!(.field(#shown, &format_args!("[redacted]"))),
        (true, _) => {
            quote!(.field(#shown, &self.#name.as_ref().map(|_| format_args!("[redacted]"))))
        }
    }
}
