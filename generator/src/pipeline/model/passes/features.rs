//! Whether each tag is a feature of the crate.

use crate::TagFeatures;
use crate::pipeline::model::Tag;
use crate::pipeline::model::items::TagItems;
use crate::rust::names::{Case, Scope};

/// Clients with fewer operations are checked in a few seconds, so features would not help.
const LARGE: usize = 200;

/// The features of every client.
const RESERVED: &[&str] =
    &["blocking", "client", "default", "drift", "mock", "rustls", "s3", "tracing", "validate"];

/// Gives each tag its feature: `customer_care`; `tracing` → `tracing_`.
pub fn with_features(tags: Vec<TagItems>, wish: TagFeatures) -> Vec<Tag> {
    let pays = pays(&tags, wish);
    let mut scope = Scope::reserving(RESERVED);
    let mut feature = |tag: &TagItems| {
        let feature = scope.name_as(tag.name.wire(), tag.name.rust(), Case::Module);
        feature.rust().to_owned()
    };
    let with_feature = |tag: TagItems| {
        let feature = pays.then(|| feature(&tag));
        tag.with_feature(feature)
    };
    tags.into_iter().map(with_feature).collect()
}

fn pays(tags: &[TagItems], wish: TagFeatures) -> bool {
    let operations: usize = tags.iter().map(|tag| tag.operations.len()).sum();
    match wish {
        TagFeatures::Auto => operations > LARGE && tags.len() > 1,
        TagFeatures::Always => true,
        TagFeatures::Never => false,
    }
}
