//! The module of a tag: what its operations are, and what each of them gives.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Documentation, aliases, bulk, docs, documentation, error_enum, inner_docs, operation, word,
};
use crate::pipeline::model::{
    BodyForm, ErrorCase, Operation, Parameter, ParameterForm, Reply, ReplyForm, Style, Tag, Ty,
};

/// `credits.rs`
pub fn module(tag: &Tag, documentation: &Documentation<'_>) -> TokenStream {
    let inner = inner_docs(&documentation::client::tag(tag));
    let docs = docs(&documentation.tag(tag));
    let name = word(tag.type_name.rust());
    let methods = tag.operations.iter().flat_map(|found| {
        let bulk = bulk::method(found, &documentation.bulk(tag, found));
        let method = operation::method(found, &documentation.operation(tag, found));
        [method].into_iter().chain(bulk).chain(aliases::methods(found))
    });
    let additions = tag.operations.iter().map(|found| operation::additions(tag, found));
    let errors = tag.errors.iter().map(error_enum::definition);
    let uses = uses(tag);
    quote! {
        #inner
        #uses

        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a> {
            calls: CallBuilder<'a>,
        }

        impl<'a> #name<'a> {
            pub(crate) fn new(client: &'a Client) -> Self {
                Self { calls: CallBuilder::new(client) }
            }
            #(#methods)*
        }

        #(#additions)*
        #(#errors)*
    }
}

fn uses(tag: &Tag) -> TokenStream {
    let has = |test: fn(&Operation) -> bool| tag.operations.iter().any(test);
    let words = [
        ("Call", true),
        ("CallBuilder", true),
        ("Client", true),
        ("Error", true),
        ("Operation", true),
        ("Policy", true),
        ("RateLimit", has(|found| found.policy.rate_limit.is_some())),
        ("Received", true),
        ("RetrySafety", true),
        ("batch", has(|found| found.batch.is_some())),
        ("bulk", has(|found| found.bulk.is_some())),
        ("parameter", has(wraps)),
    ];
    let words = words.into_iter().filter(|(_, is_used)| *is_used).map(|(name, _)| word(name));
    let has_types = |error: &ErrorCase| error.ty.as_ref().is_some_and(|ty| ty.named().is_some());
    let in_errors = tag.errors.iter().flat_map(|errors| &errors.cases).any(has_types);
    let types = (in_errors || has(names_types)).then(|| {
        quote!(
            use crate::types;
        )
    });
    quote! {
        use crate::runtime::{#(#words),*};
        #types
    }
}

/// Whether the runtime wraps a parameter that is neither a scalar nor a list of scalars, or one that may be a text.
fn wraps(operation: &Operation) -> bool {
    let is_argument = |parameter: &&Parameter| !matches!(parameter.ty, Ty::List(_));
    let arguments = operation.arguments.iter().filter(is_argument);
    if arguments.chain(&operation.options).any(operation::is_tried) {
        return true;
    }
    let mut parameters = operation.arguments.iter().chain(&operation.options);
    parameters.any(|parameter| {
        let as_it_is = matches!(
            parameter.style,
            Style::PathMatrixAny
                | Style::QueryFields(_)
                | Style::QueryAny(_)
                | Style::QueryDeep(_)
                | Style::CookieFields
                | Style::CookieAny
        );
        parameter.form != ParameterForm::Plain && !as_it_is
    })
}

/// Whether the code of an operation names a type of the crate.
fn names_types(operation: &Operation) -> bool {
    let parameters = operation.arguments.iter().chain(&operation.options);
    let in_parameters = parameters.into_iter().any(|parameter| parameter.ty.named().is_some());
    let forms = operation.body.iter().flat_map(|body| body.sent.forms());
    let in_body = forms.filter_map(BodyForm::ty).any(|ty| ty.named().is_some());
    let form = |form: &ReplyForm| form.ty().is_some_and(|ty| ty.named().is_some());
    let in_reply = match &operation.success {
        Reply::One(one) => form(one),
        Reply::Several { cases, .. } => cases.iter().any(|case| form(&case.form)),
    };
    let in_outcome = operation.polling.iter().any(|polling| polling.outcome.named().is_some());
    in_parameters || in_body || in_reply || in_outcome
}
