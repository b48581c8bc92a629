//! Types as a caller writes them. The types of the crate in them are data, so that a renamed type is found.

use std::collections::HashMap;
use std::fmt::{self, Display};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::pipeline::model::{Batch, BodyForm, Reply, ReplyForm, RequestBody, Ty};

/// A type: `Option<Vec<types::Book>>`; nothing where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature(Vec<Part>);

/// A part of a type; no two texts follow each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Text(String),
    /// The name of a type of the crate.
    Type(String),
    /// What converts into a type, such as an enum of the forms of a body, which stands beside its operation.
    Into(String),
}

/// What stands before the name of a type of the crate.
const TYPES: &str = "types::";

/// What stands around the name of a type into which values are converted.
const INTO: (&str, &str) = ("impl Into<", ">");

impl Signature {
    /// A type that is not one of the crate.
    pub fn text(text: impl Into<String>) -> Self {
        Self::default().and([Part::Text(text.into())])
    }

    fn named(name: &str) -> Self {
        Self(vec![Part::Type(name.to_owned())])
    }

    /// `impl Into<…>`
    pub fn into_type(name: &str) -> Self {
        Self(vec![Part::Into(name.to_owned())])
    }

    /// `Option<…>`
    pub fn option(held: Self) -> Self {
        held.within("Option<", ">")
    }

    /// The same with text around it: `Vec<…>`
    pub fn within(self, before: &str, after: &str) -> Self {
        Self::text(before).and(self.0).and([Part::Text(after.to_owned())])
    }

    fn and(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        for part in parts {
            match (self.0.last_mut(), part) {
                (_, Part::Text(text)) if text.is_empty() => {}
                (Some(Part::Text(last)), Part::Text(text)) => last.push_str(&text),
                (_, part) => self.0.push(part),
            }
        }
        self
    }

    /// Whether there is no type.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The types of the crate in it.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Type(name) => Some(name.as_str()),
            Part::Text(_) | Part::Into(_) => None,
        })
    }

    /// The same whatever types of the crate are in it, and whether they are boxed: `Vec<_>`
    pub fn skeleton(&self) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Type(_) => "_".to_owned(),
            Part::Into(_) => "impl Into<_>".to_owned(),
        };
        self.0.iter().map(part).collect::<String>().replace("Box<_>", "_")
    }

    /// The type of the crate that it is.
    pub fn as_type(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Part::Type(name)] => Some(name),
            _ => None,
        }
    }

    /// The type into which values are converted.
    pub fn as_into(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Part::Into(name)] => Some(name),
            _ => None,
        }
    }

    /// The same with types of the crate under their new names.
    pub fn renamed(&self, names: &HashMap<&str, &str>) -> Self {
        let renamed = |part: &Part| match part {
            Part::Type(name) => {
                Part::Type(names.get(name.as_str()).map_or(name.clone(), |name| (*name).to_owned()))
            }
            part => part.clone(),
        };
        Self(self.0.iter().map(renamed).collect())
    }

    /// Reads a type as a release has recorded it, or a fact in which types are named.
    pub fn read(text: &str) -> Self {
        if let Some(name) = text.strip_prefix(INTO.0).and_then(|rest| rest.strip_suffix(INTO.1)) {
            return Self::into_type(name);
        }
        let mut parts = text.split(TYPES);
        let mut read = Self::text(parts.next().unwrap_or_default());
        for part in parts {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            read = read.and([Part::Type(name.to_owned()), Part::Text(rest.to_owned())]);
        }
        read
    }
}

impl Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Type(name) => write!(f, "{TYPES}{name}"),
            Part::Into(name) => write!(f, "{}{name}{}", INTO.0, INTO.1),
        })
    }
}

impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::read(&text))
    }
}

/// A type: `Option<Vec<types::Book>>`.
pub fn ty(ty: &Ty) -> Signature {
    match ty {
        Ty::Named(name) => Signature::named(name.rust()),
        Ty::Boxed(name) => Signature::named(name.rust()).within("Box<", ">"),
        Ty::Bool => Signature::text("bool"),
        Ty::Integer(integer) => Signature::text(integer.rust().replace("crate::", "")),
        Ty::Float => Signature::text("f64"),
        Ty::String => Signature::text("String"),
        Ty::Formatted(format) => Signature::text(format.rust().replace("crate::", "")),
        Ty::Own(own) => Signature::text(own.path.as_str()),
        Ty::File => Signature::text("FilePart"),
        Ty::Json => Signature::text("serde_json::Value"),
        Ty::JsonObject => Signature::text("serde_json::Map<String, serde_json::Value>"),
        Ty::List(item) => self::ty(item).within("Vec<", ">"),
        Ty::Tuple(items) => tuple(items),
        Ty::Map(value) => self::ty(value).within("BTreeMap<String, ", ">"),
        Ty::Nullable(value) => Signature::option(self::ty(value)),
    }
}

