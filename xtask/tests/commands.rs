//! The commands as a shell sees them: output and exit code.

use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const DESCRIPTION: &str = "\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    get:
      operationId: list_orders
      responses: {'200': {description: Orders, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
components:
  schemas:
    Order: {type: [string, 'null']}
";

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Names, version: 1.0.0}
actions: [{target: $.info, update: {title: Renamed}}]
";

#[test]
fn a_description_needs_a_folder() -> io::Result<()> {
    let folder = shop()?;
    let output = xtask(folder.path(), &["generate", "--spec", "shop.yaml"])?;
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--out"), "{}", stderr(&output));
    Ok(())
}

#[test]
fn a_part_is_current_where_the_same_part_is_asked_for() -> io::Result<()> {
    let folder = shop()?;
    let two = DESCRIPTION
        .replace("  /orders:", "  /users: {get: {operationId: users, responses: {}}}\n  /orders:");
    std::fs::write(folder.path().join("shop.yaml"), two)?;
    let crate_of = ["generate", "--spec", "shop.yaml", "--out", "x", "--name", "x"];
    let part = [&crate_of[..], &["--only-operation", "list_orders"]].concat();
    assert_eq!(xtask(folder.path(), &part)?.status.code(), Some(0));
    let text = std::fs::read_to_string(folder.path().join("x/src/api.rs"))?;
    assert!(text.contains("list_orders") && !text.contains("users"), "{text}");
    assert_eq!(xtask(folder.path(), &[&part[..], &["--check"]].concat())?.status.code(), Some(0));
    let whole = xtask(folder.path(), &[&crate_of[..], &["--check"]].concat())?;
    assert_eq!(whole.status.code(), Some(1), "{}", stdout(&whole));
    let unknown = [&crate_of[..], &["--only-tag", "ap"]].concat();
    let unknown = xtask(folder.path(), &unknown)?;
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stderr(&unknown).contains("did you mean `api`?"), "{}", stderr(&unknown));
    Ok(())
}

#[test]
fn the_report_in_json_has_stdout_for_itself_and_adds_no_file() -> io::Result<()> {
    let folder = shop()?;
    let crate_of = ["generate", "--spec", "shop.yaml", "--out", "x", "--name", "x"];
    assert_eq!(xtask(folder.path(), &crate_of)?.status.code(), Some(0));
    for form in [&["--report"][..], &["--report", "json"]] {
        let output = xtask(folder.path(), &[&crate_of[..], &["--check"], form].concat())?;
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let is_json = serde_json::from_str::<serde_json::Value>(&stdout(&output)).is_ok();
        assert_eq!(is_json, form.contains(&"json"), "{}", stdout(&output));
        assert!(stdout(&output).contains("operations"), "{}", stdout(&output));
    }
    Ok(())
}

#[test]
fn a_watched_description_is_generated_again_when_it_is_saved() -> io::Result<()> {
    let folder = shop()?;
    let arguments = ["generate", "--watch", "--spec", "shop.yaml", "--out", "x", "--name", "x"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(folder.path());
    let mut watching = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let title = |text: &str| {
        let page = std::fs::read_to_string(folder.path().join("x/src/lib.rs"));
        page.is_ok_and(|page| page.contains(text))
    };
    let patience = Instant::now() + Duration::from_secs(120);
    let mut wait = |text: &str| {
        while !title(text)
            && Instant::now() < patience
            && watching.try_wait().is_ok_and(|it| it.is_none())
        {
            std::thread::sleep(Duration::from_millis(50));
        }
        title(text)
    };
    let first = wait("Shop");
    // A fault in between ends nothing.
    std::fs::write(folder.path().join("shop.yaml"), "openapi: [")?;
    std::fs::write(folder.path().join("shop.yaml"), DESCRIPTION.replace("Shop", "Market"))?;
    let second = wait("Market");
    watching.kill()?;
    watching.wait()?;
    assert!(first && second, "generated at first: {first}, and again: {second}");
    Ok(())
}

#[test]
fn a_description_that_is_not_there_is_a_failure_of_the_disk() -> io::Result<()> {
    let folder = shop()?;
    let output =
        xtask(folder.path(), &["generate", "--spec", "none.yaml", "--out", "x", "--name", "x"])?;
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("none.yaml"), "{}", stderr(&output));
    assert!(!folder.path().join("x").exists());
    Ok(())
}

