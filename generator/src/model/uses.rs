//! What a client needs of the runtime beyond what all clients need.

use super::{
    Api, BodyForm, Credential, Field, Format, Grant, Home, Limit, Operation, Presence, Reply, Sent,
    Shape, Sought, Struct, Ty, TypeDef, Webhook, Written, homes,
};

/// The methods of `std::ops` that take a value beside their own.
const OPERATORS: &[&str] =
    &["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

impl Api {
    /// The operations of all tags, in their order.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.tags.iter().flat_map(|tag| &tag.operations)
    }

    /// The feature that a module's types belong to.
    #[must_use]
    pub fn feature_of(&self, home: &Home) -> Option<&str> {
        match home {
            Home::Tag(module) => {
                let tag = self.tags.iter().find(|tag| tag.name.rust() == module);
                tag.and_then(|tag| tag.feature.as_deref())
            }
            Home::Common => None,
        }
    }

    /// The features that tags are.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().filter_map(|tag| tag.feature.as_deref())
    }

    /// Whether any operation submits batches.
    #[must_use]
    pub fn has_batches(&self) -> bool {
        self.operations().any(|found| found.batch.is_some())
    }

    /// Whether any operation has a method for many requests.
    #[must_use]
    pub fn has_bulk(&self) -> bool {
        self.operations().any(|found| found.bulk.is_some())
    }

    /// Whether the reply of any operation comes piece by piece.
    #[must_use]
    pub fn has_streams(&self) -> bool {
        self.operations().any(|found| found.success.streams())
    }

    /// Whether any type, body or reply is one of several.
    #[must_use]
    pub fn has_choices(&self) -> bool {
        let is_union = |found: &TypeDef| matches!(found.shape, Shape::Union(_));
        let is_several = |found: &Operation| {
            let body = found.body.as_ref().map(|body| &body.sent);
            matches!(found.success, Reply::Several { .. })
                || matches!(body, Some(Sent::Several { .. }))
        };
        self.types.iter().any(is_union) || self.operations().any(is_several)
    }

    /// Whether any field holds lists, maps and the like in each other, four and more.
    #[must_use]
    pub fn has_nested_types(&self) -> bool {
        let structs = self.types.iter().filter_map(|found| match &found.shape {
            Shape::Struct(object) => Some(object),
            _ => None,
        });
        let depth = |field: &Field| {
            let absent = usize::from(field.presence != Presence::Required);
            field.ty.depth() + absent
        };
        structs.flat_map(|object| &object.fields).any(|field| depth(field) > 3)
    }

    /// Whether any setter is called as the method of an operator is.
    #[must_use]
    pub fn has_operators(&self) -> bool {
        let fields = self.types.iter().flat_map(|found| match &found.shape {
            Shape::Struct(object) => object.fields.as_slice(),
            _ => &[],
        });
        let options = self.operations().flat_map(|operation| &operation.options);
        let mut names = fields.map(|field| &field.name).chain(options.map(|option| &option.name));
        names.any(|name| OPERATORS.contains(&name.rust()))
    }

    /// Whether any operation has a server of its own.
    #[must_use]
    pub fn has_servers(&self) -> bool {
        self.operations().any(|found| found.server.is_some())
    }

    /// Whether the reply of any operation is bytes or may be.
    #[must_use]
    pub fn has_downloads(&self) -> bool {
        self.operations().any(|found| found.success.has_bytes())
    }

    /// Whether the service sends anything of its own accord.
    #[must_use]
    pub fn has_webhooks(&self) -> bool {
        !self.webhooks.all.is_empty()
    }

    /// Whether tokens can be asked for.
    #[must_use]
    pub fn has_grants(&self) -> bool {
        self.grants().next().is_some()
    }

    /// How tokens are asked for, with what they are instead of.
    pub fn grants(&self) -> impl Iterator<Item = (&Credential, &Grant)> {
        self.credentials.iter().filter_map(|one| Some((one, one.grant.as_ref()?)))
    }

    /// Whether any operation sends a body of parts.
    #[must_use]
    pub fn has_multipart(&self) -> bool {
        self.forms().any(|form| matches!(form, BodyForm::Multipart(_)))
    }

    /// Whether files stand in what is written as JSON or as a form, too.
    #[must_use]
    pub fn has_files_in_json(&self) -> bool {
        self.types.iter().any(|found| match &found.shape {
            Shape::Struct(Struct { written: Written::Both(_), fields, .. }) => {
                fields.iter().flat_map(|field| field.ty.leaves()).any(|leaf| *leaf == Ty::File)
            }
            _ => false,
        })
    }

    /// Whether the caller states the media type of any body.
    #[must_use]
    pub fn has_content(&self) -> bool {
        self.forms().any(|form| matches!(form, BodyForm::Content(_)))
    }

    /// The forms of all bodies of requests.
    fn forms(&self) -> impl Iterator<Item = &BodyForm> {
        let bodies = self.operations().filter_map(|operation| operation.body.as_ref());
        bodies.flat_map(|body| body.sent.forms())
    }

    /// Whether texts of a format stand anywhere in what is sent and received.
    #[must_use]
    pub fn has(&self, format: Format) -> bool {
        self.formats().any(|found| found == format)
    }

    /// Whether any text keeps its spelling.
    #[must_use]
    pub fn has_verbatim(&self) -> bool {
        self.formats().any(Format::is_verbatim)
    }

    /// Whether any list has settled items.
    #[must_use]
    pub fn has_tuples(&self) -> bool {
        self.types_in_use().any(Ty::has_tuple)
    }

    /// Whether any request has `validate`.
    #[must_use]
    pub fn has_limits(&self) -> bool {
        self.types.iter().any(|found| found.validates)
    }

    /// Whether texts of any request have to match a pattern.
    #[must_use]
    pub fn has_patterns(&self) -> bool {
        let checks = self.types.iter().flat_map(|found| &found.checks);
        let mut limits = checks.filter_map(|check| match &check.sought {
            Sought::Limits(limits) => Some(limits),
            Sought::Within => None,
        });
        limits.any(|limits| Limit::have_pattern(limits))
    }

    /// The types of all that is sent and received.
    fn types_in_use(&self) -> impl Iterator<Item = &Ty> {
        let in_types = self.types.iter().flat_map(|found| homes::types_in(&found.shape));
        let received = self.webhooks.all.iter().flat_map(Webhook::types);
        self.operations().flat_map(homes::types_of).chain(in_types).chain(received)
    }

    fn formats(&self) -> impl Iterator<Item = Format> {
        self.types_in_use().flat_map(Ty::leaves).filter_map(|leaf| match leaf {
            Ty::Formatted(format) => Some(*format),
            _ => None,
        })
    }
}
