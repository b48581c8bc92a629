//! Paths of types, as a person writes them.

use std::fmt;

use syn::{GenericArgument, Path, PathArguments, Type, TypePath};

/// The path of a type: `chrono::DateTime<chrono::Utc>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustPath {
    text: String,
    /// The crates that it names, its own first: `chrono`.
    crates: Vec<String>,
    /// The type itself: `DateTime`.
    last: String,
    is_word: bool,
}

impl RustPath {
    /// Reads a path, or says why it is not one.
    ///
    /// # Errors
    /// If the text is not the path of a type, or has something else than such paths between `<` and `>`.
    pub fn read(text: &str) -> Result<Self, String> {
        let fault = || format!("`{text}` is not the path of a type");
        let ty: TypePath = syn::parse_str(text).map_err(|_| fault())?;
        let path = plain(&ty).ok_or_else(fault)?;
        let mut crates = Vec::new();
        let last = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let text = written(path, &mut crates).ok_or_else(fault)?;
        Ok(Self { text, crates, last, is_word: path.segments.len() == 1 })
    }

    /// The path as it is written in code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The crates that the path names, that of the type itself first. A word without a crate has none.
    pub fn crates(&self) -> impl Iterator<Item = &str> {
        self.crates.iter().map(String::as_str)
    }

    /// Whether it has no crate and no module: `u64`
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.is_word
    }

    /// The name of the type itself: `DateTime`.
    #[must_use]
    pub fn last(&self) -> &str {
        &self.last
    }
}

impl fmt::Display for RustPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A type that is its path alone.
fn plain(ty: &TypePath) -> Option<&Path> {
    (ty.qself.is_none() && ty.attrs.is_empty()).then_some(&ty.path)
}

fn written(path: &Path, crates: &mut Vec<String>) -> Option<String> {
    let first = path.segments.first()?;
    if path.leading_colon.is_some() || ["self", "super", "Self"].iter().any(|it| first.ident == it)
    {
        return None;
    }
    if path.segments.len() > 1 {
        crates.push(first.ident.to_string());
    }
    let mut text = String::new();
    for segment in &path.segments {
        text += if text.is_empty() { "" } else { "::" };
        text += &segment.ident.to_string();
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::Parenthesized(_) => return None,
            PathArguments::AngleBracketed(generics) => {
                let types = generics.args.iter().map(|argument| match argument {
                    GenericArgument::Type(Type::Path(ty)) => written(plain(ty)?, crates),
                    _ => None,
                });
                text += &format!("<{}>", types.collect::<Option<Vec<_>>>()?.join(", "));
            }
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_and_written_in_one_way() {
        for (text, expected, crates, last) in [
            ("rust_decimal::Decimal", "rust_decimal::Decimal", vec!["rust_decimal"], "Decimal"),
            (
                " chrono :: DateTime< chrono::Utc >",
                "chrono::DateTime<chrono::Utc>",
                vec!["chrono", "chrono"],
                "DateTime",
            ),
            ("crate::money::Money", "crate::money::Money", vec!["crate"], "Money"),
            ("a::Map<String,b::C>", "a::Map<String, b::C>", vec!["a", "b"], "Map"),
            ("u64", "u64", vec![], "u64"),
        ] {
            let path = RustPath::read(text).expect(text);
            assert_eq!(path.as_str(), expected);
            assert_eq!(path.crates().collect::<Vec<_>>(), crates, "{text}");
            assert_eq!(path.last(), last);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "a b",
            "a::",
            "::a::B",
            "self::A",
            "super::A",
            "<A as B>::C",
            "&str",
            "a::B<'x>",
            "a::F(u8)",
            "a::B<[u8; 4]>",
            "a::B; fn x() {}",
            "dyn A",
        ] {
            let why = RustPath::read(text).expect_err(text);
            assert!(why.ends_with("is not the path of a type"), "{why}");
        }
    }
}
