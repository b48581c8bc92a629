//! Makes values, and judges them.

use fastrand::Rng;
use serde_json::Value;

use super::flat::Flat;
use super::types::{Types, types_of};
use super::{lists, numbers, objects, texts};
use crate::schemas::Schemas;

/// No value is made of schemas that are nested deeper.
const DEEPEST: usize = 16;

/// From this depth on, members that may be absent are left out, and short branches are tried first.
pub const DEEPEST_FULL: usize = 4;

/// A value has no more parts than that: a schema of a few lines may ask for billions.
const MOST_PARTS: usize = 5_000;

/// As many characters are in all texts of a value together.
const MOST_CHARACTERS: usize = 100_000;

/// Ways to make a value, one of which may fit where another one does not.
const ATTEMPTS: usize = 8;

/// Who sends a value: members that are `readOnly` are not in requests, and those that are `writeOnly` not in responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The client.
    Request,
    /// The service.
    Response,
}

/// Makes values of schemas. The same seed makes the same value.
#[derive(Clone, Copy, Debug)]
pub struct ValueMaker<'a> {
    schemas: &'a Schemas,
    direction: Direction,
    is_full: bool,
}

impl<'a> ValueMaker<'a> {
    /// A maker of values of schemas that refer to these.
    #[must_use]
    pub fn new(schemas: &'a Schemas, direction: Direction) -> Self {
        Self { schemas, direction, is_full: true }
    }

    /// Leaves out what may be absent.
    #[must_use]
    pub fn required_only(self) -> Self {
        Self { is_full: false, ..self }
    }

    /// A value that fits a schema. There is none if nothing fits, or if no value was found that is small enough.
    #[must_use]
    pub fn value(&self, schema: &'a Value, seed: u64) -> Option<Value> {
        let attempts = (0..ATTEMPTS).filter_map(|attempt| {
            let mut making = Making::new(self, attempt, seed);
            making.value(&[schema], "value", 0)
        });
        attempts.into_iter().find(|value| self.schemas.fits(schema, value))
    }
}

/// A value that is being made.
pub struct Making<'a> {
    pub schemas: &'a Schemas,
    pub direction: Direction,
    pub rng: Rng,
    /// Whether members that may be absent are there.
    pub is_full: bool,
    takes_examples: bool,
    /// By how many the branches of choices are moved.
    rotation: usize,
    parts_left: usize,
    characters_left: usize,
}

impl<'a> Making<'a> {
    fn new(maker: &ValueMaker<'a>, attempt: usize, seed: u64) -> Self {
        Self {
            schemas: maker.schemas,
            direction: maker.direction,
            rng: Rng::with_seed(seed),
            is_full: maker.is_full && attempt.is_multiple_of(2),
            takes_examples: attempt < 2,
            rotation: attempt / 2,
            parts_left: MOST_PARTS,
            characters_left: MOST_CHARACTERS,
        }
    }

    /// How many further parts the value may have.
    pub fn parts_left(&self) -> usize {
        self.parts_left
    }

    /// Whether members that may be absent are there at a depth.
    pub fn is_full_at(&self, depth: usize) -> bool {
        self.is_full && depth < DEEPEST_FULL
    }

