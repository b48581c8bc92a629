use std::fs;

use tempfile::TempDir;
use toml_edit::DocumentMut;

use super::*;

const NEEDED: &str = "\
[package]
edition = \"2024\"
rust-version = \"1.88\"

[features]
default = []

[dependencies]
bytes = \"1.2\"
jiff = { version = \"1\", default-features = false, features = [\"std\"] }
tokio = { version = \"1\", default-features = false, features = [\"sync\", \"time\"] }

[target.'cfg(target_arch = \"wasm32\")'.dependencies]
tokio = { version = \"1\", features = [\"js\"] }
";

fn needed() -> Enabled {
    let manifest: DocumentMut = NEEDED.parse().expect("a manifest");
    Enabled::of(&manifest, None)
}

/// A crate with this manifest, and perhaps another one of the workspace around it.
fn crate_of(manifest: &str, workspace: Option<&str>) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir_all(folder.path().join("app/src")).expect("folders");
    fs::write(folder.path().join("app/Cargo.toml"), manifest).expect("a file");
    fs::write(folder.path().join("app/src/lib.rs"), "").expect("a file");
    if let Some(workspace) = workspace {
        fs::write(folder.path().join("Cargo.toml"), workspace).expect("a file");
    }
    folder
}

/// The lines that a crate lacks.
fn lacks(manifest: &str, workspace: Option<&str>) -> String {
    let manifest = format!("[package]\nname = \"app\"\n{manifest}");
    let folder = crate_of(&manifest, workspace);
    let holder = Holder::find(&folder.path().join("app/src/shop")).expect("a crate");
    match holder.check(&needed()) {
        Ok(()) => String::new(),
        Err(why) => {
            let why = why.to_string();
            why.split_once("belong there:\n\n").expect("lines").1.to_owned()
        }
    }
}

const PACKAGE: &str = "edition = \"2024\"\n[dependencies]\n";

#[test]
fn lines_are_asked_for_that_are_missing_or_too_weak() {
    let good = "bytes = \"1.2\"\njiff = \"1.0.3\"\ntokio = { version = \"1\", features = [\"time\", \"sync\"] }\n";
    let without = |name: &str| {
        good.lines()
            .filter(|line| !line.starts_with(name))
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    let table = [
        ("", ""),
        ("bytes = \"=1.4.1\"", ""),
        ("bytes = { version = \"1.3\", optional = true }", ""),
        ("bytes = { path = \"../bytes\" }", ""),
        ("bytes = \"1\"", "bytes = \"1.2\" # it is 1"),
        ("bytes = \"0.5\"", "bytes = \"1.2\" # it is 0.5"),
        ("bytes = \"2\"", "bytes = \"1.2\" # it is 2"),
        ("bytes = \"*\"", "bytes = \"1.2\" # it is *"),
        (
            "bytes = { package = \"other\", version = \"1.2\" }",
            "bytes = \"1.2\" # it is another package",
        ),
        ("tokio = { version = \"1\", features = [\"full\"] }", ""),
        (
            "tokio = { version = \"1.40\", features = [\"rt\", \"time\"] }",
            "tokio = { version = \"1.40\", features = [\"sync\", \"time\", \"rt\"] } # it lacks `sync`",
        ),
        (
            "jiff = { version = \"1\", default-features = false }",
            "jiff = { version = \"1\", default-features = false, features = [\"std\"] } # it lacks `std`",
        ),
        (
            "tokio = { version = \"1\", features = [\"sync\"] }",
            "tokio = { version = \"1\", features = [\"sync\", \"time\"] } # it lacks `time`",
        ),
    ];
    for (line, expected) in table {
        let name = line.split(' ').next().filter(|name| !name.is_empty()).unwrap_or("none");
        let manifest = format!("{PACKAGE}{}{line}\n", without(name));
        let expected = match expected {
            "" => String::new(),
            expected => format!("[dependencies]\n{expected}\n"),
        };
        assert_eq!(lacks(&manifest, None), expected, "{line}");
    }
    let all = "[dependencies]\nbytes = \"1.2\"\njiff = { version = \"1\", default-features = false, features = [\"std\"] }\n\
               tokio = { version = \"1\", default-features = false, features = [\"sync\", \"time\"] }\n";
    assert_eq!(lacks(PACKAGE, None), all);
}

#[test]
fn what_is_inherited_from_a_workspace_counts() {
    let workspace = "[workspace]\nmembers = [\"app\"]\n[workspace.package]\nedition = \"2024\"\n\
                     [workspace.dependencies]\nbytes = \"1.5\"\njiff = \"1\"\n\
                     tokio = { version = \"1\", features = [\"sync\"] }\n";
    let manifest = |tokio: &str| {
        format!(
            "edition.workspace = true\n[dependencies]\nbytes.workspace = true\njiff = {{ workspace = true }}\n{tokio}\n"
        )
    };
    let good = manifest("tokio = { workspace = true, features = [\"time\"] }");
    assert_eq!(lacks(&good, Some(workspace)), "");
    assert_eq!(
        lacks(&manifest("tokio.workspace = true"), Some(workspace)),
        "[dependencies]\ntokio = { workspace = true, features = [\"sync\", \"time\"] } # it lacks `time`\n"
    );
}

#[test]
fn edition_rust_version_and_browser_count() {
    let good = "bytes = \"1.2\"\njiff = \"1\"\ntokio = { version = \"1\", features = [\"sync\", \"time\"] }\n";
    let manifest = format!("edition = \"2021\"\nrust-version = \"1.85\"\n[dependencies]\n{good}");
    assert_eq!(
        lacks(&manifest, None),
        "[package]\nedition = \"2024\" # it is 2021\nrust-version = \"1.88\" # it is 1.85\n"
    );
    let browser = format!("{PACKAGE}{good}[target.'{BROWSER}'.dependencies]\nother = \"1\"\n");
    let expected = format!(
        "[target.'{BROWSER}'.dependencies]\ntokio = {{ version = \"1\", features = [\"js\", \"sync\", \"time\"] }} # it lacks `js`\n"
    );
    assert_eq!(lacks(&browser, None), expected);
}

#[test]
fn a_module_is_below_the_sources_of_a_package() {
    let folder = crate_of("[package]\nname = \"my-app\"\n", Some("[workspace]\nmembers = []\n"));
    let at = |path: &str| {
        let path = folder.path().join(path);
        let holder = Holder::find(&path).map_err(|why| why.to_string())?;
        holder.module(&path, None).map_err(|why| why.to_string())
    };
    let module = at("app/src/clients/shop").expect("a module");
    assert_eq!(module.path_in_examples(), "my_app::clients::shop");
    for (path, why) in [
        ("app/src", "is not below"),
        ("app/shop", "is not below"),
        ("app/src/my-shop", "`my-shop` cannot be the name of a module"),
        ("app/src/type", "`type` cannot be the name of a module"),
        ("shop", "a workspace without one"),
    ] {
        let refused = at(path).expect_err(path);
        assert!(refused.contains(why), "{path}: {refused}");
    }
    fs::remove_file(folder.path().join("app/src/lib.rs")).expect("a file");
    let module = at("app/src/shop").expect("a module");
    assert_eq!(module.path_in_examples(), "crate::shop", "a program is no library");
}

#[test]
fn a_feature_that_there_is_not_is_refused() {
    let manifest: DocumentMut =
        NEEDED.replace("default = []", "default = []\nmock = []").parse().expect("TOML");
    let enabled = |name: &str| Enabled::of(&manifest, Some(vec![name.to_owned()]));
    assert_eq!(
        unknown("mcok", &enabled("mcok")),
        "the client has no feature `mcok`; did you mean `mock`?"
    );
    assert_eq!(unknown("s3", &enabled("s3")), "the client has no feature `s3`; there are mock");
}

#[test]
fn a_declaration_is_asked_for_only_once() {
    let folder = crate_of("[package]\nname = \"app\"\n", None);
    let hint = |path: &str| {
        let path = folder.path().join(path);
        let holder = Holder::find(&path).expect("a crate");
        holder.declaration(&holder.module(&path, None).expect("a module"))
    };
    assert_eq!(hint("app/src/shop"), "declare the module: `pub mod shop;` in src/lib.rs\n");
    assert_eq!(hint("app/src/a/shop"), "declare the module: `pub mod shop;` in src/a.rs\n");
    fs::write(folder.path().join("app/src/lib.rs"), "mod shop;\n").expect("a file");
    fs::create_dir_all(folder.path().join("app/src/a")).expect("a folder");
    fs::write(folder.path().join("app/src/a/mod.rs"), "pub mod shop;\n").expect("a file");
    assert_eq!(hint("app/src/shop"), "");
    assert_eq!(hint("app/src/a/shop"), "");
}