#[test]
fn effective_shows_the_overlay_only_where_it_is_given() -> io::Result<()> {
    let folder = shop()?;
    let show = ["show", "effective", "/info/title", "--spec", "shop.yaml"];
    assert_eq!(stdout(&xtask(folder.path(), &show)?), "Shop\n");
    let with_overlay = [&show[..], &["--overlay", "overlay.yaml"]].concat();
    assert_eq!(stdout(&xtask(folder.path(), &with_overlay)?), "Renamed\n");
    Ok(())
}

#[test]
fn a_name_narrows_to_a_schema_or_an_operation() -> io::Result<()> {
    let folder = shop()?;
    let table = [
        (["effective", "Order"], "- 'null'"),
        (["normalize", "Order"], "- 'null'"),
        (["normalize", "/components/schemas/Order"], "- 'null'"),
        (["normalize", "list_orders"], "operationId: list_orders"),
    ];
    for (stage, part) in table {
        let output =
            xtask(folder.path(), &[&["show", "--spec", "shop.yaml"], &stage[..]].concat())?;
        assert_eq!(output.status.code(), Some(0), "{stage:?}: {}", stderr(&output));
        assert!(stdout(&output).contains(part), "{stage:?}: {}", stdout(&output));
        assert!(!stdout(&output).contains("info:"), "{stage:?}: {}", stdout(&output));
    }
    Ok(())
}

#[test]
fn a_name_that_nothing_has_is_wrong_usage_with_a_hint() -> io::Result<()> {
    let folder = shop()?;
    let output = xtask(folder.path(), &["show", "effective", "list_order", "--spec", "shop.yaml"])?;
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `list_orders`?"), "{}", stderr(&output));
    Ok(())
}

#[test]
fn a_refused_description_has_its_own_exit_code() -> io::Result<()> {
    let folder = shop()?;
    std::fs::write(folder.path().join("broken.yaml"), "a: [")?;
    let output = xtask(folder.path(), &["show", "normalize", "--spec", "broken.yaml"])?;
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("error[syntax]"), "{}", stderr(&output));
    assert!(stderr(&output).contains("broken.yaml:1:5"), "{}", stderr(&output));
    assert!(stdout(&output).is_empty());
    Ok(())
}

#[test]
fn a_refused_description_writes_nothing() -> io::Result<()> {
    let folder = shop()?;
    std::fs::write(folder.path().join("broken.yaml"), "a: [")?;
    let arguments = ["generate", "--spec", "broken.yaml", "--out", "client", "--name", "client"];
    let output = xtask(folder.path(), &arguments)?;
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).ends_with("refused: 1 error\n"), "{}", stderr(&output));
    assert!(!folder.path().join("client").exists());
    Ok(())
}

#[test]
fn diagnostics_as_json_are_an_object_a_line_and_have_stdout_alone() -> io::Result<()> {
    let folder = shop()?;
    let twice = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\ncomponents: {schemas: {A: {type: string}}}\n\
                 x-a:\n  b: 1\n  b: 2\nx-a: 3\n";
    std::fs::write(folder.path().join("twice.yaml"), twice)?;
    let arguments = ["show", "model", "--message-format", "json"];
    let output = xtask(folder.path(), &[&arguments[..], &["--spec", "twice.yaml"]].concat())?;
    let objects: Result<Vec<serde_json::Value>, _> =
        stdout(&output).lines().map(serde_json::from_str).collect();
    let places = objects?.into_iter().map(|one| {
        let part = |key| one.get(key).cloned().unwrap_or_default();
        (part("code"), part("file"), part("line"), part("column"))
    });
    let place = |line: u32, column: u32| {
        ("repeated-key".into(), "twice.yaml".into(), line.into(), column.into())
    };
    assert_eq!(places.collect::<Vec<_>>(), [place(6, 3), place(7, 1)]);
    let output = xtask(folder.path(), &[&arguments[..], &["--spec", "shop.yaml"]].concat())?;
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(0)));
    assert!(stderr(&output).contains("Order"), "{}", stderr(&output));
    Ok(())
}