    /// A value that fits all of these schemas; `name` is what it is called where it stands.
    pub fn value(&mut self, schemas: &[&'a Value], name: &str, depth: usize) -> Option<Value> {
        let mut flat = Flat::default();
        schemas.iter().for_each(|schema| flat.add(self.schemas.table(), schema));
        self.chosen(flat, name, depth, 0)
    }

    /// Adds a branch of each choice, and makes the value.
    fn chosen(
        &mut self,
        mut flat: Flat<'a>,
        name: &str,
        depth: usize,
        added: usize,
    ) -> Option<Value> {
        self.parts_left = self.parts_left.checked_sub(1)?;
        if flat.is_impossible || depth > DEEPEST || added > DEEPEST {
            return None;
        }
        if let Some(example) = self.example(&flat) {
            return Some(example);
        }
        let Some(branches) = flat.choices.pop() else { return self.judged(&flat, name, depth) };
        self.in_order(branches, depth).into_iter().find_map(|branch| {
            let mut with_branch = flat.clone();
            with_branch.add(self.schemas.table(), branch);
            self.chosen(with_branch, name, depth, added + 1)
        })
    }

    fn in_order(&self, branches: &'a [Value], depth: usize) -> Vec<&'a Value> {
        let mut ordered: Vec<&Value> = branches.iter().collect();
        ordered.rotate_left(self.rotation % branches.len());
        let is_long = |branch: &Value| {
            let types = types_of(self.schemas.table(), branch);
            types & (Types::OBJECT | Types::ARRAY) != Types::NONE
        };
        // Null says nothing, unless a value has to come to its end.
        match depth < DEEPEST_FULL {
            true => {
                ordered.sort_by_key(|branch| types_of(self.schemas.table(), branch) == Types::NULL)
            }
            false => ordered.sort_by_key(|branch| is_long(branch)),
        }
        ordered
    }

    fn example(&self, flat: &Flat<'a>) -> Option<Value> {
        let first = |all: &'a Value| all.as_array().and_then(|all| all.first());
        let mut examples = flat.all("examples").filter_map(first).chain(flat.all("example"));
        let example = examples.find(|_| self.takes_examples)?;
        let fits = |schema: &&serde_json::Map<String, Value>| {
            self.schemas.fits(&Value::Object((*schema).clone()), example)
        };
        flat.schemas.iter().all(fits).then(|| example.clone())
    }

    fn judged(&mut self, flat: &Flat<'a>, name: &str, depth: usize) -> Option<Value> {
        let schemas = self.schemas;
        let fits = |value: &Value| flat.judged.iter().all(|schema| schemas.fits(schema, value));
        if let Some(options) = options(flat) {
            let types = flat.types();
            let fitting = options.into_iter().filter(|it| types.has(Types::of(it)) && fits(it));
            return self.one_of(fitting.collect()).cloned();
        }
        likely(flat).into_iter().find_map(|types| self.typed(flat, types, name, depth).filter(fits))
    }

    fn typed(&mut self, flat: &Flat<'a>, types: Types, name: &str, depth: usize) -> Option<Value> {
        match types {
            Types::OBJECT => objects::value(self, flat, depth),
            Types::ARRAY => lists::value(self, flat, name, depth),
            Types::STRING => self.text(flat, name).map(Value::from),
            Types::INTEGER | Types::NUMBER => numbers::value(&mut self.rng, flat, types),
            Types::BOOLEAN => Some(self.rng.bool().into()),
            _ => Some(Value::Null),
        }
    }

    fn one_of(&mut self, options: Vec<&'a Value>) -> Option<&'a Value> {
        (!options.is_empty()).then(|| options[self.rng.usize(..options.len())])
    }

    /// A text within what is left of characters.
    pub fn text(&mut self, flat: &Flat<'a>, name: &str) -> Option<String> {
        let text = texts::value(&mut self.rng, flat, name, self.characters_left)?;
        self.characters_left = self.characters_left.checked_sub(text.len())?;
        Some(text)
    }
}

/// The values that are listed, if they are: by `const`, or those that each `enum` has.
fn options<'a>(flat: &Flat<'a>) -> Option<Vec<&'a Value>> {
    let mut constants = flat.all("const").map(|only| vec![only]);
    let mut lists = flat.all("enum").filter_map(Value::as_array);
    let first = constants.next().or_else(|| lists.next().map(|list| list.iter().collect()))?;
    let in_all = |value: &&Value| {
        let mut enums = flat.all("enum").filter_map(Value::as_array);
        enums.all(|list| list.contains(value)) && flat.all("const").all(|only| only == *value)
    };
    Some(first.into_iter().filter(in_all).collect())
}

/// The types to try, the one that the keywords are about first.
fn likely(flat: &Flat<'_>) -> Vec<Types> {
    let allowed = flat.types();
    let kinds: &[(Types, &[&str])] = &[
        (
            Types::OBJECT,
            &[
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
                "minProperties",
            ],
        ),
        (Types::ARRAY, &["items", "prefixItems", "minItems", "contains", "uniqueItems"]),
        (Types::STRING, &["pattern", "minLength", "maxLength", "format", "contentEncoding"]),
        (
            Types::INTEGER,
            &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
        ),
    ];
    let is_meant = |words: &[&str]| words.iter().any(|word| flat.all(word).next().is_some());
    let meant = kinds.iter().filter(|(_, words)| is_meant(words)).map(|(types, _)| *types);
    let others = [Types::STRING, Types::NUMBER, Types::INTEGER, Types::OBJECT, Types::ARRAY];
    let all = meant.chain(others).chain([Types::BOOLEAN, Types::NULL]);
    let mut likely: Vec<Types> = Vec::new();
    all.filter(|types| allowed.has(*types)).for_each(|types| {
        if !likely.contains(&types) {
            likely.push(types);
        }
    });
    likely
}
