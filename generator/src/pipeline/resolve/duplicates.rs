//! One type for inline schemas that are the same: descriptions written by generators repeat
//! whole objects in every place that has one, and in every form of a body.

use std::collections::HashMap;
use std::fmt::Write;

use foldhash::quality::RandomState;
use indexmap::IndexMap;

use super::{
    Access, Additional, Extension, Extensions, Kind, MediaType, Object, Schema, StringContent,
};
pub(super) use crate::pipeline::normalize::is_component;
use crate::pointer::Pointer;

type Schemas = IndexMap<Pointer, Schema>;

/// Objects with fewer fields than this may be equal by chance, so their names have to agree.
const TELLING: usize = 4;

/// In fewer places than this, types of their own are clearer than a shared one.
const OFTEN: usize = 3;

/// Makes every inline schema that repeats another one a reference to it. The title, the description, the default and the
/// null of the location itself stay there.
pub fn fold(mut schemas: Schemas, repeated: Vec<(Pointer, Pointer)>) -> Schemas {
    for (at, first) in repeated {
        if let Some(schema) = schemas.get_mut(&first) {
            schema.repeated_at.push(at.clone());
        }
        if let Some(schema) = schemas.get_mut(&at) {
            schema.kind = Kind::Alias(first);
        }
    }
    schemas
}

/// The schemas that repeat another one, each with that other one.
///
/// Two schemas are the same if their values are, including all descriptions within them.
pub fn find_repeated(schemas: &Schemas) -> Vec<(Pointer, Pointer)> {
    let mut shapes = Shapes::new(schemas);
    let mut places: IndexMap<(usize, Option<String>), Vec<&Pointer>> = IndexMap::new();
    let (components, inline): (Vec<_>, Vec<_>) =
        named(schemas).partition(|(_, schema)| is_component(&schema.at));
    for (index, schema) in components.into_iter().chain(inline) {
        let key = (shapes.values(index), own_word(schema));
        places.entry(key).or_default().push(&schema.at);
    }
    let often = places.into_values().filter(|places| places.len() >= OFTEN);
    let pairs = often.chain(forms(schemas, &mut shapes)).flat_map(|places| {
        let first = places.first().copied().cloned();
        let inline = places.into_iter().skip(1).filter(|at| !is_component(at));
        inline.filter_map(move |at| Some((at.clone(), first.clone()?)))
    });
    pairs.collect()
}

/// The forms of one body that are the same; two are enough, because they describe one thing.
///
/// Parts are left out: a file has another type there.
fn forms<'a>(schemas: &'a Schemas, shapes: &mut Shapes<'a>) -> Vec<Vec<&'a Pointer>> {
    let mut places: IndexMap<(usize, Pointer), Vec<&Pointer>> = IndexMap::new();
    for (index, schema) in named(schemas) {
        if let Some(content) = content(&schema.at) {
            places.entry((shapes.values(index), content)).or_default().push(&schema.at);
        }
    }
    places.into_values().filter(|places| places.len() > 1).collect()
}

/// `/paths/~1pets/post/requestBody/content/text~1json/schema` → `/paths/~1pets/post/requestBody/content`
fn content(schema: &Pointer) -> Option<Pointer> {
    let steps: Vec<_> = schema.steps().collect();
    let [.., content, media, last] = steps.as_slice() else { return None };
    let is_form = content == "content" && last == "schema" && !MediaType::new(media).is_multipart();
    schema.parent().filter(|_| is_form)?.parent()
}

/// The schemas that get a type whose name no overlay chose, by their indices.
fn named(schemas: &Schemas) -> impl Iterator<Item = (usize, &Schema)> {
    schemas.values().enumerate().filter(|(_, schema)| has_name(schema))
}

/// Whether a schema gets a type, and no overlay chose a name for it.
fn has_name(schema: &Schema) -> bool {
    let named = match &schema.kind {
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::MixedEnum(_) | Kind::Union(_) => true,
        Kind::Object(object) => !object.fields.is_empty(),
        _ => false,
    };
    named && schema.extensions.get(Extension::RustName).is_none()
}

/// The word that has to be equal, too, if a schema has few fields.
fn own_word(schema: &Schema) -> Option<String> {
    match &schema.kind {
        Kind::Object(object) if object.fields.len() >= TELLING => None,
        _ => Some(word(&schema.at)),
    }
}

/// `/components/schemas/User/properties/tags/items` → `tags`
fn word(at: &Pointer) -> String {
    let last = at.steps().next_back().unwrap_or_default();
    match at.parent() {
        Some(parent) if matches!(last.as_str(), "items" | "additionalProperties" | "schema") => {
            word(&parent)
        }
        _ => last.to_lowercase(),
    }
}

