//! What variants are named after, so that each has another name.

use std::collections::{HashMap, HashSet};

use crate::pipeline::model::Ty;
use crate::rust::names::{Case, Scope, words_of};

/// What a variant can be named after.
pub struct Word {
    /// A word of its own.
    pub own: Option<String>,
    /// Its type.
    pub ty: Ty,
    /// Its integers, if they have limits.
    pub limits: Option<(i64, i64)>,
}

impl Word {
    /// The words. Of variants with the same word it is told what they hold, and then the limits of that.
    pub fn told_apart(words: &[Self]) -> Vec<String> {
        let mut told: Vec<String> = words.iter().map(Self::short).collect();
        for longer in [Self::exact, Self::within_limits] {
            let names: Vec<String> = told.iter().map(|word| type_name(word)).collect();
            let is_alone = |name: &String| names.iter().filter(|other| *other == name).count() == 1;
            let tell = |((word, told), name): ((&Self, String), &String)| match is_alone(name) {
                true => told,
                false => longer(word).unwrap_or(told),
            };
            told = words.iter().zip(told).zip(&names).map(tell).collect();
        }
        told
    }

    /// The words without those of the union, if they begin with these: `ShapeCircle` of `Shape` → `Circle`. What is a
    /// tag stays as it is sent, and variants that would be called alike keep their words.
    pub fn within(union: &str, told: &[String], tags: &[String]) -> Vec<String> {
        let (union, tags) = (words_of(union), tags.iter().map(|tag| words_of(tag)));
        let tags: HashSet<_> = tags.collect();
        let own = told.iter().map(|word| behind(word, &union, &tags).unwrap_or(word));
        let own: Vec<&str> = own.collect();
        let names: Vec<String> = own.iter().map(|word| type_name(word)).collect();
        let mut users = HashMap::from([("Unrecognized", 1)]);
        names.iter().for_each(|name| *users.entry(name).or_default() += 1);
        let kept = told.iter().zip(own).zip(&names);
        kept.map(|((told, own), name)| {
            if users[name.as_str()] == 1 { own } else { told }.to_owned()
        })
        .collect()
    }

    fn short(&self) -> String {
        self.own.clone().unwrap_or_else(|| type_word(&self.ty).to_owned())
    }

    /// `u64` → `u64`, `Vec<Vec<i64>>` → `integer list list`
    fn exact(&self) -> Option<String> {
        match &self.ty {
            // A type with a name of its own is called as the variant is.
            Ty::Named(_) | Ty::Boxed(_) if self.own.is_some() => None,
            ty => Some(exact_word(ty)),
        }
    }

    fn within_limits(&self) -> Option<String> {
        match self.limits? {
            (i64::MIN, to) => Some(format!("up to {}", integer_words(to))),
            (from, i64::MAX) => Some(format!("from {}", integer_words(from))),
            (from, to) => Some(format!("from {} to {}", integer_words(from), integer_words(to))),
        }
    }
}

fn integer_words(integer: i64) -> String {
    let sign = if integer < 0 { "minus " } else { "" };
    format!("{sign}{}", integer.unsigned_abs())
}

/// The rest of a text behind these words, if that begins with a letter and the text is no tag.
fn behind<'a>(text: &'a str, before: &[String], tags: &HashSet<Vec<String>>) -> Option<&'a str> {
    let words = words_of(text);
    let rest = words.strip_prefix(before).filter(|rest| !rest.is_empty())?;
    if tags.contains(&words) {
        return None;
    }
    let starts = text.char_indices().filter(|(_, first)| first.is_alphabetic());
    let ends: Vec<&str> = starts.map(|(at, _)| &text[at..]).collect();
    // The further behind an end begins, the fewer words it has.
    let first = ends.partition_point(|end| words_of(end).len() > rest.len());
    ends.get(first).copied().filter(|end| words_of(end) == rest)
}

/// The name that a word makes.
pub fn type_name(word: &str) -> String {
    Scope::default().name(word, Case::Type).rust().to_owned()
}

/// The word that a variant is named after.
fn type_word(ty: &Ty) -> &str {
    match ty {
        Ty::Named(name) | Ty::Boxed(name) => name.rust(),
        Ty::Bool => "Boolean",
        Ty::Integer(_) => "Integer",
        Ty::Float => "Number",
        Ty::String => "String",
        Ty::Formatted(format) => format.word(),
        Ty::Own(own) => own.path.last(),
        Ty::File => "File",
        Ty::Json => "Value",
        Ty::JsonObject | Ty::Map(_) => "Object",
        Ty::List(_) => "List",
        Ty::Tuple(_) => "Tuple",
        Ty::Nullable(ty) => type_word(ty),
    }
}

/// The word of a type that is not the only one with its word.
fn exact_word(ty: &Ty) -> String {
    match ty {
        Ty::Integer(ty) => ty.rust().trim_start_matches("crate::").to_owned(),
        ty => word_with_items(ty),
    }
}

fn word_with_items(ty: &Ty) -> String {
    match ty {
        Ty::List(items) => format!("{} list", word_with_items(items)),
        Ty::Map(values) => format!("{} map", word_with_items(values)),
        ty => type_word(ty).to_owned(),
    }
}
