//! Descriptions by the grammar of OpenAPI, with a hostile word or a wrong kind of value wherever chance wants one.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::payloads::PAYLOADS;

mod paths;
mod schema;

/// A description, as JSON or as YAML.
pub fn description(rng: &mut Rng) -> String {
    let tame = rng.u32(0..3) > 0;
    let value = Maker { rng, depth: 0, tame }.document();
    match rng.bool() {
        true => value.to_string(),
        false => serde_yaml::to_string(&value).unwrap_or_default(),
    }
}

/// Anything at all, a few levels deep.
pub fn junk(rng: &mut Rng) -> Value {
    Maker { rng, depth: 0, tame: false }.junk(3)
}

/// One word of many that hurt.
pub fn payload(rng: &mut Rng) -> String {
    rng.choice(PAYLOADS).copied().unwrap_or_default().to_owned()
}

const NAMES: &[&str] = &["a", "b", "A", "B", "id", "name", "type", "kind", "User", "user", "items"];
/// The components of a tame description, all of which are there.
const REFERRED: &[&str] = &["a", "A", "User"];
const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object", "null"];

/// A key, and how its value is made.
type Member<'k, M> = (&'k str, fn(&mut M) -> Value);

struct Maker<'r> {
    rng: &'r mut Rng,
    depth: usize,
    /// Whether the description is to be valid but for its free texts, as far as chance can see to that.
    tame: bool,
}

