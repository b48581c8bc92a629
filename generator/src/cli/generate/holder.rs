//! The crate that a module is generated into: where it is, and whether it has what the module needs.

use std::path::{Path, PathBuf};

use cargo_toml::{Dependency, Manifest, VersionReq};

use super::declared;
use crate::cli::Failure;
use crate::diagnostics::suggest::closest;
use crate::pipeline::model::Module;
use crate::pipeline::write::manifest::{Enabled, NeededCrate};

mod requirement;

use requirement::{Has, is_met};

/// The table of what a browser needs.
const BROWSER: &str = "cfg(target_arch = \"wasm32\")";

/// The crate around a module.
pub struct Holder {
    /// Its manifest, as messages name it.
    file: PathBuf,
    folder: PathBuf,
    manifest: Manifest,
}

impl Holder {
    /// Looks for a manifest in the folders above that of the module.
    ///
    /// # Errors
    /// If there is none, or none of a package.
    pub fn find(module: &Path) -> Result<Self, Failure> {
        let module = absolute(module)?;
        let above = module.ancestors().skip(1).find(|above| above.join("Cargo.toml").is_file());
        let folder = above.ok_or_else(|| {
            let why =
                format!("`{}` is in no crate: there is no Cargo.toml above it", module.display());
            Failure::Usage(why)
        })?;
        let path = folder.join("Cargo.toml");
        let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
        let file = path.strip_prefix(here).unwrap_or(&path).to_owned();
        let fault = |why: String| Failure::Usage(format!("{}: {why}", file.display()));
        let manifest = Manifest::from_path(&path).map_err(|why| fault(why.to_string()))?;
        if manifest.package.is_none() {
            let why = "a module is generated into a package, and this is a workspace without one";
            return Err(fault(why.to_owned()));
        }
        Ok(Self { file, folder: folder.to_owned(), manifest })
    }

    /// The module of a folder: `src/clients/shop` → `clients::shop`
    pub fn module(&self, folder: &Path, features: Option<Vec<String>>) -> Result<Module, Failure> {
        let folder = absolute(folder)?;
        let sources = self.sources();
        let below = folder.strip_prefix(&sources).ok().filter(|it| it.components().count() > 0);
        let below = below.ok_or_else(|| {
            let (folder, sources) = (folder.display(), sources.display());
            Failure::Usage(format!("`{folder}` cannot be a module: it is not below `{sources}`"))
        })?;
        let names = below.components().map(|name| name.as_os_str().to_string_lossy().into_owned());
        let path: Vec<String> = names.collect();
        if let Some(name) = path.iter().find(|name| syn::parse_str::<syn::Ident>(name).is_err()) {
            let why = format!("`{name}` cannot be the name of a module; choose another folder");
            return Err(Failure::Usage(why));
        }
        let holder = match &self.manifest.lib {
            Some(library) => library.name.as_deref().unwrap_or(&self.manifest.package().name),
            None => "crate",
        };
        Ok(Module { holder: holder.replace('-', "_"), path, features })
    }

    /// Refuses a crate that lacks what the module needs, with the lines that it should have.
    pub fn check(&self, needed: &Enabled) -> Result<(), Failure> {
        if let Some(name) = needed.unknown.first() {
            return Err(Failure::Usage(unknown(name, needed)));
        }
        let package = self.package_lines(needed);
        let dependencies = lines(&needed.dependencies, |name| self.manifest.dependencies.get(name));
        let of_browser = self.manifest.target.get(BROWSER);
        let of_browser = of_browser.map(|target| {
            let own = |name: &str| {
                let of_all = || self.manifest.dependencies.get(name);
                target.dependencies.get(name).or_else(of_all)
            };
            lines(&needed.browser_dependencies, own)
        });
        let browser = format!("target.'{BROWSER}'.dependencies");
        let tables = [
            table("package", package),
            table("dependencies", dependencies),
            table(&browser, of_browser.unwrap_or_default()),
        ];
        let tables: Vec<_> = tables.into_iter().flatten().collect();
        if tables.is_empty() {
            return Ok(());
        }
        Err(Failure::Usage(format!(
            "{} lacks what the module needs, so nothing was written. These lines belong there:\n\n{}",
            self.file.display(),
            tables.join("\n")
        )))
    }

    /// `Cargo.toml has what the module needs: bytes 1, jiff 0.2 (std)`
    pub fn has_all(&self, needed: &Enabled) -> String {
        let crates = needed.dependencies.iter().map(|needed| {
            let features: Vec<_> = needed.features().collect();
            let name = match needed.version() {
                Some(version) => format!("{} {version}", needed.name),
                None => needed.name.clone(),
            };
            match features.as_slice() {
                [] => name,
                features => format!("{name} ({})", features.join(", ")),
            }
        });
        let crates = crates.collect::<Vec<_>>().join(", ");
        format!("{} has what the module needs: {crates}\n", self.file.display())
    }

    /// What to do if no source declares the module yet.
    pub fn declaration(&self, module: &Module) -> String {
        let root = self.manifest.lib.as_ref().and_then(|library| library.path.as_deref());
        let root = self.folder.join(root.unwrap_or("src/main.rs"));
        declared::hint(&self.sources(), &root, &module.path, &self.folder)
    }

    /// The folder of the root of the crate.
    fn sources(&self) -> PathBuf {
        let library = self.manifest.lib.as_ref().and_then(|library| library.path.as_deref());
        let root = library.and_then(|path| Path::new(path).parent());
        self.folder.join(root.unwrap_or(Path::new("src")))
    }

    /// What the package says otherwise than the module needs it.
    fn package_lines(&self, needed: &Enabled) -> Vec<String> {
        let package = self.manifest.package();
        let edition = (package.edition() as u32).to_string();
        let is_old = edition < needed.edition;
        let edition = is_old.then(|| format!("edition = \"{}\" # it is {edition}", needed.edition));
        let rust = package.rust_version().filter(|rust| {
            VersionReq::parse(rust).is_ok_and(|rust| !is_met(&needed.rust_version, &rust))
        });
        let rust =
            rust.map(|rust| format!("rust-version = \"{}\" # it is {rust}", needed.rust_version));
        edition.into_iter().chain(rust).collect()
    }
}

/// The folder from the root of the disk; it need not be there yet.
fn absolute(folder: &Path) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(folder).map_err(Failure::at(folder))?;
    let there = absolute.ancestors().find(|above| above.exists()).unwrap_or(&absolute);
    let rest = absolute.strip_prefix(there).unwrap_or(Path::new(""));
    let there = there.canonicalize().map_err(Failure::at(there))?;
    Ok(if rest.as_os_str().is_empty() { there } else { there.join(rest) })
}

/// The lines of the dependencies that are not met.
fn lines<'a>(needed: &[NeededCrate], own: impl Fn(&str) -> Option<&'a Dependency>) -> Vec<String> {
    let lines = needed.iter().filter_map(|needed| match own(&needed.name) {
        None => Some(needed.line()),
        Some(own) => Has::of(own).line(needed),
    });
    lines.collect()
}

fn table(name: &str, lines: Vec<String>) -> Option<String> {
    (!lines.is_empty()).then(|| format!("[{name}]\n{}\n", lines.join("\n")))
}

fn unknown(name: &str, needed: &Enabled) -> String {
    let known = || needed.known.iter().map(String::as_str);
    let near = match closest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
    };
    format!("the client has no feature `{name}`; {near}")
}

#[cfg(test)]
mod tests;
