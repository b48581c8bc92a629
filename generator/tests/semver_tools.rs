//! The verdicts of `diff` beside those of the tools that look at compiled crates.
//!
//! Each idea of `fixtures/diff` is generated, documented as JSON by rustdoc, and compared with the shop as it was.
//! That takes minutes and needs the tools, so it is not one of the usual tests:
//!
//! ```console
//! cargo install --locked cargo-semver-checks cargo-public-api
//! cargo test -p lantern-generator --test integration -- --ignored semver_tools
//! ```

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use lantern_generator::{Generator, Source};

/// What cargo-semver-checks 0.51 passes over: it compares which items there are, and not their types; nor does it
/// look at the derived `Default` of a struct that cannot be made outside of its crate.
const NOT_SEEN_BY_SEMVER_CHECKS: [&str; 18] = [
    "argument_retyped",
    "arguments_swapped",
    "batch_rows_typed",
    "integer_narrowed",
    "list_items_made_nullable",
    "parameter_retyped",
    "reply_added",
    "reply_emptied",
    "reply_field_made_nullable",
    "reply_field_made_optional",
    "reply_field_made_required",
    "reply_field_retyped",
    "reply_loses_default",
    "reply_retyped",
    "request_fields_reordered",
    "text_became_moment",
    "type_holds_itself",
    "webhook_retyped",
];

/// What cargo-public-api 0.52 passes over: two arguments of one type that change places leave a signature as it is.
const NOT_SEEN_BY_PUBLIC_API: [&str; 2] = ["arguments_swapped", "request_fields_reordered"];

#[test]
#[ignore = "takes minutes and needs cargo-semver-checks and cargo-public-api"]
fn verdicts_agree_with_the_tools() {
    let workshop = Workshop::new();
    let old = workshop.document(None);
    let ideas = ideas();
    assert!(ideas.len() >= 60, "{} ideas", ideas.len());
    let mut unseen = (Vec::new(), Vec::new());
    for (name, overlay, is_major) in &ideas {
        let new = workshop.document(Some((name, overlay)));
        let tools = [
            (semver_checks(&old, &new), &mut unseen.0, "cargo-semver-checks"),
            (public_api(&old, &new), &mut unseen.1, "cargo-public-api"),
        ];
        for (says_major, unseen, tool) in tools {
            assert!(*is_major || !says_major, "{name}: {tool} calls it breaking");
            if *is_major && !says_major {
                unseen.push(name.as_str());
            }
        }
    }
    assert_eq!(unseen.0, NOT_SEEN_BY_SEMVER_CHECKS, "cargo-semver-checks");
    assert_eq!(unseen.1, NOT_SEEN_BY_PUBLIC_API, "cargo-public-api");
}

/// The ideas by name, and whether each is a breaking one.
fn ideas() -> Vec<(String, Source, bool)> {
    let entries = fs::read_dir(fixtures()).expect("a folder of fixtures");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut ideas: Vec<_> = paths
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?.strip_suffix(".overlay.yaml")?.to_owned();
            let overlay = source(&path);
            let is_major = overlay.text().contains("\nx-step: major\n");
            Some((name, overlay, is_major))
        })
        .collect();
    ideas.sort_by(|one, other| one.0.cmp(&other.0));
    ideas
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff")
}

fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("a fixture").replace("\r\n", "\n");
    Source::new(path.display().to_string(), text)
}

/// A crate that is generated anew for each idea, so that its dependencies are built once.
struct Workshop {
    folder: PathBuf,
}

impl Workshop {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver_tools");
        fs::create_dir_all(&folder).expect("a folder");
        Self { folder }
    }

    /// Generates the shop, changed by an idea, and documents it as JSON.
    fn document(&self, idea: Option<(&String, &Source)>) -> PathBuf {
        let overlays = idea.map(|(_, overlay)| overlay.clone());
        let generator = Generator::new("shop-client").overlays(overlays);
        let generated = generator.run(&source(&fixtures().join("shop.yaml")));
        let generated = generated.unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        let package = self.folder.join("shop-client");
        let _ = fs::remove_dir_all(&package);
        for file in generated.value.files {
            let path = package.join(&file.path);
            let alone = if file.path == "Cargo.toml" { "\n[workspace]\n" } else { "" };
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, file.text + alone).expect("a file");
        }
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, package.join("Cargo.lock")).expect("a lock file");
        self.rustdoc(&package);
        let name = idea.map_or("shop", |(name, _)| name.as_str());
        let kept = self.folder.join(format!("{name}.json"));
        fs::copy(self.folder.join("target/doc/shop_client.json"), &kept).expect("a document");
        kept
    }

    /// JSON is not a stable form of documentation, so stable Rust has to be told to write it.
    fn rustdoc(&self, package: &Path) {
        let mut cargo = Command::new("cargo");
        cargo.args(["rustdoc", "--lib", "--no-default-features", "--features", "client", "--"]);
        cargo.args(["-Zunstable-options", "--output-format", "json"]);
        cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", self.folder.join("target"));
        let output = cargo.current_dir(package).output().expect("cargo");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Whether the step from one crate to the other needs more than a minor version.
fn semver_checks(old: &Path, new: &Path) -> bool {
    let mut cargo = Command::new("cargo");
    cargo.args(["semver-checks", "--release-type", "minor", "--baseline-rustdoc"]).arg(old);
    let output = cargo.arg("--current-rustdoc").arg(new).output().expect("cargo");
    match output.status.code() {
        Some(0) => false,
        Some(100) => true,
        _ => panic!("cargo semver-checks: {}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// Whether an item of one crate is not there in the other as it was.
fn public_api(old: &Path, new: &Path) -> bool {
    let items = |document: &Path| -> HashSet<String> {
        let mut cargo = Command::new("cargo");
        cargo.args(["public-api", "-ss", "--rustdoc-json"]).arg(document);
        let Output { status, stdout, stderr } = cargo.output().expect("cargo");
        assert!(status.success(), "cargo public-api: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8_lossy(&stdout).lines().map(str::to_owned).collect()
    };
    !items(old).is_subset(&items(new))
}
