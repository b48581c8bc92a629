//! Values in examples: an expression for each type, with the description's own values where they fit.

use serde_json::Value;

use super::Writer;
use crate::member_rule::MemberRule;
use crate::model::{Field, Presence, Shape, Struct, Ty};
use crate::names::Name;

/// As deep as values nest before an example is left out.
const DEEPEST: usize = 8;

impl Writer {
    /// A value, and the setters that an example asks for.
    pub(super) fn with_setters(
        &self,
        ty: &Ty,
        sample: Option<&Value>,
    ) -> Option<(String, Vec<String>)> {
        let Ty::Named(name) = ty else {
            return Some((self.value(ty, sample, "body", false, 0)?, Vec::new()));
        };
        let Shape::Struct(object) = &self.types.get(name)?.shape else {
            return Some((self.value(ty, sample, "body", false, 0)?, Vec::new()));
        };
        let value = self.structure(name, object, sample, 0)?;
        let setters = sample.and_then(|sample| self.setters(object, sample));
        let shown = sample.filter(|_| setters.is_some());
        let mut setters = setters.unwrap_or_default();
        setters.extend(self.demanded(object, shown, 0)?);
        Some((value, setters))
    }

    /// The setters without which a value would break the rules about its members; `None` where none can help.
    fn demanded(
        &self,
        object: &Struct,
        sample: Option<&Value>,
        depth: usize,
    ) -> Option<Vec<String>> {
        let always = |field: &&Field| field.presence == Presence::Required;
        let mut there: Vec<&str> =
            object.fields.iter().filter(always).map(|field| field.name.wire()).collect();
        let shown = sample.and_then(Value::as_object).into_iter().flatten();
        there.extend(shown.filter(|(_, value)| !value.is_null()).map(|(name, _)| name.as_str()));
        let missing = missing(&object.rules, &there)?;
        let setter = |name: &&str| {
            let field = object.fields.iter().find(|field| field.name.wire() == *name)?;
            let value =
                self.value(&field.ty, field.example.as_ref(), field.name.wire(), true, depth + 1)?;
            Some(format!(".{}({value})", field.name.rust()))
        };
        missing.iter().map(setter).collect()
    }

    fn setters(&self, object: &Struct, sample: &Value) -> Option<Vec<String>> {
        let optional = object.fields.iter().filter(|field| field.presence != Presence::Required);
        let mut setters = Vec::new();
        for field in optional {
            let Some(sample) = sample.get(field.name.wire()).filter(|sample| !sample.is_null())
            else {
                continue;
            };
            let value = self.value(&field.ty, Some(sample), field.name.wire(), true, 1)?;
            setters.push(format!(".{}({value})", field.name.rust()));
        }
        Some(setters)
    }

    /// `types::NewBook::new("978", "title")`, or `types::Filter::default()`.
    fn structure(
        &self,
        name: &Name,
        object: &Struct,
        sample: Option<&Value>,
        depth: usize,
    ) -> Option<String> {
        let required = object.fields.iter().filter(|field| field.is_argument());
        let mut values = Vec::new();
        for field in required {
            let sample = sample.and_then(|sample| sample.get(field.name.wire()));
            let sample = sample.or(field.example.as_ref());
            values.push(self.value(&field.ty, sample, field.name.wire(), true, depth + 1)?);
        }
        Some(match values.is_empty() {
            true => format!("types::{}::default()", name.rust()),
            false => format!("types::{}::new({})", name.rust(), values.join(", ")),
        })
    }

