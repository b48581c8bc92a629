//! The words of the command line: what a name may be, and the line that puts a stale crate right.

use std::path::Path;

use super::{Target, When};

/// Takes a package name as Cargo does: letters, digits, `-` and `_`, and no digit or `-` first.
pub fn package_name(name: &str) -> Result<String, String> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if starts_well && name.chars().all(is_plain) {
        return Ok(name.to_owned());
    }
    Err("a package name is made of letters, digits, `-` and `_`, and starts with a letter or `_`"
        .to_owned())
}

/// `cargo xtask generate --check --out 'my client'` → `cargo xtask generate --out 'my client'`
pub fn to_write<'t>(target: &'t Target) -> String {
    let flags = [
        ("--spec", target.sources.spec.as_deref()),
        ("--out", target.out.as_deref()),
        ("--name", target.name.as_deref().map(Path::new)),
    ];
    let given = flags.into_iter().filter_map(|(flag, value)| Some((flag, value?)));
    let each = |flag, names: &'t [String]| names.iter().map(move |name| (flag, Path::new(name)));
    let only = &target.only;
    let overlays = target.sources.overlay.iter().map(|file| ("--overlay", file.as_path()));
    let given = given
        .chain(overlays)
        .chain(each("--only-tag", &only.only_tag))
        .chain(each("--only-operation", &only.only_operation));
    let line = given.fold("cargo xtask generate".to_owned(), |line, (flag, value)| {
        format!("{line} {flag} {}", quote(&value.to_string_lossy()))
    });
    line + match target.tag_features {
        None => "",
        Some(When::Always) => " --tag-features",
        Some(When::Never) => " --tag-features=never",
    }
}

/// Quotes a word for a POSIX shell where it needs quotes: `my client` → `'my client'`.
fn quote(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Sources;
    use crate::generate::Only;

    #[test]
    fn package_names_are_those_of_cargo() {
        for good in ["lantern-client", "_x", "a1"] {
            assert_eq!(package_name(good), Ok(good.to_owned()));
        }
        for bad in ["", "1a", "-a", "../x", "a b", "ä", "a\"b"] {
            assert!(package_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_command_to_run_has_the_same_arguments() {
        let sources = Sources {
            spec: Some("it's.yaml".into()),
            overlay: vec!["a.yaml".into(), "b.yaml".into()],
        };
        let name = Some("shop".to_owned());
        let out = Some("../my client".into());
        let (only_tag, only_operation) = (vec!["my orders".to_owned()], vec!["a".to_owned()]);
        let target = Target {
            sources,
            out,
            name,
            only: Only { only_tag, only_operation },
            tag_features: Some(When::Never),
        };
        assert_eq!(
            to_write(&target),
            "cargo xtask generate --spec 'it'\\''s.yaml' --out '../my client' --name shop \
             --overlay a.yaml --overlay b.yaml --only-tag 'my orders' --only-operation a \
             --tag-features=never"
        );
        assert_eq!(to_write(&Target::default()), "cargo xtask generate");
    }
}
