//! Items: what builders return, before a selection. The module and the feature of an item depend on which others are
//! selected, so they are added later.

use serde_json::Value;

use super::{
    Check, Derive, ErrorEnum, MetaHeader, Operation, RateLimits, SchemaExample, Shape, Tag,
    TypeDef, TypeDocs, TypeModule, Webhooks,
};
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// All items of a description.
#[derive(Debug)]
pub struct Items {
    pub tags: Vec<TagItems>,
    pub webhooks: Webhooks,
    pub definitions: Vec<Definition>,
    pub headers: Vec<MetaHeader>,
    pub rate_limits: RateLimits,
    pub schema_examples: Vec<SchemaExample>,
}

impl Items {
    /// The operations of all tags, in their order.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.tags.iter().flat_map(|tag| &tag.operations)
    }
}

/// The operations of a tag.
#[derive(Debug)]
pub struct TagItems {
    pub name: Name,
    pub type_name: Name,
    pub description: Option<String>,
    pub parent: Option<String>,
    pub operations: Vec<Operation>,
    pub errors: Vec<ErrorEnum>,
}

impl TagItems {
    pub fn with_feature(self, feature: Option<String>) -> Tag {
        let Self { name, type_name, description, parent, operations, errors } = self;
        Tag { name, type_name, feature, description, parent, operations, errors }
    }
}

/// The definition of a type.
#[derive(Debug)]
pub struct Definition {
    pub name: Name,
    pub aliases: Vec<Name>,
    pub docs: TypeDocs,
    pub at: Pointer,
    pub shape: Shape,
    pub example: Option<Value>,
}

impl Definition {
    /// The type in its module; `checks` are those of its `validate`, if it has that.
    pub fn in_module(
        self,
        type_module: TypeModule,
        checks: Option<Vec<Check>>,
        derives: Vec<Derive>,
    ) -> TypeDef {
        let Self { name, aliases, docs, at, shape, example } = self;
        let validates = checks.is_some();
        let checks = checks.unwrap_or_default();
        #[rustfmt::skip]
        let definition =
            TypeDef { name, aliases, docs, at, type_module, shape, derives, example, checks, validates };
        definition
    }
}