    /// An expression of a type: the sample where it fits, else a value that stands for one.
    ///
    /// Where `loose`, a text may be a literal, because the place takes `impl Into<String>`.
    pub(super) fn value(
        &self,
        ty: &Ty,
        sample: Option<&Value>,
        hint: &str,
        loose: bool,
        depth: usize,
    ) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        Some(match ty {
            Ty::Named(name) | Ty::Boxed(name) => self.named(name, sample, hint, depth)?,
            Ty::Bool => sample.and_then(Value::as_bool).unwrap_or(true).to_string(),
            Ty::Integer(_) => {
                sample.and_then(Value::as_u64).filter(|it| *it < 128).unwrap_or(1).to_string()
            }
            Ty::Float(_) => format!("{:?}", sample.and_then(Value::as_f64).unwrap_or(1.0)),
            Ty::String => {
                let text = format!("{:?}", sample.and_then(Value::as_str).unwrap_or(hint));
                if loose { text } else { format!("{text}.to_owned()") }
            }
            Ty::Timestamp => "\"2024-01-31T12:00:00Z\".parse()?".to_owned(),
            Ty::Date => "\"2024-01-31\".parse()?".to_owned(),
            Ty::Formatted(format) if loose || !format.is_verbatim() => format.sample().to_owned(),
            Ty::Formatted(format) => format!("{}.into()", format.sample()),
            Ty::File => self.file(hint),
            Ty::Json => "serde_json::Value::Null".to_owned(),
            Ty::JsonObject => "serde_json::Map::new()".to_owned(),
            Ty::Map(_) => "std::collections::BTreeMap::new()".to_owned(),
            Ty::List(item) => self.list(item, sample, hint, depth)?,
            Ty::Tuple(items) => self.tuple(items, sample, hint, depth)?,
            Ty::Nullable(ty) => format!("Some({})", self.value(ty, sample, hint, false, depth)?),
        })
    }

    /// Bytes become a file, but only one of a name says what it is.
    fn file(&self, hint: &str) -> String {
        format!("{}::FilePart::new({hint:?}, vec![0_u8])", self.crate_path)
    }

    fn list(&self, item: &Ty, sample: Option<&Value>, hint: &str, depth: usize) -> Option<String> {
        let samples: Vec<_> = sample.and_then(Value::as_array).into_iter().flatten().collect();
        let mut items = Vec::new();
        for sample in samples.iter().copied().take(2) {
            items.push(self.value(item, Some(sample), hint, false, depth + 1)?);
        }
        if items.is_empty() {
            items.push(self.value(item, None, hint, false, depth + 1)?);
        }
        Some(format!("vec![{}]", items.join(", ")))
    }

    fn tuple(
        &self,
        items: &[Ty],
        sample: Option<&Value>,
        hint: &str,
        depth: usize,
    ) -> Option<String> {
        let mut values = String::new();
        for (index, item) in items.iter().enumerate() {
            let sample = sample.and_then(|sample| sample.get(index));
            let value = self.value(item, sample, hint, false, depth + 1)?;
            let space = if index == 0 { "" } else { ", " };
            values += &format!("{space}{}", boxed(item, value));
        }
        // A comma makes a tuple of a single value.
        let comma = if items.len() == 1 { "," } else { "" };
        Some(format!("({values}{comma})"))
    }

    fn named(
        &self,
        name: &Name,
        sample: Option<&Value>,
        hint: &str,
        depth: usize,
    ) -> Option<String> {
        let path = format!("types::{}", name.rust());
        match &self.types.get(name)?.shape {
            Shape::Struct(object) => {
                let setters = self.demanded(object, None, depth)?;
                Some(self.structure(name, object, sample, depth)? + &setters.concat())
            }
            Shape::Enum(variants) => {
                let stated = sample.and_then(Value::as_str);
                let fits = variants.iter().find(|variant| Some(variant.name.wire()) == stated);
                let variant = fits.or_else(|| variants.first())?;
                Some(format!("{path}::{}", variant.name.rust()))
            }
            Shape::IntegerEnum(variants) => {
                Some(format!("{path}::{}", variants.first()?.name.rust()))
            }
            Shape::ScalarEnum(variants) => {
                Some(format!("{path}::{}", variants.first()?.name.rust()))
            }
            Shape::Union(union) => {
                let variant = union.variants.first()?;
                let value = self.value(&variant.ty, None, hint, false, depth + 1)?;
                let value = boxed(&variant.ty, value);
                Some(format!("{path}::{}({value})", variant.name.rust()))
            }
        }
    }
}

/// As many members as are tried together.
const MOST_MISSING: usize = 4;

/// The fewest members that rules ask for beside those that are there, the first that they name before others.
fn missing<'a>(rules: &'a [MemberRule], there: &[&str]) -> Option<Vec<&'a str>> {
    let mut named: Vec<&str> = Vec::new();
    for name in rules.iter().flat_map(MemberRule::names) {
        if !named.contains(&name) && !there.contains(&name) {
            named.push(name);
        }
    }
    (0..=MOST_MISSING.min(named.len())).find_map(|count| {
        combinations(&named, count).into_iter().find(|chosen| {
            let has = |name: &str| there.contains(&name) || chosen.contains(&name);
            rules.iter().all(|rule| rule.holds(&has))
        })
    })
}

/// All ways to choose so many of some names, in their order.
fn combinations<'a>(names: &[&'a str], count: usize) -> Vec<Vec<&'a str>> {
    match (count, names) {
        (0, _) => vec![Vec::new()],
        (_, []) => Vec::new(),
        (_, [first, rest @ ..]) => {
            let with = combinations(rest, count - 1).into_iter();
            let with = with.map(|others| [&[*first], others.as_slice()].concat());
            with.chain(combinations(rest, count)).collect()
        }
    }
}

/// A value where nothing boxes it.
fn boxed(ty: &Ty, value: String) -> String {
    match ty {
        Ty::Boxed(_) => format!("Box::new({value})"),
        _ => value,
    }
}
