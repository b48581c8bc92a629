//! A client with each of its tags alone, and with none, compiles without a warning.

use std::path::{Path, PathBuf};
use std::process::Command;

use lantern_generator::{Generator, Source, TagFeatures};

/// The crate, as a workspace of its own.
fn shop() -> PathBuf {
    let text = include_str!("selection/shop.yaml").to_owned();
    let description = Source::new("shop.yaml", text);
    let generator = Generator::new("shop-client").tag_features(TagFeatures::Always);
    let made = generator.run(&description);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tag_features");
    for file in made.unwrap_or_else(|found| panic!("{found}")).value.files {
        let own = if file.path == "Cargo.toml" { "\n[workspace]\n" } else { "" };
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, file.text + own).expect("a file");
    }
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).expect("the versions that are tested");
    folder
}

#[test]
fn each_tag_alone_compiles_without_a_warning() {
    let folder = shop();
    let tags = ["orders", "customer_care", "stock"];
    let with_client = tags.map(|tag| format!("client,{tag}"));
    let sets = tags.into_iter().chain(with_client.iter().map(String::as_str));
    for features in sets.chain(["", "client", "client,all-tags", "mock,orders"]) {
        let mut check = Command::new(env!("CARGO"));
        check.args(["check", "--quiet", "--offline", "--no-default-features"]);
        check.args(["--features", features]).current_dir(&folder);
        // The dependencies are those of the hostile crates, and are compiled once.
        check.env("RUSTFLAGS", "-D warnings").env("CARGO_TARGET_DIR", "../hostile/target");
        check.env("CARGO_PROFILE_DEV_DEBUG", "false");
        let checked = check.output().expect("cargo");
        let said = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success(), "{features}:\n{said}");
    }
}
