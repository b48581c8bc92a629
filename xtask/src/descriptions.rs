//! The descriptions below a folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use lantern_generator::cli::{self, Failure};

/// A description.
pub struct Found {
    /// The name of its file, made fit for a crate: `petstore`; where several have that name, their paths below the
    /// folder.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
}

#[cfg(feature = "bench")]
impl Found {
    /// The size of its file.
    pub fn bytes(&self) -> Result<u64, Failure> {
        let file = std::fs::metadata(&self.path).map_err(Failure::at(&self.path))?;
        Ok(file.len())
    }
}

/// All files below a folder that say that they are OpenAPI descriptions, in the order of their paths.
pub fn below(folder: &Path) -> Result<Vec<Found>, Failure> {
    let top = folder;
    let mut open = vec![folder.to_owned()];
    let mut paths = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).map_err(Failure::at(&folder))? {
            let path = entry.map_err(Failure::at(&folder))?.path();
            match path.is_dir() {
                true => open.push(path),
                false => paths.extend(is_description(&path).then_some(path)),
            }
        }
    }
    paths.sort();
    Ok(named(paths, top))
}

fn named(paths: Vec<PathBuf>, folder: &Path) -> Vec<Found> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for path in &paths {
        *count.entry(name(path)).or_default() += 1;
    }
    let named = |path: PathBuf| {
        let short = name(&path);
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let is_alone = count.get(&short) == Some(&1);
        Found { name: if is_alone { short } else { plain(&below.to_string_lossy()) }, path }
    };
    paths.into_iter().map(named).collect()
}

/// A file that says its version at the top of its document.
fn is_description(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    if !matches!(ending, Some("json" | "yaml" | "yml")) {
        return false;
    }
    let Ok(text) = std::fs::read_to_string(path) else { return false };
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().starts_with('{') {
        true => VERSIONS.iter().any(|key| text.contains(&format!("\"{key}\""))),
        false => text.lines().any(says_version),
    }
}

/// The keys of versions.
const VERSIONS: [&str; 2] = ["openapi", "swagger"];

/// `openapi: 3.1.0`, `'openapi': 3.1.0` and `"openapi" : 3.1.0`
fn says_version(line: &str) -> bool {
    let Some((key, _)) = line.split_once(':') else { return false };
    VERSIONS.contains(&key.trim_end().trim_matches(['"', '\'']))
}

/// `DigitalOcean-public.v2.yaml` → `digitalocean-public-v2`
fn name(path: &Path) -> String {
    plain(&path.file_stem().unwrap_or_default().to_string_lossy())
}

/// What a crate can be called.
fn plain(text: &str) -> String {
    cli::crate_name(&text.replace('_', "-")).unwrap_or_else(|| "api".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_said_with_and_without_quotes() {
        for line in ["openapi: 3.1.0", "'openapi': 3.1.0", "\"openapi\" : 3.1.0", "swagger: '2.0'"]
        {
            assert!(says_version(line), "{line}");
        }
        for line in ["  openapi: 3.1.0", "# openapi: 3.1.0", "openapi-version: 1", "openapi"] {
            assert!(!says_version(line), "{line}");
        }
    }

    #[test]
    fn files_of_one_name_go_by_their_paths() {
        let paths = [
            "all/1forge.com.json",
            "all/a.com/Api.json",
            "all/b.com/api.json",
            "all/b.com/Pet_Store.v2.yaml",
        ];
        let found = named(paths.map(PathBuf::from).into(), Path::new("all"));
        let names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["api-1forge-com", "a-com-api-json", "b-com-api-json", "pet-store-v2"]);
    }
}
