//! `drift.json`: what is described of all replies. The runtime compares replies with it if a caller wants to know what
//! differs, and says how types are written in it (`runtime/drift/described.rs`).

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::module;
use crate::File;
use crate::pipeline::model::{
    Api, Extra, Field, Operation, Presence, RuntimeNeeds, Shape, Struct, Ty, TypeDef, Union,
};
use crate::rust::names::Name;

/// The file, unless it is for a module without the feature.
pub fn file(api: &Api, needs: &RuntimeNeeds, banner: &str) -> Option<File> {
    let path = match &api.module {
        None => "src/drift.json",
        Some(_) if module::enabled(api, needs).has("drift") => "drift.json",
        Some(_) => return None,
    };
    Some(File { path: path.to_owned(), text: text(api, banner) })
}

/// The table, with a line for each operation and each type, so that changes can be read.
fn text(api: &Api, banner: &str) -> String {
    let mut table = Table { types: by_name(api), written: Vec::new(), seen: HashSet::new() };
    let operations: Vec<_> =
        only(api).into_iter().map(|operation| table.operation(operation)).collect();
    let types = table.types();
    let mark = Value::from(banner.trim_start_matches("@generated "));
    let (operations, types) = (lines(operations), lines(types));
    format!("{{\"@generated\": {mark},\n\"operations\": {operations},\n\"types\": {types}}}\n")
}

fn by_name(api: &Api) -> HashMap<&Name, &TypeDef> {
    api.types.iter().map(|definition| (&definition.name, definition)).collect()
}

/// The operations that are told by method and path, which some are not: their paths differ in what is fixed in a query.
fn only(api: &Api) -> Vec<&Operation> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    api.operations().for_each(|operation| *counts.entry(request(operation)).or_default() += 1);
    api.operations().filter(|operation| counts[&request(operation)] == 1).collect()
}

/// `GET /v1/books/{id}`
fn request(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

fn lines(entries: Vec<(String, Value)>) -> String {
    let lines: Vec<_> =
        entries.iter().map(|(name, value)| format!("{}: {value}", Value::from(&**name))).collect();
    if lines.is_empty() { "{}".to_owned() } else { format!("{{\n{}\n}}", lines.join(",\n")) }
}

/// What is written of the types of an API.
struct Table<'a> {
    types: HashMap<&'a Name, &'a TypeDef>,
    /// The types that are to be written, in the order in which they are met.
    written: Vec<&'a TypeDef>,
    seen: HashSet<&'a Name>,
}

impl<'a> Table<'a> {
    fn operation(&mut self, operation: &'a Operation) -> (String, Value) {
        let replies = operation.replies.iter().map(|reply| {
            let content = reply.content.iter().map(|(media_type, ty)| {
                (media_type.clone(), ty.as_ref().map_or(Value::Null, |ty| self.ty(ty).into()))
            });
            (reply.status.to_string(), Value::Object(content.collect()))
        });
        let replies: Map<_, _> = replies.collect();
        (request(operation), json!({ "id": operation.id, "replies": replies }))
    }

    /// The types that the operations and these types themselves name.
    fn types(mut self) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        while let Some(definition) = self.written.get(found.len()).copied() {
            found.push((definition.name.rust().to_owned(), self.definition(definition)));
        }
        found
    }

    fn definition(&mut self, definition: &'a TypeDef) -> Value {
        let at = definition.at.as_str();
        match &definition.shape {
            Shape::Struct(structure) => self.structure(at, structure),
            Shape::Union(union) => self.union(at, union),
            Shape::Enum(variants) => {
                let values: Vec<_> = variants.iter().map(|one| one.name.wire()).collect();
                json!({ "at": at, "values": values })
            }
            Shape::IntegerEnum(variants) => {
                let values: Vec<_> = variants.iter().map(|one| one.value).collect();
                json!({ "at": at, "values": values })
            }
            Shape::ScalarEnum(variants) => {
                let values: Vec<_> = variants.iter().map(|one| &one.value).collect();
                json!({ "at": at, "values": values })
            }
        }
    }

    fn structure(&mut self, at: &str, structure: &'a Struct) -> Value {
        let fields = structure.fields.iter();
        let members: Map<_, _> = fields
            .map(|field| (field.name.wire().to_owned(), self.member(field, structure).into()))
            .collect();
        match structure.extra.as_ref().and_then(|extra| extra.values.as_ref()) {
            None => json!({ "at": at, "members": members }),
            Some(others) => json!({ "at": at, "members": members, "others": self.ty(others) }),
        }
    }

    /// `!?[Order`. Of secrets nothing is told but whether they are there.
    fn member(&mut self, field: &'a Field, structure: &Struct) -> String {
        // Only a struct that keeps nulls tells whether an absent member may be null instead.
        let keeps_null = matches!(&structure.extra, Some(Extra { values: None, .. }));
        let mark = match field.presence {
            Presence::Required => "!",
            Presence::Nullable => "!?",
            Presence::Optional if keeps_null => "",
            Presence::Optional | Presence::OptionalOrNull | Presence::OptionalNullable => "?",
        };
        let ty = if field.is_secret { "*".to_owned() } else { self.ty(&field.ty) };
        format!("{mark}{ty}")
    }

    fn union(&mut self, at: &str, union: &'a Union) -> Value {
        let tag = union.selector.tag();
        let variants = union
            .variants
            .iter()
            .map(|variant| json!({ "tag": variant.tag, "type": self.ty(&variant.ty) }));
        let variants: Vec<_> = variants.collect();
        let default = union.variants.iter().find(|variant| variant.is_default);
        match default.map(|variant| self.ty(&variant.ty)) {
            None => json!({ "at": at, "tag": tag, "variants": variants }),
            Some(default) => {
                json!({ "at": at, "tag": tag, "variants": variants, "default": default })
            }
        }
    }

    fn ty(&mut self, ty: &'a Ty) -> String {
        let letter = match ty {
            Ty::Named(name) | Ty::Boxed(name) => return self.named(name),
            Ty::Nullable(ty) => return format!("?{}", self.ty(ty)),
            Ty::List(ty) => return format!("[{}", self.ty(ty)),
            Ty::Map(ty) => return format!("{{{}", self.ty(ty)),
            Ty::Bool => "b",
            Ty::Integer(_) => "i",
            Ty::Float => "n",
            Ty::String | Ty::Formatted(_) => "s",
            Ty::Tuple(_) => "a",
            Ty::JsonObject => "o",
            // How other crates write their types is not known.
            Ty::Own(_) | Ty::File | Ty::Json => "*",
        };
        letter.to_owned()
    }

    fn named(&mut self, name: &'a Name) -> String {
        let Some(definition) = self.types.get(name) else { return "*".to_owned() };
        if self.seen.insert(name) {
            self.written.push(definition);
        }
        name.rust().to_owned()
    }
}
