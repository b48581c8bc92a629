//! A change of the description, from the vendor's new file to the release that follows from it.

use std::io;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const SHOP: &str = "\
openapi: 3.1.0
info: {title: Shop, version: 1.4.1}
paths:
  /orders:
    get:
      operationId: list_orders
      responses: {'200': {description: Orders, content: {application/json: {schema: {type: string}}}}}
";

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Names, version: 1.0.0}
actions: [{target: \"$.paths['/orders'].get\", description: Shorter., update: {x-rust-name: list}}]
";

const CRATE: [&str; 8] = [
    "--spec",
    "shop.yaml",
    "--overlay",
    "overlay.yaml",
    "--out",
    "client",
    "--name",
    "shop-client",
];

#[test]
fn an_update_tells_what_changes_and_writes_description_and_client() -> io::Result<()> {
    let folder = shop()?;
    assert_done(&xtask(folder.path(), "generate", &[])?);
    let new = "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"Shop\", \"version\": \"1.5.0\"}, \"paths\": {
        \"/orders\": {\"get\": {\"operationId\": \"list_orders\", \"responses\": {\"204\": {\"description\": \"None\"}}},
                     \"post\": {\"responses\": {\"204\": {\"description\": \"Made\"}}}}}}";
    write(&folder, "new.json", new)?;
    let output = xtask(folder.path(), "update", &["new.json"])?;
    assert_done(&output);
    let told = stdout(&output);
    for part in [
        "`api().list` gave `String`",
        "`api().create_order` is new",
        "updated shop.yaml",
        "updated src/api.rs",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let hints = stderr(&output);
    assert!(hints.contains("the operation has no `operationId`\n --> new.json:3:"), "{hints}");
    assert!(!hints.contains("no error of `GET /orders`"), "that was so before: {hints}");
    assert_eq!(read(&folder, "shop.yaml")?, new, "byte for byte");
    assert!(read(&folder, "client/src/api.rs")?.contains("lantern-generator from shop.yaml."));
    assert_done(&xtask(folder.path(), "generate", &["--check"])?);
    Ok(())
}

#[test]
fn what_does_not_generate_changes_nothing() -> io::Result<()> {
    let folder = shop()?;
    assert_done(&xtask(folder.path(), "generate", &[])?);
    let before = everything(folder.path())?;
    let limit = "{$ref: 'https://example.com/api.yaml#/Limit'}";
    let broken = SHOP.replace("responses:", &format!("parameters: [{limit}]\n      responses:"));
    let moved = SHOP.replace("/orders", "/order");
    for (text, part) in [
        (broken.as_str(), "error[external-reference]"),
        ("a: [", "error[syntax]"),
        (&moved, "did you mean `$.paths['/order'].get`?"),
    ] {
        write(&folder, "new.yaml", text)?;
        let output = xtask(folder.path(), "update", &["new.yaml"])?;
        assert_eq!(output.status.code(), Some(1), "{part}");
        assert!(stderr(&output).contains(part), "{part}: {}", stderr(&output));
        std::fs::remove_file(folder.path().join("new.yaml"))?;
        assert_eq!(everything(folder.path())?, before, "{part}");
    }
    Ok(())
}

#[test]
fn changes_are_told_even_where_the_overlay_does_not_fit() -> io::Result<()> {
    let folder = shop()?;
    write(&folder, "new.yaml", &SHOP.replace("/orders", "/order"))?;
    let output = xtask(folder.path(), "update", &["new.yaml"])?;
    assert_eq!(output.status.code(), Some(1));
    let told = stdout(&output);
    assert!(told.contains("`api().list` is now `api().list_orders`"), "{told}");
    Ok(())
}

#[test]
fn a_dry_run_tells_and_writes_nothing() -> io::Result<()> {
    let folder = shop()?;
    write(&folder, "new.yaml", &SHOP.replace("type: string", "type: integer"))?;
    let before = everything(folder.path())?;
    let output = xtask(folder.path(), "update", &["new.yaml", "--dry-run"])?;
    assert_done(&output);
    assert!(stdout(&output).contains("`api().list` gave `String`"), "{}", stdout(&output));
    assert_eq!(everything(folder.path())?, before);
    Ok(())
}

#[test]
fn releases_follow_from_what_has_changed() -> io::Result<()> {
    let folder = shop()?;
    let first = xtask(folder.path(), "generate", &["--release"])?;
    assert!(stdout(&first).contains("released as 1.4.1"), "{}", stdout(&first));
    let again = xtask(folder.path(), "generate", &["--release"])?;
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("nothing has changed for callers since 1.4.1"));
    write(&folder, "shop.yaml", &SHOP.replace("type: string", "type: integer"))?;
    let advice = stdout(&xtask(folder.path(), "generate", &[])?);
    let expected = "since 1.4.1: 1 breaking change; the next version is 2.0.0 at the least";
    assert!(advice.contains(expected), "{advice}");
    assert!(read(&folder, "client/Cargo.toml")?.contains("version = \"1.4.1\""), "not by itself");
    let low = xtask(folder.path(), "generate", &["--release=1.9.0"])?;
    assert_eq!(low.status.code(), Some(2), "{}", stderr(&low));
    assert_done(&xtask(folder.path(), "generate", &["--release"])?);
    assert!(read(&folder, "client/Cargo.toml")?.contains("version = \"2.0.0\""));
    let changelog = read(&folder, "client/CHANGELOG.md")?;
    assert!(
        changelog.contains("## 2.0.0\n\nShop 1.4.1.\n\n### Breaking\n\n- `api().list` gave"),
        "{changelog}"
    );
    write(&folder, "client/CHANGELOG.md", &changelog.replace("The first", "Our first"))?;
    assert_done(&xtask(folder.path(), "generate", &["--check"])?);
    Ok(())
}

#[test]
fn a_record_that_cannot_be_read_stops_before_anything_is_written() -> io::Result<()> {
    let folder = shop()?;
    assert_done(&xtask(folder.path(), "generate", &["--release"])?);
    write(&folder, "client/released.yaml", "# @generated\nversion: [")?;
    write(&folder, "new.yaml", &SHOP.replace("type: string", "type: integer"))?;
    let before = everything(folder.path())?;
    for (command, arguments) in [("generate", &[][..]), ("update", &["new.yaml"])] {
        let output = xtask(folder.path(), command, arguments)?;
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(stderr(&output).contains("error[unreadable-record]"), "{}", stderr(&output));
        assert_eq!(everything(folder.path())?, before, "{command}");
    }
    Ok(())
}

#[test]
fn a_changelog_that_a_person_keeps_stays_as_it_is() -> io::Result<()> {
    let folder = shop()?;
    assert_done(&xtask(folder.path(), "generate", &[])?);
    write(&folder, "client/CHANGELOG.md", "# Our changes\n")?;
    assert_done(&xtask(folder.path(), "generate", &[])?);
    let before = everything(folder.path())?;
    let output = xtask(folder.path(), "generate", &["--release"])?;
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("`CHANGELOG.md` is there and does not begin with @generated"));
    assert_eq!(everything(folder.path())?, before);
    Ok(())
}

fn shop() -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    write(&folder, "shop.yaml", SHOP)?;
    write(&folder, "overlay.yaml", OVERLAY)?;
    Ok(folder)
}

