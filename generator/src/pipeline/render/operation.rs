//! An operation: its method, and the setters of its call.

use proc_macro2::TokenStream;
use quote::quote;

use super::documentation::Docs;
use super::reply_form::{form, reading};
use super::ty::{self, From};
use super::{
    batch, body, deprecated, docs, documentation, error_enum, many_arguments, operation_type,
    pagination, polling, word,
};
use crate::pipeline::model::{
    Operation, Parameter, ParameterForm, Reply, ReplyCase, ReplyForm, ReplyTest, Style, Tag, Ty,
};

use crate::pipeline::resolve::Method;

/// `pub fn usage(&self, …) -> Call<GetCreditUsage> { self.calls.get(…).query(…) }`
pub fn method(operation: &Operation, text: &Docs) -> TokenStream {
    let docs = docs(text);
    let deprecated = deprecated(operation.deprecated);
    let name = word(operation.name.rust());
    let call = word(operation.type_name.rust());
    let body = operation.body.as_ref().filter(|body| body.required);
    let arguments = operation.arguments.iter().map(argument).chain(body.map(body::argument));
    let arguments: Vec<_> = arguments.collect();
    let many = many_arguments(arguments.len() + 1);
    let sent = without_body(operation);
    let sent = match body {
        // What a long call is given to would stand around it.
        Some(body) if body::has_forms(body) && !operation.arguments.is_empty() => {
            let filled = body::filled(quote!(call), body);
            quote!(let call = #sent; #filled)
        }
        Some(body) => body::filled(sent, body),
        None => sent,
    };
    quote! {
        #docs
        #many
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> Call<#call> {
            #sent
        }
    }
}

