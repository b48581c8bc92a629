//! What must not be written: anything outside the crate's folder, or over a file that a person wrote.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};

use crate::{Crate, File};

use super::marker::{self, Author};
use crate::cli::Failure;

/// Checks every file of a crate before the first is written, and refuses all that must not be together.
pub fn check(generated: &Crate, folder: &Path) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    let mut refusals = Vec::new();
    let is_new = !folder.exists();
    for file in &generated.files {
        if !seen.insert(&file.path) {
            refusals.push(format!("`{}` is generated twice", file.path));
        }
        refusals.extend(match refusal(file) {
            // Nothing is in a folder that is not there.
            None if !is_new => refusal_on_disk(file, folder)?,
            refusal => refusal,
        });
    }
    if refusals.is_empty() {
        return Ok(());
    }
    Err(Failure::Usage(format!("nothing was written:\n  {}", refusals.join("\n  "))))
}

fn refusal(file: &File) -> Option<String> {
    let path = &file.path;
    if !is_below(path) {
        return Some(format!("`{path}` is not a plain path below the crate's folder"));
    }
    (!marker::is_on(file.text.as_bytes())).then(|| {
        format!("`{path}` does not begin with @generated, so that no later run would know it")
    })
}

fn refusal_on_disk(file: &File, folder: &Path) -> Result<Option<String>, Failure> {
    let path = &file.path;
    if let Some(link) = link_on_the_way(folder, path)? {
        return Ok(Some(format!(
            "`{path}` leads through the symbolic link `{link}`; remove the link, or choose another folder with --out"
        )));
    }
    Ok(match marker::author(&folder.join(path))? {
        Author::Generator | Author::Nobody => None,
        Author::Person => Some(format!(
            "`{path}` is there and does not begin with @generated; move or remove it, or choose another folder \
             with --out"
        )),
    })
}

/// Whether a path is made of names only: `src/lib.rs`, but not `/etc/passwd`, `../x`, `src/./x` or `src\x`.
fn is_below(path: &str) -> bool {
    let names = Path::new(path).components().map(|component| match component {
        Component::Normal(name) => name.to_str(),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => {
            None
        }
    });
    let names: Option<Vec<_>> = names.collect();
    !path.is_empty() && !path.contains('\\') && names.is_some_and(|names| names.join("/") == path)
}

/// The first symbolic link between the crate's folder and a file in it, the file included.
fn link_on_the_way(folder: &Path, path: &str) -> Result<Option<String>, Failure> {
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    for part in ends.filter_map(|end| path.get(..end)) {
        let place = folder.join(part);
        match fs::symlink_metadata(&place) {
            Ok(found) if found.is_symlink() => return Ok(Some(part.to_owned())),
            Ok(_) => {}
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(Failure::at(&place)(why)),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn only_plain_relative_paths_are_below() {
        for good in ["Cargo.toml", "src/lib.rs", "src/..rs", "a/.b"] {
            assert!(is_below(good), "{good}");
        }
        for bad in ["", "/x", "..", "../x", "a/../x", "./x", "a/./x", "a//x", "a/", "a\\..\\x"] {
            assert!(!is_below(bad), "{bad}");
        }
    }
}
