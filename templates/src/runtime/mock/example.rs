//! Values of generated types, for tests.

use crate::runtime::decode::from_slice;
use crate::runtime::json::Json;

/// A type of which there is an example: in the description, or made of what it says.
///
/// Types that no example can be made of do not have it. Their values can be read from JSON by
/// `serde_json::from_value`, as those of all other types.
pub trait Example: Json {
    /// The examples, as JSON.
    const JSON: &'static [&'static str];

    /// The first example that has this type.
    ///
    /// # Panics
    /// If the examples of the description do not have the type that it documents.
    #[must_use]
    fn example() -> Self {
        let read = |text: &&str| from_slice(text.as_bytes()).ok();
        let examples = Self::JSON;
        examples.iter().find_map(read).unwrap_or_else(|| {
            let name = std::any::type_name::<Self>();
            panic!("no example of the description is a {name}: {examples:?}")
        })
    }
}

/// A list of one.
impl<T: Example> Example for Vec<T> {
    const JSON: &'static [&'static str] = &[];

    fn example() -> Self {
        vec![T::example()]
    }
}
