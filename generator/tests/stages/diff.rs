//! What a change of the description means to callers.
//!
//! Each idea is an overlay on `fixtures/diff/shop.yaml`: the shop is the old description, the shop with the overlay
//! the new one. `x-step` is the verdict that Rust's rules ask for; a snapshot is what callers are told.

use std::path::Path;

use datatest_stable::Result;
use lantern_generator::analysis::diff::{self, Changes, Detail, Surface};
use lantern_generator::diagnostics::draw::Style;
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source};
use serde_json::Value;

use super::{fixture, snapshot};

pub fn diff(path: &Path) -> Result<()> {
    let overlay = fixture::source(path);
    let step = step(&overlay)?;
    let (old, new) = (shop(Vec::new())?, shop(vec![overlay])?);
    let changes = diff::diff(&old, &new);
    assert_eq!(changes.step().as_str(), step, "{}", told(&changes));
    let back = diff::diff(&new, &old);
    assert_eq!(back.iter().next().is_none(), step == "none", "back: {}", told(&back));
    let same = diff::diff(&new, &new);
    assert!(same.iter().next().is_none(), "to itself: {}", told(&same));
    assert_can_be_stored(&new)?;
    snapshot::check("diff", path, &told(&changes));
    Ok(())
}

fn told(changes: &Changes) -> String {
    diff::text(changes, Detail::All, Style::Plain)
}

fn shop(overlays: Vec<Source>) -> Result<Api> {
    let description = fixture::source(&fixture::folder("diff").join("shop.yaml"));
    Ok(Generator::new("shop-client").overlays(overlays).api(&description)?.value)
}

/// The verdict that an overlay asks for.
fn step(overlay: &Source) -> Result<String> {
    let overlay: Value = serde_yaml::from_str(overlay.text())?;
    let step = overlay.get("x-step").and_then(Value::as_str);
    Ok(step.ok_or("an overlay says its `x-step`")?.to_owned())
}

/// A release keeps the surface as YAML.
fn assert_can_be_stored(api: &Api) -> Result<()> {
    let surface = Surface::of(api);
    let read: Surface = serde_yaml::from_str(&serde_yaml::to_string(&surface)?)?;
    assert_eq!(read, surface);
    Ok(())
}
