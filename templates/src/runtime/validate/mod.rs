//! Whether a request keeps the limits that the description states.
//!
//! Only callers ask, by `validate`: sending looks at nothing, as the service alone knows what it takes.
//! Without the feature `validate` the tables stand for nothing.

#[cfg(feature = "validate")]
mod check;
#[cfg(feature = "validate")]
mod figure;
#[cfg(feature = "validate")]
mod limit;

#[cfg(feature = "validate")]
pub(crate) use check::{Check, Limited, verdict};
#[cfg(feature = "validate")]
pub use check::{Validate, Violation, Violations};
#[cfg(feature = "validate")]
pub(crate) use limit::{Limit, words::*};
// None, where no limit is a pattern.
#[cfg(feature = "validate")]
pub(crate) use super::pattern::*;

/// Says what limits the values of a type have, and gives it `validate`.
///
/// ```text
/// limits!(NewBook { title: [max_length(200)], tags: [max_items(5), each([max_length(20)])], author });
/// ```
///
/// A limit is called as in JSON Schema: `maxLength: 200` → `max_length(200)`. `each` and `item` say
/// what limits the values in a list or a map have. A field without limits is looked into, because its type
/// has a table, too; a field that has limits and is looked into stands there twice. Its name in JSON stands
/// behind it, as in `json_object!`. `Self` has the limits of the object as a whole.
///
/// For a union, the entries are its variants:
///
/// ```text
/// limits!(enum Item { Volume, Text: [max_length(200)] });
/// ```
macro_rules! limits {
    ($name:ident {
        $($field:ident $(= $key:literal)? $(: [$($limit:expr),* $(,)?])?),* $(,)?
    }) => {
        #[cfg(feature = "validate")]
        impl $crate::runtime::validate::Limited for $name {
            #[allow(unused_imports, unused_variables, reason = "a table may do without limits of its own")]
            #[allow(clippy::approx_constant, reason = "figures are the description's")]
            fn check(&self, check: &mut $crate::runtime::validate::Check) {
                use $crate::runtime::validate::*;
                $($crate::runtime::validate::limit_value!(
                    check,
                    $crate::runtime::validate::limit_key!($field $(= $key)?),
                    $crate::runtime::validate::limit_field!(self $field)
                    $(, &[$($limit),*])?
                );)*
            }
        }

        $crate::runtime::validate::limit_verdict!($name);
    };
    (enum $name:ident { $($variant:ident $(: [$($limit:expr),* $(,)?])?),* $(,)? }) => {
        #[cfg(feature = "validate")]
        impl $crate::runtime::validate::Limited for $name {
            #[allow(unused_imports, unused_variables, reason = "a table may do without limits of its own")]
            #[allow(clippy::approx_constant, reason = "figures are the description's")]
            fn check(&self, check: &mut $crate::runtime::validate::Check) {
                use $crate::runtime::validate::*;
                $(if let Self::$variant(held) = self {
                    $crate::runtime::validate::limit_value!(check, "", held $(, &[$($limit),*])?);
                })*
            }
        }

        $crate::runtime::validate::limit_verdict!($name);
    };
}

/// A step of the way to a value.
macro_rules! limit_key {
    (Self) => {
        ""
    };
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident = $key:literal) => {
        $key
    };
}

/// Where an entry's value is.
macro_rules! limit_field {
    ($it:ident Self) => {
        $it
    };
    ($it:ident $field:ident) => {
        &$it.$field
    };
}

/// Looks at a value, or into it.
macro_rules! limit_value {
    ($check:ident, $key:expr, $value:expr) => {
        $check.within($key, $value)
    };
    ($check:ident, $key:expr, $value:expr, $limits:expr) => {
        $check.value($key, $value, $limits)
    };
}

/// What callers ask.
macro_rules! limit_verdict {
    ($name:ident) => {
        #[cfg(feature = "validate")]
        impl $name {
            /// Whether the value keeps all limits that the description states. Sending does not ask.
            ///
            /// # Errors
            /// Which limits it does not keep, each with its place.
            pub fn validate(&self) -> Result<(), $crate::runtime::Violations> {
                $crate::runtime::validate::verdict(self)
            }
        }
    };
}

pub(crate) use {limit_field, limit_key, limit_value, limit_verdict, limits};

#[cfg(test)]
mod tests;
