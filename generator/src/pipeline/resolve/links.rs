//! Links: operations that take values of a response (OpenAPI 3.1.0, 4.8.20).

use indexmap::IndexMap;
use openapiv3::{LinkOperation, ReferenceOr};

use super::operations::Reader;
use super::{Link, Target, components};
use crate::pointer::Pointer;

impl<'a> Reader<'a> {
    /// The links of a response.
    pub fn links(
        &mut self,
        links: &'a IndexMap<String, ReferenceOr<openapiv3::Link>>,
        at: &Pointer,
    ) -> Vec<Link> {
        let all = self.openapi.components.as_ref().map(|components| &components.links);
        let mut found = Vec::new();
        for (name, place) in links {
            let end = components::follow(place, at.at(name), "links", all, self.context);
            found.extend(end.map(|(described, at)| link(described, at)));
        }
        found
    }
}

fn link(described: &openapiv3::Link, at: Pointer) -> Link {
    let parameters = described.parameters.iter();
    Link {
        at,
        to: match &described.operation {
            LinkOperation::OperationId(id) => Target::Id(id.clone()),
            LinkOperation::OperationRef(reference) => Target::Reference(reference.clone()),
        },
        parameters: parameters.map(|(name, value)| (name.clone(), value.clone())).collect(),
        body: described.request_body.clone(),
        description: described.description.clone(),
    }
}
