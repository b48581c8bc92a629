//! A value beside its type.

use serde_json::{Map, Value};

use super::described::{kind, kind_of};
use super::kept::Kept;
use super::{Drift, DriftKind};

/// So many values of a reply are looked at, so that no reply can hold up its caller.
const MOST_STEPS: u32 = 100_000;

/// Names and values that are longer are not kept: they are no names, and no values of an enum.
const LONGEST: usize = 64;

/// A key with more digits is no name, but a number of something.
const MOST_DIGITS: usize = 8;

/// What is described if it is a union.
const SEVERAL: &str = "one of several";

/// A reply that is compared with its type.
pub struct Comparison<'t> {
    types: &'t Value,
    /// What all differences of the reply have in common.
    reply: Drift,
    /// The steps to the value that is looked at.
    way: Vec<String>,
    /// The pointer of the schema that the value is in, and the number of steps to its own value.
    schema: (&'t str, usize),
    /// The unions that are looked at for the same value. A type that is one of itself is no further choice.
    choices: Vec<&'t Value>,
    steps: u32,
    found: Kept,
}

/// The differences of a value of a reply.
pub fn differences(types: &Value, ty: &str, value: &Value, reply: Drift) -> Kept {
    let (way, choices, found) = (Vec::new(), Vec::new(), Kept::default());
    let (schema, steps) = (("", 0), MOST_STEPS);
    let mut comparison = Comparison { types, reply, way, schema, choices, steps, found };
    comparison.value(ty, value);
    comparison.found
}

impl<'t> Comparison<'t> {
    fn value(&mut self, ty: &str, value: &Value) {
        let may_be_null = ty.strip_prefix('?');
        let ty = may_be_null.unwrap_or(ty);
        if self.steps == 0 || ty == "*" || may_be_null.is_some() && value.is_null() {
            return;
        }
        self.steps -= 1;
        match (self.other_than(ty, value), value) {
            (Some(described), _) => self.other_kind(described, value),
            (None, Value::Array(items)) if ty.starts_with('[') => {
                items.iter().for_each(|item| self.below("*", &ty[1..], item));
            }
            (None, Value::Object(members)) if ty.starts_with('{') => {
                members.values().for_each(|member| self.below("*", &ty[1..], member));
            }
            (None, _) => self.named(ty, value),
        }
    }

    /// A value one step further.
    fn below(&mut self, step: &str, ty: &str, value: &Value) {
        self.way.push(step.to_owned());
        let choices = std::mem::take(&mut self.choices);
        self.value(ty, value);
        self.choices = choices;
        self.way.pop();
    }

