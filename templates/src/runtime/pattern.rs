//! Patterns (ECMA-262, 22.2.1), as JSON Schema has them: found anywhere in a text unless they say otherwise.
//!
//! They are tried one way after the other, as engines of ECMAScript do: a pattern such as `^(a+)+$` may take a
//! time that doubles with each letter of a text. It is the description's pattern and the caller's own text that
//! meet here, on the caller's thread; who takes texts from strangers limits their length first.

use std::cell::RefCell;
use std::collections::HashMap;

use regress::Regex;

use super::validate::Limit;

pub(crate) fn pattern(pattern: &'static str) -> Limit {
    Limit::Text(pattern, matches)
}

thread_local! {
    /// Patterns that were read; `None` where one cannot be, which the generator has warned of.
    static READ: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
}

fn matches(pattern: &str, text: &str) -> bool {
    READ.with_borrow_mut(|known| {
        if !known.contains_key(pattern) {
            known.insert(pattern.to_owned(), read(pattern));
        }
        let read = known.get(pattern).and_then(Option::as_ref);
        read.is_none_or(|read| read.find(text).is_some())
    })
}

/// By code points, as JSON Schema asks (2020-12, Core, 6.4); older patterns escape what needs none there.
fn read(pattern: &str) -> Option<Regex> {
    Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)).ok()
}
