//! What a change of the description means to callers, one idea at a time.
//!
//! Each idea is an overlay on `fixtures/diff/shop.yaml`: the shop is the old description, the shop with the overlay
//! the new one. `x-step` is the verdict that Rust's rules ask for; a snapshot is what callers are told.

use std::path::{Path, PathBuf};

use lantern_generator::diff::{self, Surface};
use lantern_generator::model::Api;
use lantern_generator::{Input, Source, decide};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff")
}

fn source(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).expect("a fixture").replace("\r\n", "\n");
    let file = path.file_name().and_then(|file| file.to_str()).expect("a name").to_owned();
    Source { file, text }
}

fn shop(overlay: Option<&Path>) -> Api {
    let description = source(&folder().join("shop.yaml"));
    let overlay = overlay.map(source);
    let api = decide(Input { description, overlay, crate_name: "shop-client".to_owned() });
    api.unwrap_or_else(|complaints| panic!("{overlay:?}: {complaints}", overlay = folder())).value
}

/// The ideas by name, and the step that each asks for.
fn ideas() -> Vec<(String, PathBuf, String)> {
    let entries = std::fs::read_dir(folder()).expect("a folder of fixtures");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut ideas: Vec<_> = paths
        .filter_map(|path| {
            let file = path.file_name()?.to_str()?.strip_suffix(".overlay.yaml")?.to_owned();
            let overlay: serde_json::Value =
                serde_yaml::from_str(&source(&path).text).expect("YAML");
            let step = overlay.get("x-step").and_then(|step| step.as_str()).expect("a step");
            Some((file, path.clone(), step.to_owned()))
        })
        .collect();
    ideas.sort();
    ideas
}

#[test]
fn each_change_gets_its_verdict() {
    let ideas = ideas();
    assert!(ideas.len() >= 60, "{} ideas", ideas.len());
    let old = shop(None);
    for (name, path, step) in ideas {
        let changes = diff::diff(&old, &shop(Some(&path)));
        let told = diff::text(&changes);
        assert_eq!(changes.step().as_str(), step, "{name}:\n{told}");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("diff@{name}"), told);
        });
    }
}

#[test]
fn nothing_changes_between_a_client_and_itself() {
    for (name, path, _) in ideas() {
        let api = shop(Some(&path));
        assert_eq!(diff::diff(&api, &api).iter().count(), 0, "{name}");
    }
}

#[test]
fn a_change_and_its_reverse_are_told_of_the_same_items() {
    let old = shop(None);
    for (name, path, step) in ideas() {
        let new = shop(Some(&path));
        let back = diff::diff(&new, &old);
        assert_eq!(back.iter().count() == 0, step == "none", "{name}: {}", diff::text(&back));
    }
}

#[test]
fn a_surface_survives_being_written_down() {
    for (name, path, _) in ideas() {
        let surface = Surface::of(&shop(Some(&path)));
        let text = serde_yaml::to_string(&surface).expect("YAML");
        let read: Surface = serde_yaml::from_str(&text).expect("a surface");
        assert_eq!(read, surface, "{name}");
    }
}
