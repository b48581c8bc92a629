//! Ways from one file to another.

use std::path::Path;

/// `models/pet.yml` and `../shared/error.yml` → `shared/error.yml`; `None` where it leads to another kind of place.
pub(super) fn beside(from: &str, to: &str) -> Option<String> {
    if to.starts_with('/') || to.contains([':', '\\', '\0']) {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in to.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_none_or(|last| *last == "..") => steps.push(".."),
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// `/a/specs` and `/a/shared/error.yml` → `../shared/error.yml`
pub(super) fn way(folder: &Path, file: &Path) -> Option<String> {
    let common = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(common).map(|_| Some(".."));
    let down = file.components().skip(common).map(|step| step.as_os_str().to_str());
    let steps: Option<Vec<&str>> = up.chain(down).collect();
    Some(steps?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn references_are_ways_from_the_folder_of_the_description() {
        let rules = [
            ("", "pet.yml", Some("pet.yml")),
            ("", "./models/pet.yml", Some("models/pet.yml")),
            ("models/pet.yml", "cat.yml", Some("models/cat.yml")),
            ("models/pet.yml", "../shared/error.yml", Some("shared/error.yml")),
            ("models/pet.yml", "../../secret.yml", Some("../secret.yml")),
            ("", "../secret.yml", Some("../secret.yml")),
            ("../shared/error.yml", "../../a.yml", Some("../../a.yml")),
            ("", "/etc/passwd", None),
            ("", "file:///etc/passwd", None),
            ("", "https://example.com/pet.yml", None),
            ("", "c:\\pet.yml", None),
        ];
        for (from, to, expected) in rules {
            assert_eq!(beside(from, to).as_deref(), expected, "{from} {to}");
        }
    }
}
