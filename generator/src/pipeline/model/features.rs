//! Whether each tag is a feature of the crate.

use super::Api;
use crate::TagFeatures;
use crate::rust::names::{Case, Scope};

/// Up to so many operations, a client is checked in a few seconds whole, and a list of features is a burden.
const LARGE: usize = 200;

/// The features of every client.
const RESERVED: &[&str] = &["blocking", "client", "default", "rustls", "s3", "tracing", "validate"];

/// Gives each tag its feature: `customer_care`; `tracing` → `tracing_`.
pub fn assign_features(api: &mut Api, wish: TagFeatures) {
    let operations: usize = api.tags.iter().map(|tag| tag.operations.len()).sum();
    let pays = match wish {
        TagFeatures::Auto => operations > LARGE && api.tags.len() > 1,
        TagFeatures::Always => true,
        TagFeatures::Never => false,
    };
    if !pays {
        return;
    }
    let mut scope = Scope::reserving(RESERVED);
    for tag in &mut api.tags {
        let feature = scope.name_as(tag.name.wire(), tag.name.rust(), Case::Value);
        tag.feature = Some(feature.rust().to_owned());
    }
}
