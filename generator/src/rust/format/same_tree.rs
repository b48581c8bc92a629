//! Whether two texts hold the same syntax tree.

use super::FormatError;

/// Whether the text is read back as the tree that was printed.
///
/// Trees are compared by what prettyplease prints of them: commas that it adds where it breaks a
/// line are then no difference.
pub(super) fn is_same(plain: &str, text: &str) -> Result<(), FormatError> {
    let file = syn::parse_file(text).map_err(|error| FormatError::not_rust(&error, &text))?;
    differ(plain, &prettyplease::unparse(&file))
}

/// Whether two texts are the same, or the first line that differs.
pub(super) fn differ(expected: &str, found: &str) -> Result<(), FormatError> {
    if expected == found {
        return Ok(());
    }
    let mut pairs = expected.lines().zip(found.lines());
    let near = pairs.find(|(line, other)| line != other).map_or("", |(line, _)| line);
    Err(FormatError::Altered { near: near.trim().to_owned() })
}
