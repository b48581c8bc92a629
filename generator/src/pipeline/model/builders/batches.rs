//! Operations that submit batches, by the extension `x-batch`.

use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{
    Batch, BatchField, Body, BodyForm, Chunks, Field, Presence, Reply, ReplyForm, Shape, Ty,
};
use crate::pipeline::resolve::{Extension, Operation};
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// The members of `x-batch`.
const MEMBERS: &[&str] = &["run-id", "results", "report", "row", "charge", "ids", "at-most"];

/// The batch that an operation submits.
pub fn batch(
    operation: &Operation,
    success: &Reply,
    body: &Option<Body>,
    definitions: &[Definition],
    diagnostics: &mut DiagnosticSink,
) -> Option<Batch> {
    let stated = operation.extensions.get(Extension::Batch)?;
    Reader { definitions, stated, at: operation.at.at(Extension::Batch.word()), diagnostics }
        .batch(success, body)
}

/// Reads the `x-batch` of one operation.
struct Reader<'a> {
    definitions: &'a [Definition],
    stated: &'a Value,
    at: Pointer,
    diagnostics: &'a mut DiagnosticSink,
}

impl Reader<'_> {
    fn batch(&mut self, success: &Reply, body: &Option<Body>) -> Option<Batch> {
        self.report();
        let answer = match success {
            Reply::One(ReplyForm::Json(Ty::Named(name))) => Some(name),
            _ => None,
        };
        let Some(answer) = answer.and_then(|name| self.fields(name)) else {
            self.fault("", "an operation with `x-batch` answers with an object");
            return None;
        };
        let run_id = self.text_field(&answer, "run-id");
        let results = self.text_field(&answer, "results");
        let report = self.has("report").then(|| self.text_field(&answer, "report"));
        let (row, charge) = (self.row("row"), self.row("charge"));
        if self.has("at-most") && !self.has("ids") {
            self.fault(
                "at-most",
                "`at-most` needs `ids`, the field of the body that lists the records",
            );
        }
        let chunks = self.has("ids").then(|| self.chunks(body));
        Some(Batch {
            run_id: run_id?,
            results: results?,
            report: report.flatten(),
            row,
            charge,
            chunks: chunks.flatten(),
        })
    }

    fn report(&mut self) {
        let members: Vec<_> = self.stated.as_object().into_iter().flatten().collect();
        for (name, _) in members {
            if !MEMBERS.contains(&name.as_str()) {
                let known = MEMBERS.join("`, `");
                self.fault(name, &format!("`x-batch` has no `{name}`; its members are `{known}`"));
            }
        }
    }

    fn has(&self, member: &str) -> bool {
        self.stated.get(member).is_some()
    }

    fn fault(&mut self, member: &str, message: &str) {
        let at = if member.is_empty() { self.at.clone() } else { self.at.at(member) };
        self.diagnostics.invalid_extension(&at, message);
    }

    fn fields(&self, name: &Name) -> Option<Vec<Field>> {
        let definition = self.definitions.iter().find(|definition| definition.name == *name)?;
        match &definition.shape {
            Shape::Struct(object) => Some(object.fields.clone()),
            _ => None,
        }
    }

    /// The field of the reply that a member of `x-batch` names. It may be optional: a batch was submitted even if the
    /// field is absent, and the reply is all that the caller has.
    fn text_field(&mut self, answer: &[Field], member: &str) -> Option<BatchField> {
        let named = self.stated.get(member).and_then(Value::as_str);
        let field = answer.iter().find(|field| Some(field.name.wire()) == named);
        let fits =
            |field: &&Field| field.ty == Ty::String && field.presence != Presence::OptionalNullable;
        let found = field.filter(fits).map(|field| BatchField {
            name: field.name.clone(),
            is_optional: field.presence != Presence::Required,
        });
        if found.is_none() {
            let message = format!("`{member}` names no field of the answer that is a text");
            self.fault(member, &message);
        }
        found
    }

    /// The type of the component that a member of `x-batch` names.
    fn row(&mut self, member: &str) -> Option<Ty> {
        let named = self.stated.get(member)?;
        let at = named.as_str().map(|name| Pointer::root().at("components").at("schemas").at(name));
        let found = self.definitions.iter().find(|definition| Some(&definition.at) == at.as_ref());
        let ty = found.map(|definition| Ty::Named(definition.name.clone()));
        if ty.is_none() {
            self.fault(member, &format!("`{member}` names no component that is an object"));
        }
        ty
    }

    fn chunks(&mut self, body: &Option<Body>) -> Option<Chunks> {
        let field = self.stated.get("ids").and_then(Value::as_str);
        let json = body.iter().flat_map(|body| body.sent.forms()).find_map(|form| match form {
            BodyForm::Json(_, Ty::Named(name)) => Some(name),
            _ => None,
        });
        let body = json.and_then(|name| self.fields(name));
        let fits = |one: &&Field| Some(one.name.wire()) == field && one.ty == texts();
        let Some(field) = body.iter().flatten().find(fits).map(|field| field.name.clone()) else {
            self.fault("ids", "`ids` names no field of the body that is a list of texts");
            return None;
        };
        let at_most = self.stated.get("at-most").and_then(Value::as_u64).filter(|most| *most > 0);
        if at_most.is_none() {
            self.fault("at-most", "`ids` needs `at-most`, a whole number from 1");
        }
        Some(Chunks { field: field.wire().to_owned(), at_most: at_most? })
    }
}

fn texts() -> Ty {
    Ty::List(Box::new(Ty::String))
}
