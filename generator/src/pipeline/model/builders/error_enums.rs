//! The documented errors of operations as enums. Operations of a tag with the same errors share one.

use super::status_words::status_words;
use crate::pipeline::model::{DocumentedResponse, ErrorAlias, ErrorCase, ErrorEnum, Operation, Ty};
use crate::pipeline::resolve::Status;
use crate::rust::names::{Case, Name, Scope};

/// The statuses of an operation's errors, with the types of their bodies.
type Errors = Vec<(Status, Option<Ty>)>;

/// The enums of a tag. Their names come after those of all operations, which they do not change.
pub fn error_enums(operations: &[Operation], scope: &mut Scope) -> Vec<ErrorEnum> {
    let mut found: Vec<(Errors, Vec<ErrorAlias>)> = Vec::new();
    for operation in operations {
        let errors = errors(&operation.errors);
        if !errors.iter().any(|(_, ty)| is_telling(ty.as_ref())) {
            continue;
        }
        let words = format!("{} error", operation.type_name.rust());
        let alias = ErrorAlias {
            operation: operation.type_name.clone(),
            name: scope.name_as(operation.type_name.wire(), &words, Case::Type),
        };
        match found.iter_mut().find(|(known, _)| *known == errors) {
            Some((_, aliases)) => aliases.push(alias),
            None => found.push((errors, vec![alias])),
        }
    }
    let error_enum = |(errors, aliases): (Errors, Vec<ErrorAlias>)| ErrorEnum {
        name: name(&errors, &aliases, scope),
        cases: cases(errors),
        aliases,
    };
    found.into_iter().map(error_enum).collect()
}

/// `Error402Or422`, or `AddBookError402Or422` if others have the same statuses with other types.
fn name(errors: &Errors, aliases: &[ErrorAlias], scope: &mut Scope) -> Name {
    let words = words(errors);
    scope.name_if_free("", &format!("error {words}"), Case::Type).unwrap_or_else(|| {
        let first = aliases.first().map_or("", |alias| alias.name.rust());
        scope.name_as("", &format!("{first} {words}"), Case::Type)
    })
}

/// Any JSON can be read without an enum.
fn is_telling(ty: Option<&Ty>) -> bool {
    ty.is_some_and(|ty| *ty != Ty::Json)
}

/// Each status once, in the order in which they are tried. A reply that only announces another one is never an error.
fn errors(documented: &[DocumentedResponse]) -> Errors {
    let is_final = |status| !matches!(status, Status::Code(100..200) | Status::Class(1));
    let mut errors: Errors = Vec::new();
    for error in documented.iter().filter(|error| is_final(error.status)) {
        if !errors.iter().any(|(status, _)| *status == error.status) {
            errors.push((error.status, error.ty.clone()));
        }
    }
    errors.sort_by_key(|(status, _)| match status {
        Status::Code(code) => (0, *code),
        Status::Class(class) => (1, *class),
        Status::Default => (2, 0),
    });
    errors
}

/// `402 or 4XX or other`
fn words(errors: &Errors) -> String {
    let word = |(status, _): &(Status, Option<Ty>)| match status {
        Status::Default => "other".to_owned(),
        status => status.to_string(),
    };
    errors.iter().map(word).collect::<Vec<_>>().join(" or ")
}

fn cases(errors: Errors) -> Vec<ErrorCase> {
    let mut scope = Scope::reserving(&["Self", "Undocumented"]);
    let mut name = |status: Status| -> Name {
        let words = match status {
            Status::Code(code) => status_words(code),
            Status::Class(3) => "redirection".to_owned(),
            Status::Class(4) => "client error".to_owned(),
            Status::Class(5) => "server error".to_owned(),
            Status::Class(class) => format!("status {class}xx"),
            Status::Default => "other".to_owned(),
        };
        scope.name_as(&status.to_string(), &words, Case::Type)
    };
    let case = |(status, ty)| ErrorCase { name: name(status), status, ty };
    errors.into_iter().map(case).collect()
}