    /// The kind that a type describes, if a value has another one.
    fn other_than(&self, ty: &str, value: &Value) -> Option<&'static str> {
        let Some(described) = kind_of(ty) else { return self.other_than_named(ty, value) };
        let seen = kind(value);
        let fits = seen == described || (described, seen) == ("number", "integer");
        (!fits).then_some(described)
    }

    fn other_than_named(&self, name: &str, value: &Value) -> Option<&'static str> {
        let ty = self.types.get(name)?;
        let Some(values) = ty["values"].as_array() else {
            return match ty.get("members") {
                Some(_) => (!value.is_object()).then_some("object"),
                None => value.is_null().then_some(SEVERAL),
            };
        };
        let fits = values.iter().any(|one| kind(one) == kind(value));
        values.first().filter(|_| !fits).map(kind)
    }

    fn other_kind(&mut self, described: &'static str, value: &Value) {
        let drift = self.drift(DriftKind::OtherKind);
        let (described, seen) = (Some(described), Some(kind(value)));
        self.found.count(Drift { described, seen, ..drift }, 1);
    }

    fn named(&mut self, name: &str, value: &Value) {
        let types = self.types;
        let Some(ty) = types.get(name) else { return };
        let at = ty["at"].as_str().unwrap_or_default();
        let around = std::mem::replace(&mut self.schema, (at, self.way.len()));
        match (ty["values"].as_array(), ty.get("members"), value) {
            (Some(values), _, _) if values.contains(value) => {}
            (Some(_), _, _) => self.unknown(value),
            (_, Some(members), Value::Object(object)) => {
                self.object(members, ty["others"].as_str(), object);
            }
            _ if self.union(ty, value) => {}
            _ => {
                self.schema = around;
                self.other_kind(SEVERAL, value);
            }
        }
        self.schema = around;
    }

    fn unknown(&mut self, value: &Value) {
        let drift = self.drift(DriftKind::UnknownValue);
        let kept =
            Some(value).filter(|value| value.as_str().is_none_or(|text| text.len() <= LONGEST));
        self.found.count(Drift { value: kept.cloned(), seen: Some(kind(value)), ..drift }, 1);
    }

    /// `others` is the type of the members that are not listed, if they are described.
    fn object(&mut self, members: &Value, others: Option<&str>, object: &Map<String, Value>) {
        for (name, ty) in members.as_object().into_iter().flatten() {
            let ty = ty.as_str().unwrap_or("*");
            let (is_required, ty) = ty.strip_prefix('!').map_or((false, ty), |ty| (true, ty));
            match object.get(name) {
                Some(value) => self.below(name, ty, value),
                None if is_required => {
                    let drift = self.drift(DriftKind::MissingMember);
                    self.found.count(Drift { member: Some(name.clone()), ..drift }, 1);
                }
                None => {}
            }
        }
        for (name, value) in object.iter().filter(|(name, _)| members.get(name).is_none()) {
            match others {
                Some(ty) => self.below("*", ty, value),
                None => {
                    let drift = self.drift(DriftKind::UndescribedMember);
                    let name = if is_name(name) { name } else { "*" };
                    let (member, seen) = (Some(name.to_owned()), Some(kind(value)));
                    self.found.count(Drift { member, seen, ..drift }, 1);
                }
            }
        }
    }

    /// Of several types, the one that a value fits best: by its tag, or by the fewest differences. Returns whether there is
    /// one of its kind.
    fn union(&mut self, union: &'t Value, value: &Value) -> bool {
        self.choices.push(union);
        let tagged = union["tag"].as_str().and_then(|tag| Some((tag, value.get(tag)?)));
        let fits = match tagged {
            Some((tag, stated)) => {
                self.tagged(union, tag, stated, value);
                true
            }
            None => self.best_of(union, value),
        };
        self.choices.pop();
        fits
    }

    fn tagged(&mut self, union: &'t Value, tag: &str, stated: &Value, value: &Value) {
        let mut of_tag = variants(union).filter(|variant| variant["tag"] == *stated);
        let ty = of_tag.next().map(|variant| &variant["type"]).or(union.get("default"));
        match ty.and_then(Value::as_str) {
            Some(ty) if self.is_chosen(ty) => {}
            Some(ty) => self.value(ty, value),
            None => {
                self.way.push(tag.to_owned());
                self.unknown(stated);
                self.way.pop();
            }
        }
    }

    fn best_of(&mut self, union: &'t Value, value: &Value) -> bool {
        let before = std::mem::take(&mut self.found);
        let mut best: Option<Kept> = None;
        for ty in variants(union).filter_map(|variant| variant["type"].as_str()) {
            if self.is_chosen(ty) {
                continue;
            }
            self.value(ty, value);
            let found = std::mem::take(&mut self.found);
            if best.as_ref().is_none_or(|best| found.misfit() < best.misfit()) {
                best = Some(found);
            }
        }
        self.found = before;
        let best = best.unwrap_or_default();
        let is_other = best.is_of_another_kind(&self.pointer(0));
        if !is_other {
            self.found.add(best);
        }
        !is_other
    }

    /// Whether a type is a union that is looked at already.
    fn is_chosen(&self, ty: &str) -> bool {
        let ty = self.types.get(ty);
        ty.is_some_and(|ty| self.choices.iter().any(|chosen| std::ptr::eq(*chosen, ty)))
    }

    fn drift(&self, kind: DriftKind) -> Drift {
        let (at, within) = (self.pointer(0), self.pointer(self.schema.1));
        Drift { kind, at, schema: self.schema.0.to_owned(), within, ..self.reply.clone() }
    }

    /// The pointer of the steps from one on.
    fn pointer(&self, from: usize) -> String {
        let escaped = |step: &String| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
        self.way[from..].iter().map(escaped).collect()
    }
}

fn variants(union: &Value) -> impl Iterator<Item = &Value> {
    union["variants"].as_array().into_iter().flatten()
}

/// Whether the key of a member is a name, and not data, such as the address of a person or the number of an order.
fn is_name(key: &str) -> bool {
    let word = key.strip_prefix(['@', '$']).unwrap_or(key);
    let is_of_names = |c: char| c.is_alphanumeric() || "_-.:$".contains(c);
    key.len() <= LONGEST
        && word.starts_with(|c: char| is_of_names(c) && !c.is_numeric())
        && word.chars().all(is_of_names)
        && word.chars().filter(|c| c.is_numeric()).count() <= MOST_DIGITS
}