#[test]
fn warnings_can_be_denied() -> io::Result<()> {
    let folder = shop()?;
    std::fs::write(folder.path().join("odd.yaml"), format!("{DESCRIPTION}  oddities: {{}}\n"))?;
    let show = ["show", "model", "--spec", "odd.yaml"];
    assert_eq!(xtask(folder.path(), &show)?.status.code(), Some(0));
    let output = xtask(folder.path(), &[&show[..], &["--deny-warnings"]].concat())?;
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).ends_with("refused: 1 warning\n"), "{}", stderr(&output));
    Ok(())
}

#[test]
fn the_defaults_are_found_from_any_folder() -> io::Result<()> {
    let folder = TempDir::new()?;
    let output = xtask(folder.path(), &["show", "effective", "/openapi"])?;
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("3."), "{}", stdout(&output));
    Ok(())
}

#[test]
fn a_diff_says_what_changes_and_fails_on_what_it_is_told_to() -> io::Result<()> {
    let folder = shop()?;
    let renamed = DESCRIPTION.replace("list_orders", "all_orders");
    std::fs::write(folder.path().join("new.yaml"), renamed)?;
    let diff = ["diff", "shop.yaml", "new.yaml"];
    let output = xtask(folder.path(), &diff)?;
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("`api().list_orders` is now `api().all_orders`"));
    let markdown = xtask(folder.path(), &[&diff[..], &["--format", "markdown"]].concat())?;
    assert!(stdout(&markdown).starts_with("### Breaking\n\n- `api().list_orders`"));
    for (fail_on, code) in [("never", 0), ("breaking", 3), ("addition", 3), ("any", 3)] {
        let output = xtask(folder.path(), &[&diff[..], &["--fail-on", fail_on]].concat())?;
        assert_eq!(output.status.code(), Some(code), "{fail_on}");
        assert!(stdout(&output).starts_with("breaking\n"), "{fail_on}: the report is there too");
    }
    let same = xtask(folder.path(), &["diff", "shop.yaml", "shop.yaml", "--fail-on", "any"])?;
    assert_eq!(
        (same.status.code(), stdout(&same).trim()),
        (Some(0), "Nothing changes for callers.")
    );
    Ok(())
}

#[test]
fn a_diff_for_programs_has_the_step_and_every_change() -> io::Result<()> {
    let folder = shop()?;
    let removed = DESCRIPTION.replace("  /orders:", "  /goods:");
    std::fs::write(folder.path().join("new.yaml"), removed)?;
    let output = xtask(folder.path(), &["diff", "shop.yaml", "new.yaml", "--format", "json"])?;
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!((&report["step"], &report["behaviour"]), (&"patch".into(), &1.into()), "{report}");
    assert_eq!(report["changes"][0]["path"], "api::Api::list_orders", "{report}");
    Ok(())
}

#[test]
fn a_diff_applies_the_overlay_where_it_fits() -> io::Result<()> {
    let folder = shop()?;
    let goods = DESCRIPTION.replace("  /orders:", "  /goods:");
    std::fs::write(folder.path().join("new.yaml"), goods)?;
    let names = OVERLAY.replace(
        "{target: $.info, update: {title: Renamed}}",
        "{target: \"$.paths['/orders'].get\", update: {x-rust-name: all}}",
    );
    std::fs::write(folder.path().join("overlay.yaml"), names)?;
    let output =
        xtask(folder.path(), &["diff", "shop.yaml", "new.yaml", "--overlay", "overlay.yaml"])?;
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("`api().all` is now `api().list_orders`"), "{output:?}");
    assert!(stderr(&output).contains("warning[skipped-action]"), "{}", stderr(&output));
    Ok(())
}