fn xtask(folder: &Path, command: &str, arguments: &[&str]) -> io::Result<Output> {
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    xtask.arg(command).args(arguments).args(CRATE).current_dir(folder).output()
}

fn assert_done(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
}

fn write(folder: &TempDir, file: &str, text: &str) -> io::Result<()> {
    std::fs::write(folder.path().join(file), text)
}

fn read(folder: &TempDir, file: &str) -> io::Result<String> {
    std::fs::read_to_string(folder.path().join(file))
}

/// All files below a folder, with their texts.
fn everything(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => files.extend(everything(&path)?),
            false => files.push((path.display().to_string(), std::fs::read_to_string(&path)?)),
        }
    }
    files.sort();
    Ok(files)
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn only_new_faults_that_could_be_left_out_stop_an_update() -> io::Result<()> {
    let dangling = "{$ref: '#/components/schemas/Nope'}";
    let folder = shop()?;
    write(&folder, "shop.yaml", &SHOP.replacen("{type: string}", dangling, 1))?;
    let generated = xtask(folder.path(), "generate", &[])?;
    assert_done(&generated);
    assert!(stderr(&generated).contains("warning[missing-schema]"), "{}", stderr(&generated));
    let refused = xtask(folder.path(), "generate", &["--strict"])?;
    assert_eq!(refused.status.code(), Some(1), "{}", stderr(&refused));
    // The same fault again is known.
    let same = SHOP.replacen("{type: string}", dangling, 1).replace("1.4.1", "1.5.0");
    write(&folder, "same.yaml", &same)?;
    assert_done(&xtask(folder.path(), "update", &["same.yaml"])?);
    let post =
        "    post: {operationId: add, responses: {'200': {$ref: '#/components/responses/Nope'}}}\n";
    write(&folder, "worse.yaml", &format!("{same}{post}"))?;
    let worse = xtask(folder.path(), "update", &["worse.yaml"])?;
    assert_eq!(worse.status.code(), Some(1), "{}", stderr(&worse));
    assert!(stderr(&worse).contains("error[dangling-reference]"), "{}", stderr(&worse));
    assert!(!stderr(&worse).contains("error[missing-schema]"), "{}", stderr(&worse));
    assert_eq!(read(&folder, "shop.yaml")?, same, "nothing was written");
    Ok(())
}

