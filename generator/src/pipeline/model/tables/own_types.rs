//! Which schemas are types of other crates, by `x-rust-type` of a schema or by `x-rust-types` at the root.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::{Bridge, Dependency, Derive, JsonKind, OwnType, Ty};
use crate::pipeline::resolve::{Extension, Kind, Resolved, Schema};
use crate::pointer::Pointer;
use crate::rust::path::RustPath;
use choices::Choice;
pub use choices::Choices;

mod choices;
mod known;

/// The types of other crates that schemas are, and what all types derive.
#[derive(Debug)]
pub struct OwnTypes {
    types: HashMap<Pointer, Ty>,
    /// The crates that they are of, by their names.
    dependencies: BTreeMap<String, Value>,
    choices: Choices,
}

impl OwnTypes {
    /// Reads the extensions of a description.
    pub fn new(resolved: &Resolved, diagnostics: &mut DiagnosticSink) -> Self {
        let word = Extension::RustTypes.word();
        let at = Pointer::root().at(word);
        let stated = resolved.extensions.get(Extension::RustTypes);
        let stated = stated.map(|stated| Choices::read(stated, word));
        let choices = stated.unwrap_or_else(|| Ok(Choices::default())).unwrap_or_else(|why| {
            diagnostics.invalid_extension(&at, why);
            Choices::default()
        });
        let mut reader = Reader { resolved, choices: &choices, diagnostics };
        let mut types = IndexMap::new();
        for schema in resolved.schemas.values() {
            types.extend(reader.ty(schema).map(|ty| (schema.at.clone(), ty)));
        }
        reader.keep_one_bridge(&mut types);
        let dependencies = dependencies(&choices, types.values());
        Self { types: types.into_iter().collect(), dependencies, choices }
    }

    /// The type of a schema, if it is one of another crate, or one that an overlay chose.
    pub fn get(&self, at: &Pointer) -> Option<&Ty> {
        self.types.get(at)
    }

    /// The schemas of values of types of other crates, and the kinds of their JSON.
    pub fn kinds(&self) -> HashMap<&Pointer, JsonKind> {
        self.types.iter().filter_map(|(at, ty)| Some((at, own(ty)?.kind))).collect()
    }

    /// What all types derive that can.
    pub fn derives(&self) -> &[Derive] {
        &self.choices.derives
    }

    /// What a schema derives by `x-rust-derive`.
    pub fn derives_of(&self, schema: &Schema, diagnostics: &mut DiagnosticSink) -> Vec<Derive> {
        let word = Extension::RustDerive.word();
        let Some(stated) = schema.extensions.get(Extension::RustDerive) else { return Vec::new() };
        self.choices.derives_in(stated, word).unwrap_or_else(|why| {
            diagnostics.invalid_extension(&schema.at.at(word), why);
            Vec::new()
        })
    }

    /// The crates that the types are of.
    pub fn dependencies(&self) -> Vec<Dependency> {
        let all = self.dependencies.iter();
        all.map(|(name, source)| Dependency { name: name.clone(), source: source.clone() })
            .collect()
    }
}

struct Reader<'a> {
    resolved: &'a Resolved,
    choices: &'a Choices,
    diagnostics: &'a mut DiagnosticSink,
}

impl Reader<'_> {
    fn ty(&mut self, schema: &Schema) -> Option<Ty> {
        let word = Extension::RustType.word();
        let read = match schema.extensions.get(Extension::RustType) {
            Some(stated) => Choice::read(stated, word),
            None => Ok(self.choices.formats.get(format(schema)?)?.clone()),
        };
        let kind = self.kind(schema);
        let ty = read.and_then(|choice| self.checked(choice, kind));
        ty.map_err(|why| self.diagnostics.invalid_extension(&schema.at.at(word), why)).ok()
    }

    fn checked(&self, choice: Choice, kind: JsonKind) -> Result<Ty, String> {
        if let Some(plain) = known::plain(&choice.path, kind) {
            return plain;
        }
        self.choices.check_crates(&choice.path)?;
        let bridge = choice.bridge.unwrap_or_else(|| known::bridge(&choice.path, kind));
        Ok(Ty::Own(Box::new(OwnType { path: choice.path, bridge, kind })))
    }

    /// The kind of JSON that a schema has.
    fn kind(&self, schema: &Schema) -> JsonKind {
        match self.resolved.follow_aliases(&schema.at).map(|end| &end.kind) {
            Some(Kind::Boolean(_)) => JsonKind::Boolean,
            Some(Kind::Integer(_) | Kind::IntegerEnum(_)) => JsonKind::Integer,
            Some(Kind::Number(_)) => JsonKind::Number,
            Some(Kind::String(_) | Kind::StringEnum(_)) => JsonKind::String,
            Some(Kind::Array(_) | Kind::Tuple(_)) => JsonKind::Array,
            Some(Kind::Object(_)) => JsonKind::Object,
            Some(Kind::Any | Kind::MixedEnum(_) | Kind::Union(_) | Kind::AllOf(_))
            | Some(Kind::Alias(_))
            | None => JsonKind::Any,
        }
    }

    /// A type implements reading and writing once: as numbers if any schema has it for those, else in the first way.
    fn keep_one_bridge(&mut self, types: &mut IndexMap<Pointer, Ty>) {
        let mut bridges: HashMap<RustPath, Bridge> = HashMap::new();
        for own in types.values().filter_map(own) {
            let bridge = bridges.entry(own.path.clone()).or_insert_with(|| own.bridge.clone());
            if own.bridge == Bridge::Number {
                *bridge = Bridge::Number;
            }
        }
        let is_other = |ty: &Ty| own(ty).is_some_and(|own| bridges[&own.path] != own.bridge);
        types.retain(|at, ty| {
            let is_other = is_other(ty);
            if let (true, Some(own)) = (is_other, own(ty)) {
                let message = format!(
                    "`{}` is written in another way elsewhere, and a type has one way only; it is not used here",
                    own.path
                );
                self.diagnostics.widened(at, message);
            }
            !is_other
        });
    }
}

fn own(ty: &Ty) -> Option<&OwnType> {
    match ty {
        Ty::Own(own) => Some(own),
        _ => None,
    }
}

/// The format of a text or a number.
fn format(schema: &Schema) -> Option<&str> {
    match &schema.kind {
        Kind::String(format) | Kind::Number(format) | Kind::Integer(format) => format.as_deref(),
        _ => None,
    }
}

/// The crates that an overlay or the settings state, and those known ones that types are of.
fn dependencies<'t>(
    choices: &Choices,
    types: impl Iterator<Item = &'t Ty>,
) -> BTreeMap<String, Value> {
    let mut dependencies: BTreeMap<String, Value> = choices.dependencies.clone();
    for own in types.filter_map(own) {
        let module = match &own.bridge {
            Bridge::Module(path) => Some(path),
            Bridge::Serde | Bridge::Text | Bridge::Number => None,
        };
        let crates = own.path.crates().chain(module.into_iter().flat_map(RustPath::crates));
        for name in crates.filter(|name| choices.dependency(name).is_none()) {
            dependencies.extend(known::dependency(name).map(|source| (name.to_owned(), source)));
        }
    }
    dependencies
}