#[test]
fn lint_tells_what_is_hard_to_use_and_prints_actions_that_help() -> io::Result<()> {
    let folder = shop()?;
    let unnamed = DESCRIPTION.replace("      operationId: list_orders\n", "");
    let unnamed = unnamed.replace("paths:\n", "security: []\npaths:\n");
    std::fs::write(folder.path().join("unnamed.yaml"), unnamed)?;
    let lint = ["lint", "--spec", "unnamed.yaml"];
    let output = xtask(folder.path(), &lint)?;
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("warning[unstable-operation-id]"), "{}", stderr(&output));
    assert!(stderr(&output).contains("unnamed.yaml:6:5"), "{}", stderr(&output));
    assert!(stdout(&output).contains("2 things make"), "{}", stdout(&output));
    let denied = xtask(folder.path(), &[&lint[..], &["--deny-warnings"]].concat())?;
    assert_eq!(denied.status.code(), Some(3), "{}", stderr(&denied));
    let json = xtask(folder.path(), &[&lint[..], &["--message-format", "json"]].concat())?;
    let first: serde_json::Value =
        serde_json::from_str(stdout(&json).lines().next().unwrap_or_default()).expect("JSON");
    assert_eq!((&first["line"], &first["code"]), (&6.into(), &"unstable-operation-id".into()));
    assert_eq!(first["action"]["target"], "$.paths['/orders'].get", "{first}");
    let actions = stdout(&xtask(folder.path(), &[&lint[..], &["--actions"]].concat())?);
    assert!(actions.contains("\nactions:\n- target: $.paths['/orders'].get\n"), "{actions}");
    std::fs::write(folder.path().join("ids.yaml"), actions)?;
    let with_overlay = [&lint[..], &["--overlay", "ids.yaml"]].concat();
    let output = xtask(folder.path(), &with_overlay)?;
    assert!(stdout(&output).contains("1 thing makes"), "{}", stdout(&output));
    std::fs::write(
        folder.path().join("ids.yaml"),
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: []\n",
    )?;
    let to_add = stdout(&xtask(folder.path(), &[&with_overlay[..], &["--actions"]].concat())?);
    assert!(to_add.starts_with("- target: $.paths['/orders'].get\n"), "{to_add}");
    Ok(())
}

#[test]
fn nothing_makes_the_lantern_description_hard_to_use() -> io::Result<()> {
    let folder = TempDir::new()?;
    let output = xtask(folder.path(), &["lint", "--deny-warnings"])?;
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let alone = ["lint", "--actions", "--spec"].map(str::to_owned);
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/lantern.yaml").to_owned();
    let arguments: Vec<_> = alone.iter().chain([&spec]).map(String::as_str).collect();
    let output = xtask(folder.path(), &arguments)?;
    assert!(stdout(&output).contains("required[?@ == 'total_credits']"), "{}", stdout(&output));
    Ok(())
}

#[test]
fn several_overlays_are_applied_in_the_order_of_the_command_line() -> io::Result<()> {
    let folder = shop()?;
    for (name, title) in [("a.yaml", "First"), ("b.yaml", "Second")] {
        let action = format!("{{target: $.info, update: {{title: {title}}}}}");
        let info = "{title: T, version: 1.0.0}";
        let overlay = format!("overlay: 1.0.0\ninfo: {info}\nactions: [{action}]\n");
        std::fs::write(folder.path().join(name), overlay)?;
    }
    for (order, title) in [(["a.yaml", "b.yaml"], "Second"), (["b.yaml", "a.yaml"], "First")] {
        let [first, second] = order;
        let show = ["show", "effective", "--spec", "shop.yaml", "--overlay", first, "--overlay"];
        let output = xtask(folder.path(), &[&show[..], &[second]].concat())?;
        assert!(stdout(&output).contains(&format!("title: {title}\n")), "{}", stderr(&output));
    }
    Ok(())
}

fn shop() -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    std::fs::write(folder.path().join("shop.yaml"), DESCRIPTION)?;
    std::fs::write(folder.path().join("overlay.yaml"), OVERLAY)?;
    Ok(folder)
}

fn xtask(folder: &Path, arguments: &[&str]) -> io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(folder).output()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
