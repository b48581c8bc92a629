use super::*;

const FRESH: &str = r#"# @generated in part

[package]
name = "shop"
description = "A client"
version = "1.0.0"
edition = "2024"

[features]
default = ["rustls"]
# The client.
client = ["dep:bytes", "dep:uuid"]
rustls = ["client"]

[dependencies]
bytes = { version = "1", optional = true }
# UUIDs.
uuid = { version = "1", features = ["std"], optional = true }
"#;

fn marked(text: &str) -> String {
    let mut manifest: DocumentMut = text.parse().expect("TOML");
    mark(&mut manifest);
    manifest.to_string()
}

fn merged(existing: &str, fresh: &str) -> String {
    let merged = merge(existing, &marked(fresh), false).expect("TOML");
    let again = merge(&merged, &marked(fresh), false).expect("TOML");
    assert_eq!(again, merged, "a second run changes nothing");
    merged
}

#[test]
fn a_manifest_that_nobody_changed_is_as_the_generator_gives_it() {
    assert_eq!(merged(&marked(FRESH), FRESH), marked(FRESH));
}

/// An earlier generator wrote no table for browsers; the owner may have one.
#[test]
fn what_a_browser_needs_is_added_beside_what_the_owner_has_there() {
    let table = "\n[target.'cfg(target_arch = \"wasm32\")'.dependencies]\n";
    let fresh =
        format!("{FRESH}{table}# Time.\nweb-time = {{ version = \"1\", optional = true }}\n");
    let first = merged(&marked(FRESH), &fresh);
    assert!(first.contains(&format!("{table}# Time.\nweb-time = ")), "{first}");
    assert!(!first.contains("[target]"), "{first}");
    assert!(first.contains("browser-dependencies = [\"web-time\"]"), "{first}");
    let own = format!("{}{table}console_log = \"1\"\n", marked(FRESH));
    let second = merged(&own, &fresh);
    assert!(second.contains("console_log = \"1\"\n# Time.\nweb-time = "), "{second}");
    let gone = merged(&second, FRESH);
    assert!(gone.contains("console_log") && !gone.contains("web-time"), "{gone}");
}

#[test]
fn what_the_owner_added_stays() {
    let own = marked(FRESH)
        .replace("version = \"1.0.0\"", "version = \"3.2.1\"\nlicense = \"MIT\" # ours")
        .replace("description = \"A client\"", "description = \"The client of our shop\"")
        .replace("default = [\"rustls\"]", "default = []\nextra = [\"dep:anyhow\"]")
        .replace(
            "\n[dependencies]\n",
            "\n[dependencies]\n# For extra.\nanyhow = { version = \"1\", optional = true }\n",
        )
        + "\n[lints.clippy]\npedantic = \"warn\"\n\n[profile.dev]\ndebug = false\n";
    assert_eq!(merged(&own, FRESH), own);
}

#[test]
fn what_the_client_needs_comes_and_goes() {
    let own = marked(FRESH).replace("uuid = {", "anyhow = \"1\"\nuuid = {");
    let fresh = FRESH.replace("\"dep:uuid\"", "\"dep:url\"").replace(
        "# UUIDs.\nuuid = { version = \"1\", features = [\"std\"], optional = true }",
        "# Addresses.\nurl = { version = \"2\", optional = true }",
    );
    let merged = merged(&own, &fresh);
    let manifest: DocumentMut = merged.parse().expect("TOML");
    assert_eq!(
        keys(manifest["dependencies"].as_table().expect("a table")),
        ["bytes", "anyhow", "url"]
    );
    assert!(merged.contains("client = [\"dep:bytes\", \"dep:url\"]"), "{merged}");
    assert!(merged.contains("# Addresses.\nurl = "), "{merged}");
    assert!(merged.contains("dependencies = [\"bytes\", \"url\"]"), "{merged}");
}

#[test]
fn features_that_the_owner_added_to_an_entry_stay() {
    let own = marked(FRESH)
        .replace("features = [\"std\"]", "features = [\"std\", \"v4\"]")
        .replace("[\"dep:bytes\", \"dep:uuid\"]", "[\"dep:bytes\", \"dep:uuid\", \"dep:mine\"]");
    let merged = merged(&own, FRESH);
    assert!(merged.contains("uuid = { version = \"1\", features = [\"std\", \"v4\"]"), "{merged}");
    assert!(merged.contains("\"dep:mine\"]"), "{merged}");
}

#[test]
fn a_dependency_that_the_owner_had_first_gets_what_the_client_needs() {
    let own = marked(&FRESH.replace("bytes = { version = \"1\", optional = true }\n", "")).replace(
        "[dependencies]\n",
        "[dependencies]\nbytes = { version = \"1.4\", features = [\"serde\"] }\n",
    );
    let merged = merged(&own, FRESH);
    let line = "bytes = { version = \"1\", optional = true , features = [\"serde\"] }";
    let line_alike = "bytes = { version = \"1\", optional = true, features = [\"serde\"] }";
    assert!(merged.contains(line) || merged.contains(line_alike), "{merged}");
}

#[test]
fn name_and_edition_are_the_generators_and_so_is_the_version_of_a_release() {
    let own = marked(FRESH).replace("\"shop\"", "\"mine\"").replace("2024", "2021");
    assert_eq!(merged(&own, FRESH), marked(FRESH));
    let released = FRESH.replace("1.0.0", "2.0.0");
    let merged = merge(&own, &marked(&released), true).expect("TOML");
    assert_eq!(merged, marked(&released));
}

#[test]
fn a_manifest_without_marks_is_replaced() {
    assert_eq!(merged(FRESH, FRESH), marked(FRESH));
    assert!(merge("a = ", FRESH, false).is_err());
}
