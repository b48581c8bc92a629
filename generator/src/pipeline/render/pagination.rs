//! How an operation is paginated, for the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::{self, From};
use super::word;
use crate::pipeline::model::{Operation, PageParameter, PageStyle, PageWindow, Pagination};

/// `impl crate::Paginated for ListOrders { … }`
pub fn definition(operation: &Operation) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let name = word(operation.type_name.rust());
    let item = ty::ty(&pagination.item, From::Operations);
    let value = value(pagination);
    Some(quote! {
        impl crate::Paginated for #name {
            type Item = #item;

            const PAGINATION: crate::Pagination = #value;

            fn read_items(reply: &Received, at: &str) -> Result<Vec<Self::Item>, Error> {
                reply.items_at(at)
            }
        }
    })
}

/// `crate::Pagination::cursor(crate::PageParameter::Query("after"), "/next").items_at("/data")`
fn value(pagination: &Pagination) -> TokenStream {
    let Pagination { item: _, items, more, style } = pagination;
    let style = match style {
        PageStyle::Cursor(parameter, next) => {
            let parameter = self::parameter(parameter);
            quote!(cursor(#parameter, #next))
        }
        PageStyle::CursorHeader(parameter, name) => {
            let parameter = self::parameter(parameter);
            quote!(cursor_header(#parameter, #name))
        }
        PageStyle::Page(parameter, first, last) => {
            let (parameter, first) = (self::parameter(parameter), Literal::u64_unsuffixed(*first));
            let last = place(last.as_deref());
            quote!(page(#parameter, #first, #last))
        }
        PageStyle::Offset(parameter, total) => {
            let (parameter, total) = (self::parameter(parameter), place(total.as_deref()));
            quote!(offset(#parameter, #total))
        }
        PageStyle::Link => quote!(link()),
        PageStyle::Url(next) => quote!(url(#next)),
        PageStyle::Window(window) => self::window(window),
    };
    let more = more.as_ref().map(|more| quote!(.more_at(#more)));
    quote!(crate::Pagination::#style.items_at(#items) #more)
}

/// `window("from", "to", 1000).sized_by("limit", 10000)`
fn window(window: &PageWindow) -> TokenStream {
    let PageWindow { from, to, size, limit } = window;
    let size = Literal::u64_unsuffixed(*size);
    let limit = limit.as_ref().map(|(parameter, most)| {
        let most = Literal::u64_unsuffixed(*most);
        quote!(.sized_by(#parameter, #most))
    });
    quote!(window(#from, #to, #size) #limit)
}

fn parameter(parameter: &PageParameter) -> TokenStream {
    match parameter {
        PageParameter::Query(name) => quote!(crate::PageParameter::Query(#name)),
        PageParameter::Body(name) => quote!(crate::PageParameter::Body(#name)),
    }
}

fn place(place: Option<&str>) -> TokenStream {
    match place {
        Some(place) => quote!(Some(#place)),
        None => quote!(None),
    }
}