/// `(f64, f64,)`
fn tuple(items: &[Ty]) -> Signature {
    let mut tuple = Signature::text("(");
    for (index, item) in items.iter().enumerate() {
        let space = if index == 0 { "" } else { " " };
        tuple = tuple.and(ty(item).within(space, ",").0);
    }
    tuple.and([Part::Text(")".to_owned())])
}

/// A type as an argument; boxes are made inside.
pub fn argument(held: &Ty) -> Signature {
    match held {
        Ty::Boxed(name) => ty(&Ty::Named(name.clone())),
        other => ty(other),
    }
}

/// A body as an argument.
pub fn sent(sent: &RequestBody) -> Signature {
    match sent {
        RequestBody::One(form) => body(form),
        RequestBody::Several { name, .. } => Signature::into_type(name.rust()),
    }
}

/// What is written in a form.
pub fn body(form: &BodyForm) -> Signature {
    match form {
        BodyForm::Json(_, held) | BodyForm::Form(held, _) | BodyForm::Multipart(Some(held)) => {
            ty(held)
        }
        BodyForm::Multipart(None) => Signature::text("MultipartForm"),
        BodyForm::Text(_) => Signature::text("String"),
        BodyForm::Bytes(_) => Signature::text("bytes::Bytes"),
        BodyForm::Content(_) => Signature::text("Content"),
    }
}

/// A reply.
pub fn reply(form: &ReplyForm) -> Signature {
    match form {
        ReplyForm::Nothing => Signature::text("()"),
        ReplyForm::Json(held) => ty(held),
        ReplyForm::Text | ReplyForm::TextOrJson => Signature::text("String"),
        ReplyForm::Bytes => Signature::text("bytes::Bytes"),
        ReplyForm::Events(held) => {
            let data = held.as_ref().map_or(Signature::text("String"), ty);
            data.within("ItemStream<Event<", ">>")
        }
        ReplyForm::EventObjects(held, _) => ty(held).within("ItemStream<Event<", ">>"),
        ReplyForm::Lines(held) => ty(held).within("ItemStream<", ">"),
    }
}

/// A batch, with the types that its trait names.
pub fn batch(accepted: &Reply, batch: &Batch) -> Signature {
    let accepted = match accepted {
        Reply::One(ReplyForm::Json(held)) => ty(held),
        _ => Signature::text("serde_json::Value"),
    };
    let row = |row: &Option<Ty>| row.as_ref().map_or(Signature::text("batch::Record"), ty);
    let (row, charge) = (row(&batch.row), row(&batch.charge));
    accepted
        .within("batch::Batch<Accepted = ", ", Row = ")
        .and(row.0)
        .and(charge.within(", Charge = ", ">").0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_type_is_read_as_it_was() {
        for text in [
            "",
            "bool",
            "types::Book",
            "Option<Vec<types::Book>>",
            "impl Into<AddBookBody>",
            "batch::Batch<Accepted = types::A, Row = batch::Record, Charge = types::B_2>",
        ] {
            assert_eq!(Signature::read(text).to_string(), text);
        }
        let tuple = ty(&Ty::Tuple(vec![Ty::Float, Ty::Nullable(Box::new(Ty::Bool))]));
        assert_eq!(tuple.to_string(), "(f64, Option<bool>,)");
        assert_eq!(Signature::read(&tuple.to_string()), tuple);
        let nested = Signature::option(Signature::named("Book").within("Vec<", ">"));
        assert_eq!(Signature::read("Option<Vec<types::Book>>"), nested);
        assert_eq!(nested.types().collect::<Vec<_>>(), ["Book"]);
        let names = HashMap::from([("Book", "Tome")]);
        assert_eq!(nested.renamed(&names).to_string(), "Option<Vec<types::Tome>>");
        assert_eq!(Signature::read("types::Book").as_type(), Some("Book"));
        assert_eq!(Signature::read("impl Into<B>").as_into(), Some("B"));
    }
}
