//! Operations that submit batches: what an overlay says of them in `x-batch`.

use serde_json::Value;

use super::messages::Messages;
use super::{
    Api, Batch, BatchField, BodyForm, Chunks, Field, Operation, Presence, Reply, ReplyForm, Shape,
    Ty, TypeDef,
};
use crate::pipeline::resolve::Resolved;
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// The members of `x-batch`.
const MEMBERS: &[&str] = &["run-id", "results", "report", "row", "charge", "ids", "at-most"];

/// Settles which operations submit batches, and how the pieces of a batch are called.
pub fn add_batches(api: &mut Api, resolved: &Resolved, messages: &mut Messages) {
    let types = &api.types;
    for operation in api.tags.iter_mut().flat_map(|tag| &mut tag.operations) {
        let described = resolved.operations.iter().find(|described| described.at == operation.at);
        let Some(stated) = described.and_then(|described| described.extensions.get("x-batch"))
        else {
            continue;
        };
        let mut reader = Reader { types, stated, at: operation.at.at("x-batch"), messages };
        operation.batch = reader.batch(operation);
    }
}

/// Reads the `x-batch` of one operation.
struct Reader<'a> {
    types: &'a [TypeDef],
    stated: &'a Value,
    at: Pointer,
    messages: &'a mut Messages,
}

impl Reader<'_> {
    fn batch(&mut self, operation: &Operation) -> Option<Batch> {
        self.report();
        let answer = match &operation.success {
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
        let chunks = self.has("ids").then(|| self.chunks(operation));
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
        self.messages.invalid_extension(&at, message);
    }

    fn fields(&self, name: &Name) -> Option<Vec<Field>> {
        let definition = self.types.iter().find(|definition| definition.name == *name)?;
        match &definition.shape {
            Shape::Struct(object) => Some(object.fields.clone()),
            _ => None,
        }
    }

    /// The field of the answer that a member names: a text. Where it is absent, a batch was submitted all the
    /// same, and the answer is all that its caller has.
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

    /// The type of the component that a member names.
    fn row(&mut self, member: &str) -> Option<Ty> {
        let named = self.stated.get(member)?;
        let at = named.as_str().map(|name| Pointer::root().at("components").at("schemas").at(name));
        let found = self.types.iter().find(|definition| Some(&definition.at) == at.as_ref());
        let ty = found.map(|definition| Ty::Named(definition.name.clone()));
        if ty.is_none() {
            self.fault(member, &format!("`{member}` names no component that is an object"));
        }
        ty
    }

    fn chunks(&mut self, operation: &Operation) -> Option<Chunks> {
        let field = self.stated.get("ids").and_then(Value::as_str);
        let json =
            operation.body.iter().flat_map(|body| body.sent.forms()).find_map(|form| match form {
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