/// A call with its required parameters: `self.calls.get("/v1/books/{id}").path("id", id)`
pub fn without_body(operation: &Operation) -> TokenStream {
    let path = &operation.path;
    let start = match &operation.method {
        further @ (Method::Query | Method::Other(_)) => {
            let method = further.to_string();
            quote!(with_method(#method, #path))
        }
        known => {
            let method = word(known.key());
            quote!(#method(#path))
        }
    };
    let server = operation.server.as_ref().map(|server| quote!(.at(#server)));
    let constants = operation.options.iter().filter_map(constant_step);
    let steps = operation.arguments.iter().map(parameter_step);
    quote!(self.calls.#start #server #(#constants)* #(#steps)*)
}

/// What sends a parameter that has only one value: `.constant_query("type", "artist")`.
fn constant_step(parameter: &Parameter) -> Option<TokenStream> {
    let (wire, value) = (parameter.name.wire(), parameter.constant.as_ref()?);
    match parameter.style {
        Style::Path => Some(quote!(.constant_path(#wire, #value))),
        Style::PathWithSlashes => Some(quote!(.constant_path_with_slashes(#wire, #value))),
        Style::PathLabel(_) => Some(quote!(.constant_path_styled(#wire, ".", #value))),
        Style::PathMatrix(explode) => {
            let (start, _) = matrix(parameter, explode);
            Some(quote!(.constant_path_styled(#wire, #start, #value)))
        }
        Style::Query | Style::QueryJoined(_) => Some(quote!(.constant_query(#wire, #value))),
        Style::QueryReserved => Some(quote!(.constant_query_reserved(#wire, "", #value))),
        Style::QueryJoinedReserved(by) => {
            Some(quote!(.constant_query_reserved(#wire, #by, #value)))
        }
        Style::Header => Some(quote!(.constant_header(#wire, #value))),
        Style::Cookie | Style::CookieRepeated => Some(quote!(.constant_cookie(#wire, #value))),
        // The model has no constants of other styles.
        _ => None,
    }
}

/// What an operation has besides its method: its type, the setters of its call, and the types of its bodies and its
/// replies if there are several.
pub fn additions(tag: &Tag, operation: &Operation) -> TokenStream {
    let ty = operation_type::definition(tag, operation);
    let method = documentation::operations::method_link(tag, operation);
    let batch = operation.batch.as_ref().map(|found| batch::submission(operation, found));
    let setters = setters(operation);
    let body = body::cases(operation, &method);
    let reply = reply(&operation.success, &method);
    let pagination = pagination::definition(operation);
    let polling = polling::definition(operation);
    let errors = error_enum::alias(tag, operation);
    quote!(#ty #pagination #polling #batch #setters #body #reply #errors)
}

fn setters(operation: &Operation) -> Option<TokenStream> {
    let name = word(operation.type_name.rust());
    let body = operation.body.as_ref().filter(|body| !body.required);
    let chunks = operation.batch.iter().filter_map(|batch| batch.chunks.as_ref());
    let setters = operation.options.iter().map(parameter_setter).chain(body.map(body::setter));
    let setters: Vec<_> =
        setters.chain(chunks.map(|chunks| batch::submit_all(&name, chunks))).collect();
    (!setters.is_empty()).then(|| {
        quote! {
            impl Call<#name> {
                #(#setters)*
            }
        }
    })
}

fn parameter_setter(parameter: &Parameter) -> TokenStream {
    let docs = docs(&documentation::values::parameter(parameter));
    let name = word(parameter.name.rust());
    let argument = match is_tried(parameter) {
        true => ty::parameter_setter(&parameter.ty, From::Operations),
        false => ty::setter_argument(&parameter.ty, From::Operations),
    };
    let list = list(parameter);
    let step = parameter_step(parameter);
    let deprecated = deprecated(parameter.docs.limits.deprecated);
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #name: #argument) -> Self {
            #list
            self #step
        }
    }
}

/// The list that the argument of a setter stands for.
fn list(parameter: &Parameter) -> Option<TokenStream> {
    let Ty::List(item) = &parameter.ty else { return None };
    let name = word(parameter.name.rust());
    if is_tried(parameter) {
        let item = ty::ty(item, From::Operations);
        return Some(quote! {
            let #name: Vec<parameter::Tried<#item>> = #name.into_iter().map(parameter::tried).collect();
        });
    }
    let ty = ty::ty(&parameter.ty, From::Operations);
    let value = ty::setter_value(&parameter.name, &parameter.ty);
    Some(quote!(let #name: #ty = #value;))
}

pub fn argument(parameter: &Parameter) -> TokenStream {
    let name = word(parameter.name.rust());
    let ty = match parameter.form {
        ParameterForm::Plain => ty::parameter(&parameter.ty, From::Operations),
        _ => ty::argument(&parameter.ty, From::Operations),
    };
    quote!(#name: #ty)
}

/// Whether a value of a parameter, or an item of it in a setter, may be a text that is not a value of its type.
pub fn is_tried(parameter: &Parameter) -> bool {
    let is_tried = match &parameter.ty {
        Ty::List(item) => ty::is_tried(item),
        ty => ty::is_tried(ty),
    };
    is_tried && parameter.form == ParameterForm::Plain
}

/// A word of the runtime for a parameter: `.query("limit", limit)`.
fn parameter_step(parameter: &Parameter) -> TokenStream {
    let wire = parameter.name.wire();
    let name = word(parameter.name.rust());
    let value = match (parameter.form, &parameter.ty) {
        (ParameterForm::Plain, ty) if ty::is_tried(ty) => quote!(parameter::tried(#name)),
        (ParameterForm::Plain, ty) if ty::is_converted(ty) => quote!(#name.into()),
        (ParameterForm::Plain, _) => quote!(#name),
        (ParameterForm::AnyShape, _) => quote!(parameter::Loose(&#name)),
        (ParameterForm::ObjectJoined, _) => quote!(parameter::Members(&#name)),
        (ParameterForm::ObjectExploded, _) => quote!(parameter::Assignments(&#name)),
        (ParameterForm::Json, ty) if ty::is_converted(ty) => {
            let ty = ty::ty(ty, From::Operations);
            quote!(parameter::JsonText(&Into::<#ty>::into(#name)))
        }
        (ParameterForm::Json, _) => quote!(parameter::JsonText(&#name)),
    };
    match parameter.style {
        Style::Path => quote!(.path(#wire, #value)),
        Style::PathWithSlashes => quote!(.path_with_slashes(#wire, #value)),
        Style::PathLabel(explode) => {
            let by = if explode { "." } else { "," };
            quote!(.path_styled(#wire, ".", #by, #value))
        }
        Style::PathMatrix(explode) => {
            let (start, by) = matrix(parameter, explode);
            quote!(.path_styled(#wire, #start, #by, #value))
        }
        Style::Query => quote!(.query(#wire, #value)),
        Style::PathMatrixAny => quote!(.path_matrix_any(#wire, &#name)),
        Style::QueryFields(false) => quote!(.query_fields(&#name)),
        Style::QueryFields(true) => quote!(.query_fields_reserved(&#name)),
        Style::QueryAny(false) => quote!(.query_any(#wire, &#name)),
        Style::QueryAny(true) => quote!(.query_any_reserved(#wire, &#name)),
        Style::QueryDeep(false) => quote!(.query_deep(#wire, &#name)),
        Style::QueryDeep(true) => quote!(.query_deep_reserved(#wire, &#name)),
        Style::QueryJoined(by) => quote!(.query_joined(#wire, #by, #value)),
        Style::QueryString => quote!(.query_string(#wire, #value)),
        Style::Header => quote!(.header_parameter(#wire, #value)),
        Style::QueryReserved => quote!(.query_reserved(#wire, #value)),
        Style::QueryJoinedReserved(by) => quote!(.query_joined_reserved(#wire, #by, #value)),
        Style::Cookie => quote!(.cookie_joined(#wire, #value)),
        Style::CookieRepeated => quote!(.cookie(#wire, #value)),
        Style::CookieFields => quote!(.cookie_fields(&#name)),
        Style::CookieAny => quote!(.cookie_any(#wire, &#name)),
    }
}

/// What stands before the values of a matrix, and between them (OpenAPI 3.1.0, 4.8.12.4).
fn matrix(parameter: &Parameter, explode: bool) -> (String, String) {
    let named = format!(";{}=", parameter.name.wire());
    match (explode, parameter.form) {
        (true, ParameterForm::ObjectExploded) => (";".to_owned(), ";".to_owned()),
        (true, _) => (named.clone(), named),
        (false, _) => (named, ",".to_owned()),
    }
}

/// `fn read(reply: &Received)`
fn read(cases: &[ReplyCase], tests: &[ReplyTest], otherwise: usize) -> TokenStream {
    let reader = |index: usize| cases.get(index).map(variant);
    let tests = tests.iter().map(|test| {
        let (reader, test) = (reader(test.case), self::test(test));
        quote!(if #test { return #reader; })
    });
    let otherwise = reader(otherwise);
    quote!(fn read(reply: &Received) -> Result<Self, Error> { #(#tests)* #otherwise })
}

fn variant(case: &ReplyCase) -> TokenStream {
    let variant = word(case.name.rust());
    let reading = reading(&case.form);
    match case.form {
        ReplyForm::Nothing => quote!(Ok(Self::#variant)),
        _ => quote!(#reading.map(Self::#variant)),
    }
}

fn test(test: &ReplyTest) -> TokenStream {
    let status = test.status.map(proc_macro2::Literal::u16_unsuffixed);
    let status = status.map(|status| quote!(reply.status() == #status));
    let media = match test.media.as_slice() {
        [] => None,
        [only] => Some(quote!(reply.is(#only))),
        several => Some(quote!(reply.is_any(&[#(#several),*]))),
    };
    match (status, media) {
        (Some(status), Some(media)) => quote!(#status && #media),
        (status, media) => quote!(#status #media),
    }
}

fn reply(reply: &Reply, method: &str) -> Option<TokenStream> {
    let Reply::Several { name, cases, tests, otherwise, .. } = reply else { return None };
    let doc = format!(" The reply to {method}.");
    let name = word(name.rust());
    let variants = cases.iter().map(|case| {
        let docs = docs(&documentation::types::reply_case(case));
        let variant = word(case.name.rust());
        let held = match &case.form {
            ReplyForm::Nothing => None,
            other => {
                let ty = form(other);
                Some(quote!((#ty)))
            }
        };
        quote!(#docs #variant #held)
    });
    let read = read(cases, tests, *otherwise);
    // What is still to come can be had once, and compared with nothing.
    let derived = match reply.streams() {
        true => quote!(Debug),
        false => quote!(Clone, Debug, PartialEq),
    };
    Some(quote! {
        #[doc = #doc]
        #[derive(#derived)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        impl #name {
            #read
        }
    })
}
