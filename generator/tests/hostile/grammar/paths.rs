//! Paths, operations, and what they send and receive.

use serde_json::{Value, json};

use super::{Maker, NAMES};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const STATUSES: &[&str] = &["200", "201", "204", "2XX", "404", "4XX", "default", "0", "999", "2xx"];
const MEDIA: &[&str] = &[
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "application/octet-stream",
    "application/problem+json",
    "*/*",
    "text/event-stream",
];

impl Maker<'_> {
    pub(super) fn paths(&mut self) -> Value {
        if self.tame {
            let mut paths = self.named(&["/a", "/b/c", "/x?b=1", "/a#b"], 3, Self::path_item);
            paths["/a/{p}"] = self.path_item();
            paths["/a/{p}"]["parameters"] = json!([
                { "name": "p", "in": "path", "required": true, "schema": { "type": "string" } },
            ]);
            return paths;
        }
        let paths =
            ["/a", "/a/{id}", "/{a}/{b}", "/x?b=1", "/x/{}", "/{id:path}", "a", "/a#b", "//"];
        self.named(&paths, 3, Self::path_item)
    }

    pub(super) fn path_item(&mut self) -> Value {
        let mut item = self.named(METHODS, 3, Self::operation);
        if let (Value::Object(item), true) = (&mut item, self.chance(3)) {
            item.insert("parameters".to_owned(), self.list(2, Self::parameter));
        }
        item
    }

    fn operation(&mut self) -> Value {
        let mut operation = self.object(&[
            ("operationId", |it| it.name().into()),
            ("summary", Self::text),
            ("description", Self::text),
            ("tags", |it| json!([it.name()])),
            ("parameters", |it| it.list(3, Self::parameter)),
            ("requestBody", Self::body),
            ("responses", |it| it.named(STATUSES, 3, Self::response)),
            ("security", |it| it.list(2, Self::requirement)),
            ("deprecated", Self::flag),
            ("callbacks", |it| it.named(NAMES, 1, |it| it.named(NAMES, 1, Self::path_item))),
            ("x-client-retry", |it| {
                if it.tame { "safe".into() } else { it.word(&["safe", "unsafe", "by-key"]).into() }
            }),
            ("x-client-retry-key", |it| it.word(NAMES).into()),
            ("x-client-rate-limit", |it| it.word(&["a"]).into()),
            ("x-rust-name", Self::text),
            ("x-client-spends-credits", Self::flag),
            ("x-client-bulk", Self::flag),
        ]);
        if let (Value::Object(members), true) = (&mut operation, self.mischance(10)) {
            let batch = json!({ "run-id": self.word(NAMES), "results": self.word(NAMES), "row": self.word(NAMES) });
            members.insert("x-client-batch".to_owned(), batch);
        }
        operation
    }

    pub(super) fn parameter(&mut self) -> Value {
        if self.chance(6) {
            return self.reference("parameters");
        }
        let place = self.word(&["path", "path", "query", "query", "header", "cookie"]);
        let style = self.word(&["form", "simple", "deepObject", "pipeDelimited", "matrix"]);
        let mut parameter = json!({
            "name": self.word(NAMES),
            "in": place,
            "required": self.flag(),
            "schema": self.schema(),
        });
        if self.chance(3) {
            parameter["style"] = style.into();
            parameter["explode"] = self.flag();
        }
        if self.chance(3) {
            parameter["example"] = self.junk(2);
        }
        parameter["description"] = self.text();
        parameter
    }

    pub(super) fn body(&mut self) -> Value {
        match self.chance(8) {
            true => self.reference("requestBodies"),
            false => {
                json!({ "required": self.flag(), "description": self.text(), "content": self.content() })
            }
        }
    }

    pub(super) fn content(&mut self) -> Value {
        self.named(MEDIA, 2, |it| {
            let mut media = json!({ "schema": it.schema() });
            if it.chance(4) {
                media["example"] = it.junk(2);
            }
            media
        })
    }

    fn link(&mut self) -> Value {
        json!({
            "operationId": self.word(NAMES),
            "description": self.text(),
            "parameters": { self.word(NAMES): self.text(), "path.id": "$response.body#/id" },
        })
    }

    pub(super) fn response(&mut self) -> Value {
        match self.chance(8) {
            true => self.reference("responses"),
            false => self.object(&[
                ("description", Self::text),
                ("content", Self::content),
                ("content", Self::content),
                ("links", |it| it.named(NAMES, 1, Self::link)),
                ("headers", |it| {
                    it.named(
                        NAMES,
                        2,
                        |it| json!({ "schema": it.schema(), "description": it.text() }),
                    )
                }),
            ]),
        }
    }
}