impl Maker<'_> {
    fn chance(&mut self, one_in: u32) -> bool {
        self.rng.u32(0..one_in) == 0
    }

    /// A chance that a tame description does not have.
    fn mischance(&mut self, one_in: u32) -> bool {
        !self.tame && self.chance(one_in)
    }

    fn of(&mut self, words: &[&str]) -> String {
        self.rng.choice(words).copied().unwrap_or_default().to_owned()
    }

    /// One of these words as a rule, else one that hurts.
    fn word(&mut self, words: &[&str]) -> String {
        if self.mischance(8) { payload(self.rng) } else { self.of(words) }
    }

    fn text(&mut self) -> Value {
        let mut text = payload(self.rng);
        for _ in 0..self.rng.usize(0..3) {
            text.push_str(&payload(self.rng));
        }
        text.into()
    }

    /// The name of a component or a property; any text will do for one.
    fn name(&mut self) -> String {
        if self.chance(3) { payload(self.rng) } else { self.of(NAMES) }
    }

    fn junk(&mut self, depth: usize) -> Value {
        match self.rng.u32(0..if depth == 0 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => self.rng.bool().into(),
            2 => self.rng.i64(..).into(),
            3 => json!(self.rng.f64() * 1e300),
            4 => self.text(),
            5 => (0..self.rng.usize(0..3)).map(|_| self.junk(depth - 1)).collect(),
            _ => {
                let entries = self.rng.usize(0..3);
                let entry = |_| (payload(self.rng), Value::Null);
                let mut object: Map<_, _> = (0..entries).map(entry).collect();
                object.values_mut().for_each(|value| *value = self.junk(depth - 1));
                object.into()
            }
        }
    }

    /// An object of members that are there or not, and now and then something else.
    fn object(&mut self, members: &[Member<'_, Self>]) -> Value {
        if self.mischance(60) {
            return self.junk(2);
        }
        let mut object = Map::new();
        for (key, make) in members {
            if self.chance(2) {
                let value = if self.mischance(40) { self.junk(2) } else { make(self) };
                object.insert((*key).to_owned(), value);
            }
        }
        if self.chance(20) {
            object.insert(payload(self.rng), self.junk(1));
        }
        object.into()
    }

    fn named(&mut self, words: &[&str], most: usize, make: fn(&mut Self) -> Value) -> Value {
        let mut object = Map::new();
        for _ in 0..self.rng.usize(0..=most) {
            let name = self.word(words);
            object.insert(name, make(self));
        }
        object.into()
    }

    fn list(&mut self, most: usize, make: fn(&mut Self) -> Value) -> Value {
        (0..self.rng.usize(0..=most)).map(|_| make(self)).collect()
    }

    fn flag(&mut self) -> Value {
        self.rng.bool().into()
    }

    fn document(&mut self) -> Value {
        let mut document = self.object(&[
            ("servers", |it| it.list(2, Self::server)),
            ("tags", |it| it.list(3, Self::tag)),
            ("security", |it| it.list(2, Self::requirement)),
            ("webhooks", |it| it.named(NAMES, 1, Self::path_item)),
            (
                "x-client-rate-limits",
                |it| json!({ "a": { "requests": it.rng.u32(0..3), "seconds": it.junk(0) } }),
            ),
            (
                "x-client-signals",
                |it| json!({ "success-field": it.text(), "balance-fields": [it.text()] }),
            ),
            ("externalDocs", |it| json!({ "url": it.text() })),
        ]);
        if let Value::Object(document) = &mut document {
            let version = self.word(&["3.0.0", "3.0.3", "3.1.0", "3.1.1", "3.2.0"]);
            document.insert("openapi".to_owned(), version.into());
            if self.tame {
                let limits = json!({ "a": { "requests": self.rng.u32(1..3), "seconds": 1 } });
                document.insert("x-client-rate-limits".to_owned(), limits);
            }
            document.insert("info".to_owned(), self.info());
            document.insert("paths".to_owned(), self.paths());
            document.insert("components".to_owned(), self.components());
        }
        document
    }

    fn info(&mut self) -> Value {
        let (title, version) = (self.text(), self.text());
        let license = json!({ "name": self.text(), "url": self.text() });
        json!({ "title": title, "version": version, "description": self.text(), "license": license })
    }

    fn server(&mut self) -> Value {
        let urls =
            ["https://a.example", "http://user:key@a", "javascript:x", "/v1", "https://{a}.b"];
        let url = self.word(&urls);
        json!({ "url": url, "variables": { "a": { "default": self.text() } } })
    }

    fn tag(&mut self) -> Value {
        json!({ "name": self.word(NAMES), "description": self.text() })
    }

    fn requirement(&mut self) -> Value {
        let known: &[&str] = if self.mischance(4) { &["none"] } else { &["key", "staff"] };
        let scheme = self.of(known);
        json!({ scheme: [self.text()] })
    }

    fn reference(&mut self, kind: &str) -> Value {
        let name = self.of(if self.tame { REFERRED } else { NAMES });
        let reference = match if self.tame { 9 } else { self.rng.u32(0..12) } {
            0 => payload(self.rng),
            1 => format!("#/components/schemas/{name}/properties/{name}"),
            2 => format!("other.yaml#/{name}"),
            3 => "#/paths/~1a/get".to_owned(),
            _ => format!("#/components/{kind}/{name}"),
        };
        json!({ "$ref": reference })
    }

    fn components(&mut self) -> Value {
        let mut components = self.object(&[
            ("parameters", |it| it.named(NAMES, 2, Self::parameter)),
            ("responses", |it| it.named(NAMES, 2, Self::response)),
            ("requestBodies", |it| it.named(NAMES, 2, Self::body)),
            ("headers", |it| it.named(NAMES, 2, |it| json!({ "schema": it.schema() }))),
            ("examples", |it| it.named(NAMES, 2, |it| json!({ "value": it.junk(2) }))),
        ]);
        if let Value::Object(components) = &mut components {
            components.insert("schemas".to_owned(), self.named(NAMES, 6, Self::schema));
            if self.tame {
                self.complete(components);
            }
            let schemes = json!({
                "key": { "type": "apiKey", "in": self.word(&["header", "query", "cookie"]), "name": self.text() },
                "token": { "type": "http", "scheme": self.word(&["bearer", "basic"]), "description": self.text() },
                "staff": {
                    "type": "oauth2",
                    "flows": { "clientCredentials": { "tokenUrl": self.text(), "scopes": {} } },
                },
            });
            components.insert("securitySchemes".to_owned(), schemes);
        }
        components
    }

    /// Puts something at every place to which a reference may lead.
    fn complete(&mut self, components: &mut Map<String, Value>) {
        let parts: [Member<'_, Self>; 4] = [
            ("schemas", Self::inline_schema),
            ("parameters", |it| json!({ "name": it.text(), "in": "query", "schema": it.schema() })),
            ("responses", |it| json!({ "description": it.text(), "content": it.content() })),
            ("requestBodies", |it| json!({ "content": it.content() })),
        ];
        for (section, make) in parts {
            let section = components.entry(section).or_insert_with(|| json!({}));
            for name in REFERRED {
                section[*name] = make(self);
            }
        }
    }
}
