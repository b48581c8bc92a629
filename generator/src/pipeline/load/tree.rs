//! A value tree from any `serde` format, with what `serde_json::Value` would pass over in silence.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess};
use serde::de::{VariantAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::at::At;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Diagnostics, Location, SpanKind};
use crate::pointer::Pointer;

/// The most values that an `enum` may have: far more than anybody writes, and few enough to be read at once.
pub(crate) const MOST_VALUES: usize = 200_000;

/// How the reader says that there are more.
pub(super) const TOO_MANY_VALUES: &str = "this `enum` has too many values";

/// Which keys the reader has met twice.
#[derive(Default)]
pub(super) struct Progress {
    repeated: Vec<Pointer>,
}

impl Progress {
    /// A diagnostic for each time that a key stands once more in its object.
    pub(super) fn diagnostics(self, file: &str) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        let mut times: HashMap<Pointer, usize> = HashMap::new();
        for pointer in self.repeated {
            let times = times.entry(pointer.clone()).or_default();
            *times += 1;
            let key = pointer.steps().next_back().unwrap_or_default();
            let first = Location::new(file, pointer).spot(SpanKind::Key);
            let again = first.clone().spot(SpanKind::Again(*times));
            let message = format!("the key `{key}` stands more than once in its object");
            let diagnostic = Diagnostic::new(DiagnosticCode::RepeatedKey, again, message);
            let help =
                "rename one of them, or take it out: readers do not agree on which one counts";
            diagnostics.push(diagnostic.related(first, "it stands here first").help(help));
        }
        diagnostics
    }
}

/// Reads one value.
pub(super) struct Tree<'p> {
    progress: &'p mut Progress,
    at: At<'p>,
}

impl<'p> Tree<'p> {
    /// Reads a whole document.
    pub(super) fn whole(progress: &'p mut Progress) -> Self {
        Self { progress, at: At::Root }
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value);
        number.map(Value::Number).ok_or_else(|| E::custom(format!("{value} is not a JSON number")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        self.deserialize(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        let is_enum = matches!(self.at, At::Member(_, "enum"));
        loop {
            // Here and not where enums are understood: nothing has to hold a million values first.
            if is_enum && list.len() > MOST_VALUES {
                return Err(A::Error::custom(TOO_MANY_VALUES));
            }
            let at = At::Item(&self.at, list.len());
            match items.next_element_seed(Tree { progress: &mut *self.progress, at })? {
                Some(item) => list.push(item),
                None => return Ok(list.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let member = object.entry(key);
            let at = At::Member(&self.at, member.key());
            if matches!(member, Entry::Occupied(_)) {
                self.progress.repeated.push(at.pointer());
            }
            let value = members.next_value_seed(Tree { progress: &mut *self.progress, at })?;
            match member {
                Entry::Occupied(mut known) => drop(known.insert(value)),
                Entry::Vacant(new) => _ = new.insert(value),
            }
        }
        merged(object).map_err(A::Error::custom)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, content) = tagged.variant::<String>()?;
        content.newtype_variant_seed(self)
    }
}

/// Applies the merge key (YAML 1.1 type repository, `merge`).
///
/// `{<<: {a: 1, b: 2}, b: 3}` → `{b: 3, a: 1}`
fn merged(mut object: Map<String, Value>) -> Result<Value, &'static str> {
    let sources = match object.shift_remove("<<") {
        None => return Ok(object.into()),
        Some(Value::Array(sources)) => sources,
        Some(source) => vec![source],
    };
    for source in sources {
        let Value::Object(source) = source else { return Err("a merge key takes objects only") };
        for (key, value) in source {
            object.entry(key).or_insert(value);
        }
    }
    Ok(object.into())
}
