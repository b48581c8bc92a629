//! What an operation that submits batches has beyond a call.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ty::{self, From};
use super::word;
use crate::pipeline::model::{Batch, BatchField, Chunks, Operation, Reply, ReplyForm, Ty};

/// `impl batch::Submission for …`: the types of a batch, and where its answer has what.
pub fn submission(operation: &Operation, batch: &Batch) -> TokenStream {
    let name = word(operation.type_name.rust());
    let accepted = match &operation.success {
        Reply::One(ReplyForm::Json(ty)) => ty::ty(ty, From::Operations),
        _ => quote!(serde_json::Value),
    };
    let (row, charge) = (row(batch.row.as_ref()), row(batch.charge.as_ref()));
    let (run_id, results) = (text(&batch.run_id), text(&batch.results));
    let report = batch.report.as_ref().map_or_else(|| quote!(None), text);
    let (method, path) = (operation.method.to_string(), &operation.path);
    quote! {
        impl batch::Submission for #name {
            type Accepted = #accepted;
            type Row = #row;
            type Charge = #charge;

            const METHOD: &'static str = #method;
            const PATH: &'static str = #path;

            fn run(accepted: &Self::Accepted) -> batch::Run<'_> {
                batch::Run {
                    id: #run_id,
                    results: #results,
                    report: #report,
                }
            }
        }
    }
}

/// `Some(&accepted.run_id)`, or `accepted.run_id.as_deref()`
fn text(field: &BatchField) -> TokenStream {
    let name = word(field.name.rust());
    match field.is_optional {
        true => quote!(accepted.#name.as_deref()),
        false => quote!(Some(&accepted.#name)),
    }
}

fn row(ty: Option<&Ty>) -> TokenStream {
    ty.map_or_else(|| quote!(batch::Record), |ty| ty::ty(ty, From::Operations))
}

/// `pub fn submit_all(self, …)`: any number of records from one call.
pub fn submit_all(name: &Ident, chunks: &Chunks) -> TokenStream {
    let (field, at_most) = (&chunks.field, proc_macro2::Literal::u64_unsuffixed(chunks.at_most));
    let doc = format!(" Submits any number of records, at most {at_most} at a time.");
    let instead = format!(" They replace the `{field}` of the body.");
    quote! {
        #[doc = #doc]
        ///
        #[doc = #instead]
        /// All other settings of the call apply to each batch, also a limit on credits.
        pub fn submit_all(
            self,
            ids: impl IntoIterator<Item = impl Into<String>>,
        ) -> batch::Submissions<#name> {
            self.in_batches(#field, #at_most, ids)
        }
    }
}