#[test]
fn a_type_that_does_not_exist_stops_an_update_unless_it_is_tolerated() -> io::Result<()> {
    let folder = shop()?;
    assert_done(&xtask(folder.path(), "generate", &[])?);
    write(&folder, "new.yaml", &SHOP.replace("type: string", "type: strng"))?;
    let refused = xtask(folder.path(), "update", &["new.yaml"])?;
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("error[unknown-type]"), "{}", stderr(&refused));
    let told = stderr(&refused).matches("[unknown-type]").count();
    assert_eq!(told, 1, "it is no warning, too: {}", stderr(&refused));
    assert!(stdout(&refused).contains("--tolerate"), "{}", stdout(&refused));
    assert_eq!(read(&folder, "shop.yaml")?, SHOP);
    assert_done(&xtask(folder.path(), "update", &["new.yaml", "--tolerate"])?);
    assert!(read(&folder, "shop.yaml")?.contains("strng"));
    Ok(())
}

/// Who adapts the overlay to the new description before the update is not told of changes that there are not.
#[test]
fn the_description_so_far_goes_with_the_overlay_that_was_committed() -> io::Result<()> {
    let folder = shop()?;
    assert_done(&xtask(folder.path(), "generate", &[])?);
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "shop.yaml", "overlay.yaml"],
        &["-c", "user.name=x", "-c", "user.email=x", "commit", "--quiet", "--message=First"],
    ] {
        assert_done(&Command::new("git").args(arguments).current_dir(folder.path()).output()?);
    }
    write(&folder, "new.yaml", &SHOP.replace("/orders", "/purchases"))?;
    write(&folder, "overlay.yaml", &OVERLAY.replace("/orders", "/purchases"))?;
    let output = xtask(folder.path(), "update", &["new.yaml", "--dry-run"])?;
    assert_done(&output);
    let told = stdout(&output);
    assert!(!told.contains("is now"), "the method was and is `list`: {told}");
    assert!(told.contains("/purchases"), "{told}");
    Ok(())
}
