//! Values in examples: an expression for each type, with the description's own values where they fit.

use serde_json::Value;

use super::DocExamples;
use super::expression::{Expression, Step};
use crate::member_rule::MemberRule;
use crate::pipeline::model::schema_values::sample_values;
use crate::pipeline::model::{
    Bridge, Field, Format, IntegerType, JsonKind, OwnType, Presence, Shape, Struct, Ty,
};
use crate::rust::names::Name;

/// As deep as values nest before an example is left out.
const DEEPEST: usize = 8;

impl DocExamples<'_> {
    /// A value, with the setters that an example asks for.
    pub(super) fn with_setters(&self, ty: &Ty, example: Option<&Value>) -> Option<Expression> {
        let Ty::Named(name) = ty else { return self.value(ty, example, "body", false, 0) };
        let Shape::Struct(object) = &self.types.get(name)?.shape else {
            return self.value(ty, example, "body", false, 0);
        };
        let value = self.structure(name, object, example, 0)?;
        let setters = example.and_then(|example| self.setters(object, example));
        let shown = example.filter(|_| setters.is_some());
        let mut setters = setters.unwrap_or_default();
        setters.extend(self.demanded(object, shown, 0)?);
        Some(Expression::chain(value, setters))
    }

    /// The setters without which a value would break the rules about its members; `None` where none can help.
    fn demanded(
        &self,
        object: &Struct,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<Vec<Step>> {
        let always = |field: &&Field| field.presence == Presence::Required;
        let mut there: Vec<&str> =
            object.fields.iter().filter(always).map(|field| field.name.wire()).collect();
        let shown = example.and_then(Value::as_object).into_iter().flatten();
        there.extend(shown.filter(|(_, value)| !value.is_null()).map(|(name, _)| name.as_str()));
        let missing = missing(&object.rules, &there)?;
        let setter = |name: &&str| {
            let field = object.fields.iter().find(|field| field.name.wire() == *name)?;
            self.setter(field, field.example.as_ref(), depth + 1)
        };
        missing.iter().map(setter).collect()
    }

    fn setters(&self, object: &Struct, example: &Value) -> Option<Vec<Step>> {
        let has_setter =
            |field: &&Field| field.presence != Presence::Required && !field.is_argument();
        let optional = object.fields.iter().filter(has_setter);
        let setter = |field: &Field| {
            let stated = example.get(field.name.wire()).filter(|stated| !stated.is_null())?;
            Some(self.setter(field, Some(stated), 1))
        };
        optional.filter_map(setter).collect()
    }

    /// `.title("A title")`
    fn setter(&self, field: &Field, example: Option<&Value>, depth: usize) -> Option<Step> {
        let value = self.value(&field.ty, example, field.name.wire(), true, depth)?;
        Some(Step::Method(field.name.rust().to_owned(), vec![value]))
    }

    /// `types::NewBook::new("978", "title")`, or `types::Filter::new()`.
    fn structure(
        &self,
        name: &Name,
        object: &Struct,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<Expression> {
        let required = object.fields.iter().filter(|field| field.is_argument());
        let argument = |field: &Field| {
            let stated = example.and_then(|example| example.get(field.name.wire()));
            let stated = stated.or(field.example.as_ref());
            self.value(&field.ty, stated, field.name.wire(), true, depth + 1)
        };
        let arguments: Vec<_> = required.map(argument).collect::<Option<_>>()?;
        Some(Expression::Call(Box::new(of_type(name, "new")), arguments))
    }

    /// An expression of a type: the example where it fits, else a value that stands for one.
    ///
    /// Where `loose`, a text may be a literal, because the place takes `impl Into<String>`.
    pub(super) fn value(
        &self,
        ty: &Ty,
        example: Option<&Value>,
        hint: &str,
        loose: bool,
        depth: usize,
    ) -> Option<Expression> {
        if depth > DEEPEST {
            return None;
        }
        match ty {
            Ty::Named(name) | Ty::Boxed(name) => self.named(name, example, hint, depth),
            Ty::List(item) => self.list(item, example, hint, depth),
            Ty::Tuple(items) => self.tuple(items, example, hint, depth),
            Ty::Nullable(ty) => {
                Some(Expression::call("Some", self.value(ty, example, hint, false, depth)?))
            }
            // Bytes become a file, but only one of a name says what it is.
            Ty::File => Some(Expression::Code(format!(
                "{}::FilePart::new({hint:?}, vec![0_u8])",
                self.crate_path
            ))),
            Ty::Own(own) => Some(own_type(own, example, hint)),
            _ => Some(scalar(ty, example, hint, loose)),
        }
    }

    fn list(
        &self,
        item: &Ty,
        example: Option<&Value>,
        hint: &str,
        depth: usize,
    ) -> Option<Expression> {
        let examples = example.and_then(Value::as_array).into_iter().flatten().take(2).map(Some);
        let mut examples: Vec<_> = examples.collect();
        if examples.is_empty() {
            examples.push(None);
        }
        let hint = sample_values::singular(hint);
        let value = |example| self.value(item, example, hint, false, depth + 1);
        Some(Expression::List(examples.into_iter().map(value).collect::<Option<_>>()?))
    }

    fn tuple(
        &self,
        items: &[Ty],
        example: Option<&Value>,
        hint: &str,
        depth: usize,
    ) -> Option<Expression> {
        let item = |(index, item): (usize, &Ty)| {
            let example = example.and_then(|example| example.get(index));
            Some(boxed(item, self.value(item, example, hint, false, depth + 1)?))
        };
        Some(Expression::Tuple(items.iter().enumerate().map(item).collect::<Option<_>>()?))
    }

    fn named(
        &self,
        name: &Name,
        example: Option<&Value>,
        hint: &str,
        depth: usize,
    ) -> Option<Expression> {
        let variant = |variant: &Name| of_type(name, variant.rust());
        match &self.types.get(name)?.shape {
            Shape::Struct(object) => {
                let setters = self.demanded(object, None, depth)?;
                Some(Expression::chain(self.structure(name, object, example, depth)?, setters))
            }
            Shape::Enum(variants) => {
                let stated = example.and_then(Value::as_str);
                let fits = variants.iter().find(|variant| Some(variant.name.wire()) == stated);
                Some(variant(&fits.or_else(|| variants.first())?.name))
            }
            Shape::IntegerEnum(variants) => Some(variant(&variants.first()?.name)),
            Shape::ScalarEnum(variants) => Some(variant(&variants.first()?.name)),
            Shape::Union(union) => {
                let first = union.variants.first()?;
                let value = boxed(&first.ty, self.value(&first.ty, None, hint, false, depth + 1)?);
                Some(Expression::Call(Box::new(variant(&first.name)), vec![value]))
            }
        }
    }
}

/// A value of a type of another crate: read from a text, as what else makes one is not known.
fn own_type(own: &OwnType, example: Option<&Value>, hint: &str) -> Expression {
    let stated = example.and_then(Value::as_str).map(str::to_owned);
    let text = || stated.unwrap_or_else(|| own_text(own, hint));
    let code = match &own.bridge {
        _ if own.path.as_str() == "time::OffsetDateTime" => format!("{}::UNIX_EPOCH", own.path),
        Bridge::Module(_) => format!("todo!(\"a {}\")", own.path),
        Bridge::Text => format!("{:?}.parse()?", text()),
        Bridge::Number => {
            let number = example.filter(|example| example.is_number()).map(Value::to_string);
            format!("{:?}.parse()?", number.unwrap_or_else(|| "12.50".to_owned()))
        }
        Bridge::Serde if own.path.as_str().starts_with("chrono::") => {
            format!("{:?}.parse()?", text())
        }
        Bridge::Serde => {
            let json = example.map(Value::to_string).unwrap_or_else(|| own_json(own, hint));
            format!("serde_json::from_str({json:?})?")
        }
    };
    Expression::Code(code)
}

fn own_text(own: &OwnType, hint: &str) -> String {
    match own.path.last() {
        "Decimal" | "BigDecimal" => "12.50".to_owned(),
        "Uuid" => "67e55044-10b1-426f-9247-bb680e5fe0c8".to_owned(),
        "Url" => "https://example.com".to_owned(),
        "NaiveDate" | "Date" => sample_values::day(0).to_owned(),
        "DateTime" | "Timestamp" => format!("{}T12:00:00Z", sample_values::day(0)),
        _ => sample_values::string(hint),
    }
}

fn own_json(own: &OwnType, hint: &str) -> String {
    match own.kind {
        JsonKind::Any => "null".to_owned(),
        JsonKind::Boolean => "true".to_owned(),
        JsonKind::Integer | JsonKind::Number => "1".to_owned(),
        JsonKind::String => Value::from(own_text(own, hint)).to_string(),
        JsonKind::Array => "[]".to_owned(),
        JsonKind::Object => "{}".to_owned(),
    }
}

/// A value that holds no other one.
fn scalar(ty: &Ty, example: Option<&Value>, hint: &str, loose: bool) -> Expression {
    match ty {
        Ty::Formatted(Format::DateTime) => {
            Expression::Time { is_day: false, nth: 0, is_converted: loose }
        }
        Ty::Formatted(Format::Date) => {
            Expression::Time { is_day: true, nth: 0, is_converted: loose }
        }
        _ => Expression::Code(literal(ty, example, hint, loose)),
    }
}

fn literal(ty: &Ty, example: Option<&Value>, hint: &str, loose: bool) -> String {
    match ty {
        Ty::Bool => example.and_then(Value::as_bool).unwrap_or(true).to_string(),
        Ty::Integer(integer) => {
            let stated = example.and_then(Value::as_u64).filter(|value| *value < 128);
            let number = stated.unwrap_or_else(|| sample_values::integer(hint)).to_string();
            let is_made = *integer == IntegerType::Big && !loose;
            if is_made { format!("{number}.into()") } else { number }
        }
        Ty::Float => format!("{:?}", example.and_then(Value::as_f64).unwrap_or(1.0)),
        Ty::Formatted(format) if loose || !format.is_verbatim() => formatted(*format).to_owned(),
        Ty::Formatted(format) => format!("{}.into()", formatted(*format)),
        Ty::Json => "serde_json::Value::Null".to_owned(),
        Ty::JsonObject => "serde_json::Map::new()".to_owned(),
        Ty::Map(_) => "std::collections::BTreeMap::new()".to_owned(),
        _ => {
            let stated = example.and_then(Value::as_str).map(str::to_owned);
            let text = format!("{:?}", stated.unwrap_or_else(|| sample_values::string(hint)));
            if loose { text } else { format!("{text}.to_owned()") }
        }
    }
}

/// A value that an argument of the type takes.
fn formatted(format: Format) -> &'static str {
    match format {
        Format::DateTime => "jiff::Timestamp::UNIX_EPOCH",
        Format::Date => "jiff::civil::date(2024, 1, 31)",
        Format::Uuid => "uuid::Uuid::nil()",
        Format::Base64 => "b\"text\".to_vec()",
        Format::Ipv4 => "std::net::Ipv4Addr::LOCALHOST",
        Format::Ipv6 => "std::net::Ipv6Addr::LOCALHOST",
        Format::Ip => "std::net::IpAddr::from([127, 0, 0, 1])",
    }
}

fn of_type(name: &Name, member: &str) -> Expression {
    Expression::OfType(name.rust().to_owned(), member.to_owned())
}

/// A value in the box that its type has.
fn boxed(ty: &Ty, value: Expression) -> Expression {
    match ty {
        Ty::Boxed(_) => Expression::call("Box::new", value),
        _ => value,
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
