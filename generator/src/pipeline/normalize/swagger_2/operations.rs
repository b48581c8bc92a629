//! Operations: their body is made of parameters.

use serde_json::{Value, json};

use super::media_types::MediaTypes;
use super::parameters::{Input, ParameterKind};
use super::{Members, Upgrade};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

impl Upgrade<'_> {
    /// Brings an operation to OpenAPI 3.0, given what belongs to bodies among the parameters of its path.
    pub(super) fn operation(&mut self, operation: &mut Members, of_path: &[Input], at: &Pointer) {
        let consumes = MediaTypes::take(operation, "consumes");
        let produces = MediaTypes::take(operation, "produces");
        let consumes = consumes.unwrap_or_else(|| self.consumes.clone());
        let produces = produces.unwrap_or_else(|| self.produces.clone());
        self.operation_schemes(operation, at);
        let own = self.parameter_list(operation, at);
        let inputs = with_those_of_path(own, of_path);
        if let Some(body) = self.request_body(inputs, &consumes, &at.at("requestBody")) {
            operation.insert("requestBody".to_owned(), body);
        }
        self.responses(operation, &produces, at);
    }

    fn request_body(
        &mut self,
        inputs: Vec<Input>,
        consumes: &MediaTypes,
        at: &Pointer,
    ) -> Option<Value> {
        let (bodies, fields): (Vec<_>, Vec<_>) =
            inputs.into_iter().partition(|input| input.kind == ParameterKind::Body);
        let Some(body) = bodies.first() else {
            let first = fields.first()?;
            self.moves.copied(&first.at, at.clone());
            return Some(self.form(&fields, consumes, at));
        };
        for surplus in bodies.iter().skip(1).chain(&fields) {
            let message = "this parameter is left out: an operation has one body";
            self.diagnostics.warn(DiagnosticCode::Corrected, &surplus.at, message);
        }
        Some(match &body.shared {
            Some(name) if *consumes == self.consumes => {
                self.moves.copied(&body.at, at.clone());
                let place = Pointer::root().at("components").at("requestBodies").at(name);
                json!({ "$ref": format!("#{}", place.as_str()) })
            }
            _ => self.body(body.parameter.clone(), consumes, &body.written_at(), at),
        })
    }
}

/// An operation's own parameters take the places of those of its path.
fn with_those_of_path(mut own: Vec<Input>, of_path: &[Input]) -> Vec<Input> {
    let replaces = |input: &Input| {
        own.iter().any(|one| {
            one.kind == input.kind
                && (one.kind == ParameterKind::Body || one.name() == input.name())
        })
    };
    let inherited: Vec<Input> = of_path.iter().filter(|input| !replaces(input)).cloned().collect();
    own.extend(inherited);
    own
}