/// Numbers for schemas: equal numbers, equal schemas.
struct Shapes<'a> {
    schemas: &'a Schemas,
    /// Those of values, by the indices of the schemas, and those of schemas with their documentation.
    values: Vec<Option<usize>>,
    places: Vec<Option<usize>>,
    known: HashMap<String, usize, RandomState>,
    next: usize,
}

impl<'a> Shapes<'a> {
    fn new(schemas: &'a Schemas) -> Self {
        let unknown = vec![None; schemas.len()];
        Self {
            schemas,
            values: unknown.clone(),
            places: unknown,
            known: HashMap::default(),
            next: 0,
        }
    }

    /// A number for the values of the schema of this index.
    fn values(&mut self, index: usize) -> usize {
        if let Some(known) = self.values[index] {
            return known;
        }
        let schemas = self.schemas;
        let text = self.text_of_values(&schemas[index]);
        let number = self.number(text);
        self.values[index] = Some(number);
        number
    }

    fn text_of_values(&mut self, schema: &Schema) -> String {
        match &schema.kind {
            Kind::Object(object) => self.object(object),
            Kind::Union(union) => {
                format!("union {:?} {:?}", self.places(&union.variants), union.discriminator)
            }
            Kind::Tuple(items) => format!("tuple {:?}", self.places(items)),
            Kind::Array(items) => format!("list {:?}", items.as_ref().map(|it| self.place(it))),
            Kind::AllOf(members) => format!("all {:?}", self.places(members)),
            Kind::Alias(to) => format!("same {}", self.place(to)),
            Kind::StringEnum(_) | Kind::IntegerEnum(_) => {
                format!("{:?} {:?}", schema.kind, schema.value_docs)
            }
            plain => format!("{plain:?}"),
        }
    }

    fn object(&mut self, object: &Object) -> String {
        let mut text = String::from("object");
        for field in &object.fields {
            let schema = field.schema.as_ref().map(|at| self.place(at));
            text.push_str(if field.required { " and " } else { " or " });
            push_number(&mut text, schema.unwrap_or_default());
            text.push(' ');
            push_text(&mut text, &field.name);
        }
        match &object.additional {
            Additional::Schema(at) => text + &format!(" rest {}", self.place(at)),
            other => text + &format!(" rest {other:?}"),
        }
    }

    fn places(&mut self, places: &[Pointer]) -> Vec<usize> {
        places.iter().map(|at| self.place(at)).collect()
    }

    /// A number for a schema with its documentation; a component is equal to itself only.
    fn place(&mut self, at: &Pointer) -> usize {
        // A reference to nothing is equal to nothing.
        let Some((index, _, schema)) = self.schemas.get_full(at) else { return self.new_number() };
        if let Some(known) = self.places[index] {
            return known;
        }
        let own = self.new_number();
        // A schema that holds itself finds this number.
        self.places[index] = Some(own);
        if is_component(&schema.at) {
            return own;
        }
        let values = self.values(index);
        let number = self.number(around_values(values, schema));
        self.places[index] = Some(number);
        number
    }

    fn number(&mut self, text: String) -> usize {
        let next = self.next + 1;
        let number = *self.known.entry(text).or_insert(next);
        self.next = self.next.max(number);
        number
    }

    fn new_number(&mut self) -> usize {
        self.next += 1;
        self.next
    }
}

/// What a schema says, given the number of its values. Most say little besides, so what is usual is left out.
fn around_values(values: usize, schema: &Schema) -> String {
    let Schema { title, description, nullable, default, .. } = schema;
    let Schema { deprecated, access, constraints, content, extensions, .. } = schema;
    let mut text = String::new();
    push_number(&mut text, values);
    text.push_str(if *nullable { " nullable" } else { "" });
    text.push_str(if *deprecated { " deprecated" } else { "" });
    text.push_str(match access {
        Access::Both => "",
        Access::ReadOnly => " read",
        Access::WriteOnly => " write",
    });
    for (word, said) in [(" title ", title), (" description ", description)] {
        if let Some(said) = said {
            text.push_str(word);
            push_text(&mut text, said);
        }
    }
    if default.is_some() {
        let _ = write!(text, " default {default:?}");
    }
    if !constraints.is_empty() {
        let _ = write!(text, " constraints {constraints:?}");
    }
    if *content != StringContent::default() {
        let _ = write!(text, " content {content:?}");
    }
    if *extensions != Extensions::default() {
        let _ = write!(text, " extensions {extensions:?}");
    }
    text
}

/// The length keeps the text from running into what follows it.
fn push_text(to: &mut String, text: &str) {
    push_number(to, text.len());
    to.push(' ');
    to.push_str(text);
}

fn push_number(to: &mut String, number: usize) {
    // Writing to a string never fails.
    let _ = write!(to, "{number}");
}
