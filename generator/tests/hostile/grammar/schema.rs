//! Schemas of all kinds and of none.

use serde_json::{Map, Value, json};

use super::{Maker, NAMES, TYPES, payload};

const FORMATS: &[&str] =
    &["date-time", "date", "int32", "int64", "float", "binary", "byte", "uuid"];

impl Maker<'_> {
    pub fn schema(&mut self) -> Value {
        if self.chance(4) {
            return self.reference("schemas");
        }
        self.depth += 1;
        let schema =
            if self.depth > 4 { json!({ "type": "string" }) } else { self.inline_schema() };
        self.depth -= 1;
        schema
    }

    pub fn inline_schema(&mut self) -> Value {
        let mut schema = self.object(&[
            ("title", Self::text),
            ("description", Self::text),
            ("nullable", Self::flag),
            ("deprecated", Self::flag),
            ("default", |it| it.junk(1)),
            ("example", |it| it.junk(2)),
            ("x-rust-name", Self::text),
        ]);
        let Value::Object(members) = &mut schema else { return schema };
        for _ in 0..self.rng.usize(1..3) {
            let (key, value) = self.keyword();
            members.insert(key, value);
        }
        schema
    }

    fn keyword(&mut self) -> (String, Value) {
        let (key, value) = match self.rng.u32(0..22) {
            0..=3 => ("type", self.word(TYPES).into()),
            4 => ("type", json!([self.of(TYPES), self.of(TYPES)])),
            5 => ("format", self.word(FORMATS).into()),
            6 | 7 => {
                let properties = (0..self.rng.usize(0..6)).map(|_| (self.name(), self.schema()));
                ("properties", properties.collect::<Map<_, _>>().into())
            }
            8 => ("required", json!([self.word(NAMES), self.of(NAMES)])),
            9 => ("items", self.schema()),
            10 => {
                ("additionalProperties", if self.chance(2) { self.flag() } else { self.schema() })
            }
            11 => ("allOf", self.list(3, Self::schema)),
            12 => ("oneOf", self.list(3, Self::schema)),
            13 => ("anyOf", self.list(3, Self::schema)),
            14 | 15 => {
                ("enum", self.list(6, |it| if it.chance(3) { it.junk(1) } else { it.text() }))
            }
            16 => ("const", self.junk(1)),
            17 => (
                "discriminator",
                json!({ "propertyName": self.word(NAMES), "mapping": { payload(self.rng): "a" } }),
            ),
            18 => (
                self.rng.choice(["minimum", "maximum", "multipleOf"]).unwrap_or("minimum"),
                self.junk(0),
            ),
            19 => (
                self.rng.choice(["minLength", "maxItems", "pattern"]).unwrap_or("pattern"),
                self.junk(0),
            ),
            20 => ("not", self.schema()),
            _ => ("prefixItems", self.list(2, Self::schema)),
        };
        (key.to_owned(), value)
    }
}
