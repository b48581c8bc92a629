//! What the stages after `normalize` give, as pieces that have names.

use std::fmt::Debug;

use lantern_generator::Crate;
use lantern_generator::diagnostics::suggest::closest;
use lantern_generator::pipeline::model::Api;
use lantern_generator::pipeline::resolve::Resolved;

use crate::failure::Failure;

/// A part of a stage's value, and the names by which it can be asked for.
struct Piece {
    names: Vec<String>,
    text: String,
}

impl Piece {
    fn new(names: &[&str], value: &impl Debug) -> Self {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Self { names, text: format!("{value:#?}\n") }
    }
}

/// The operations by id, the schemas by name and pointer.
pub fn resolved(resolved: &Resolved, name: Option<&str>) -> Result<String, Failure> {
    let operations = resolved.operations.iter().map(|operation| {
        let id = operation.id.as_deref().unwrap_or_default();
        Piece::new(&[id, operation.at.as_str()], operation)
    });
    let schemas = resolved.schemas.values().map(|schema| {
        let at = schema.at.as_str();
        Piece::new(&[at.strip_prefix("/components/schemas/").unwrap_or(at), at], schema)
    });
    shown(operations.chain(schemas).collect(), name)
}

/// The operations by id and type, the types by name.
pub fn modelled(api: &Api, name: Option<&str>) -> Result<String, Failure> {
    let operations = api.operations().map(|operation| {
        let names = [operation.id.as_str(), operation.type_name.rust(), operation.type_name.wire()];
        Piece::new(&names, operation)
    });
    let types = api.types.iter().map(|definition| {
        Piece::new(&[definition.name.rust(), definition.at.as_str()], definition)
    });
    shown(operations.chain(types).collect(), name)
}

/// The files by path.
pub fn rendered(files: &Crate, name: Option<&str>) -> Result<String, Failure> {
    let pieces = files.files.iter().map(|file| {
        let text = match name {
            Some(_) => file.text.clone(),
            None => format!("==> {} <==\n{}\n", file.path, file.text),
        };
        Piece { names: vec![file.path.clone()], text }
    });
    shown(pieces.collect(), name)
}

fn shown(pieces: Vec<Piece>, name: Option<&str>) -> Result<String, Failure> {
    let Some(name) = name else {
        return Ok(pieces.into_iter().map(|piece| piece.text).collect());
    };
    let named = |piece: &&Piece| piece.names.iter().any(|known| known == name);
    let found: String = pieces.iter().filter(named).map(|piece| piece.text.as_str()).collect();
    match found.is_empty() {
        true => Err(unknown(&pieces, name)),
        false => Ok(found),
    }
}

fn unknown(pieces: &[Piece], name: &str) -> Failure {
    let names = pieces.iter().flat_map(|piece| piece.names.iter().map(String::as_str));
    let hint = match closest(name, names) {
        Some(like) => format!("did you mean `{like}`?"),
        None => "the stage has nothing of a like name".to_owned(),
    };
    Failure::Usage(format!("nothing is called `{name}`; {hint}"))
}
