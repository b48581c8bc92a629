//! The program `lantern-generator` as a shell sees it: output and exit code.
#![cfg(feature = "cli")]

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const SHOP: &str = "\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    get:
      operationId: list_orders
      responses: {'200': {description: Orders, content: {application/json: {schema: {type: string}}}}}
";

#[test]
fn a_crate_is_generated_from_a_file_and_is_then_current() -> io::Result<()> {
    let folder = shop()?;
    let generate = ["generate", "--spec", "shop.yaml", "--out", "Shop Client"];
    assert_code(&run(folder.path(), &generate)?, 0);
    let manifest = std::fs::read_to_string(folder.path().join("Shop Client/Cargo.toml"))?;
    assert!(manifest.contains("name = \"shop-client\""), "the folder's name: {manifest}");
    assert_code(&run(folder.path(), &[&generate[..], &["--check"]].concat())?, 0);
    Ok(())
}

#[test]
fn a_stale_crate_is_put_right_by_the_command_that_is_named() -> io::Result<()> {
    let folder = shop()?;
    let generate = ["generate", "--spec", "shop.yaml", "--out", "client"];
    let output = run(folder.path(), &[&generate[..], &["--check"]].concat())?;
    assert_code(&output, 1);
    let hint = "run: lantern-generator generate --spec shop.yaml --out client\n";
    assert!(stderr(&output).ends_with(hint), "{}", stderr(&output));
    Ok(())
}

#[test]
fn a_description_can_be_piped_in() -> io::Result<()> {
    let folder = TempDir::new()?;
    let generate = ["generate", "--spec", "-", "--out", "client", "--name", "shop"];
    assert_code(&pipe(folder.path(), &generate, SHOP)?, 0);
    let text = std::fs::read_to_string(folder.path().join("client/src/api.rs"))?;
    assert!(text.contains("list_orders"), "{text}");
    let check = [&generate[..], &["--check"]].concat();
    assert_code(&pipe(folder.path(), &check, SHOP)?, 0);
    let refused = pipe(folder.path(), &generate, "a: [")?;
    assert_code(&refused, 1);
    assert!(stderr(&refused).contains("--> stdin:1:5"), "{}", stderr(&refused));
    Ok(())
}

#[test]
fn every_command_reads_standard_input() -> io::Result<()> {
    let folder = shop()?;
    let new = SHOP.replace("list_orders", "all_orders");
    let crate_of = ["--spec", "shop.yaml", "--out", "client"];
    let table = [
        (vec!["show", "normalize", "all_orders", "--spec", "-"], "operationId: all_orders"),
        (vec!["lint", "--spec", "-"], "hard to use"),
        (vec!["check", "--against", "-", "--spec", "shop.yaml"], "Nothing breaks the client"),
        (vec!["diff", "shop.yaml", "-"], "`api().list_orders` is now `api().all_orders`"),
        (vec!["diff", "-", "shop.yaml"], "`api().all_orders` is now `api().list_orders`"),
        ([&["update", "-"], &crate_of[..]].concat(), "updated shop.yaml"),
    ];
    for (arguments, part) in table {
        let output = pipe(folder.path(), &arguments, &new)?;
        assert_code(&output, 0);
        assert!(stdout(&output).contains(part), "{arguments:?}: {}", stdout(&output));
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("shop.yaml"))?, new);
    Ok(())
}

#[test]
fn standard_input_is_refused_if_it_cannot_be_meant() -> io::Result<()> {
    let folder = shop()?;
    let table = [
        (vec!["update", "shop.yaml", "--spec", "-", "--out", "x"], "--spec names the file"),
        (vec!["generate", "--watch", "--spec", "-", "--out", "x"], "--watch needs a file"),
        (vec!["diff", "-", "-"], "only one description"),
    ];
    for (arguments, why) in table {
        let output = pipe(folder.path(), &arguments, SHOP)?;
        assert_code(&output, 2);
        assert!(stderr(&output).contains(why), "{arguments:?}: {}", stderr(&output));
    }
    Ok(())
}

#[test]
fn a_url_is_refused_with_a_way_to_pipe_it() -> io::Result<()> {
    let folder = shop()?;
    let url = "https://example.com/openapi.json";
    let table = [
        (vec!["generate", "--spec", url, "--out", "x"], "generate --spec - …"),
        (vec!["lint", "--spec", url], "lint --spec - …"),
        (vec!["show", "model", "--spec", url], "show STAGE --spec - …"),
        (vec!["diff", "shop.yaml", url], "diff OLD -"),
        (vec!["update", url, "--spec", "shop.yaml", "--out", "x"], "update - --spec FILE …"),
    ];
    for (arguments, piped) in table {
        let output = run(folder.path(), &arguments)?;
        assert_code(&output, 2);
        let way = format!("curl -s {url} | lantern-generator {piped}\n");
        assert!(stderr(&output).contains(&way), "{arguments:?}: {}", stderr(&output));
    }
    Ok(())
}

#[test]
fn a_command_says_what_it_must_be_told() -> io::Result<()> {
    let folder = shop()?;
    let table = [
        (&["generate", "--out", "x"][..], "--spec <FILE>"),
        (&["generate", "--spec", "shop.yaml"], "--out <FOLDER>"),
        (&["update", "shop.yaml", "--out", "x"], "--spec <FILE>"),
        (&["lint"], "--spec <FILE>"),
        (&["show", "model"], "--spec <FILE>"),
        (&["diff", "shop.yaml"], "<NEW>"),
        (&["generate", "--spec", "shop.yaml", "--out", "…"], "name it with --name"),
    ];
    for (arguments, missing) in table {
        let output = run(folder.path(), arguments)?;
        assert_code(&output, 2);
        assert!(stderr(&output).contains(missing), "{arguments:?}: {}", stderr(&output));
    }
    Ok(())
}

#[test]
fn the_help_has_examples_and_exit_codes_of_this_program() -> io::Result<()> {
    let folder = TempDir::new()?;
    for command in [&[][..], &["generate"], &["init"], &["update"], &["diff"], &["lint"], &["show"]]
    {
        let output = run(folder.path(), &[command, &["--help"]].concat())?;
        let help = stdout(&output);
        assert!(help.contains("Examples:\n  lantern-generator "), "{help}");
        assert!(help.contains("Exit codes:\n  0  "), "{help}");
        assert!(!help.contains("xtask") && !help.contains("workspace"), "{help}");
    }
    Ok(())
}

#[test]
fn the_first_settings_make_arguments_superfluous() -> io::Result<()> {
    let folder = shop()?;
    let output = run(folder.path(), &["init", "--spec", "shop.yaml"])?;
    assert_code(&output, 0);
    assert!(stdout(&output).contains("shop-client with 1 operations"), "{}", stdout(&output));
    let settings = std::fs::read_to_string(folder.path().join("lantern-generator.toml"))?;
    std::fs::write(folder.path().join("no.toml"), "[clients.shop]\nno = 1\n")?;
    let known = stderr(&run(folder.path(), &["generate", "--config", "no.toml"])?);
    let (_, known) = known.split_once("expected one of ").expect("what there is");
    for option in known.split('`').skip(1).step_by(2) {
        assert!(settings.contains(&format!("{option} = ")), "no {option}: {settings}");
    }
    let below = folder.path().join("below");
    std::fs::create_dir(&below)?;
    assert_code(&run(&below, &["generate"])?, 0);
    let manifest = std::fs::read_to_string(folder.path().join("shop-client/Cargo.toml"))?;
    assert!(manifest.contains("name = \"shop-client\"") && manifest.contains("from shop.yaml"));
    for command in [&["generate", "--check"][..], &["lint"], &["show", "model"]] {
        assert_code(&run(folder.path(), command)?, 0);
    }
    let new = SHOP.replace("list_orders", "all_orders");
    assert_code(&pipe(&below, &["update", "-"], &new)?, 0);
    assert_eq!(std::fs::read_to_string(folder.path().join("shop.yaml"))?, new);
    let again = run(folder.path(), &["init", "--spec", "shop.yaml"])?;
    assert_code(&again, 2);
    assert!(stderr(&again).contains("[clients.NAME]"), "{}", stderr(&again));
    Ok(())
}

const TWO: &str = "\
[clients.shop]
spec = 'shop.yaml'
out = 'clients/shop'
[clients.orders]
spec = 'shop.yaml'
out = 'clients/orders'
overlays = ['names.yaml']
only-operations = ['list_orders']
tag-features = true
validate = true
";

#[test]
fn several_clients_are_generated_together_or_one_by_one() -> io::Result<()> {
    let folder = shop()?;
    let overlay = "{overlay: 1.0.0, info: {title: N, version: '1'}, \
                   actions: [{target: $.info, update: {title: Renamed}}]}";
    std::fs::write(folder.path().join("names.yaml"), overlay)?;
    std::fs::write(folder.path().join("lantern-generator.toml"), TWO)?;
    assert_code(&run(folder.path(), &["generate", "--client", "shop"])?, 0);
    assert!(!folder.path().join("clients/orders").exists());
    let stale = run(folder.path(), &["generate", "--check"])?;
    assert_code(&stale, 1);
    assert!(stderr(&stale).ends_with("run: lantern-generator generate --client orders\n"));
    assert_code(&run(folder.path(), &["generate"])?, 0);
    assert_code(&run(folder.path(), &["generate", "--check"])?, 0);
    let manifest = std::fs::read_to_string(folder.path().join("clients/orders/Cargo.toml"))?;
    assert!(manifest.contains("Renamed") && manifest.contains("all-tags"), "{manifest}");
    Ok(())
}

#[test]
fn settings_that_cannot_be_meant_are_refused() -> io::Result<()> {
    let folder = shop()?;
    std::fs::write(folder.path().join("lantern-generator.toml"), TWO)?;
    let table = [
        (&["lint"][..], "--client: shop, orders"),
        (&["generate", "--out", "x"], "--client: shop, orders"),
        (&["generate", "--release"], "--client: shop, orders"),
        (&["lint", "--client", "none"], "there is no client `none`; there are shop, orders"),
        (&["lint", "--config", "none.toml"], "none.toml"),
        (&["generate", "--spec", "shop.yaml"], "--out"),
        (&["init", "--spec", "-"], "is there already"),
    ];
    for (arguments, why) in table {
        let output = run(folder.path(), arguments)?;
        assert_code(&output, 2);
        assert!(stderr(&output).contains(why), "{arguments:?}: {}", stderr(&output));
    }
    std::fs::write(folder.path().join("lantern-generator.toml"), "[clients.a]\nspecs = 'a'\n")?;
    let output = run(folder.path(), &["generate"])?;
    assert_code(&output, 2);
    assert!(stderr(&output).contains("unknown field `specs`"), "{}", stderr(&output));
    assert_code(&run(folder.path(), &["generate", "--help"])?, 0);
    assert_code(&run(folder.path(), &["lint", "--spec", "shop.yaml"])?, 0);
    Ok(())
}

#[test]
fn lint_shows_the_first_findings_of_each_kind_and_counts_all() -> io::Result<()> {
    let folder = shop()?;
    let reply = "{'200': {description: Any, content: {application/json: {schema: {}}}}}";
    let paths: String = (0..7)
        .map(|index| {
            format!("  /p{index}: {{get: {{operationId: get_{index}, responses: {reply}}}}}\n")
        })
        .collect();
    let head = "openapi: 3.1.0\ninfo: {title: S, version: '1'}\nsecurity: []\n";
    let text = format!("{head}paths:\n{paths}");
    std::fs::write(folder.path().join("many.yaml"), text)?;
    let lint = ["lint", "--spec", "many.yaml"];
    for (arguments, shown) in [(&[][..], 5), (&["--all"][..], 7)] {
        let output = run(folder.path(), &[&lint[..], arguments].concat())?;
        assert_code(&output, 0);
        let told = stderr(&output);
        assert_eq!(told.matches("warning[untyped-reply]").count(), shown, "{told}");
        assert!(told.contains("     7  untyped-reply"), "{told}");
        assert!(stdout(&output).contains("14 things make"), "{}", stdout(&output));
    }
    Ok(())
}

#[test]
fn actions_that_match_nothing_are_taken_out_of_the_overlay() -> io::Result<()> {
    let folder = shop()?;
    let head = "overlay: 1.0.0 # ours\ninfo: {title: Names, version: '1'}\nactions:\n";
    let dead = "  - target: $.paths['/gone'].get\n    update:\n      x-rust-name: gone\n";
    let live = "  # The vendor calls it otherwise.\n  - {target: \"$.paths['/orders'].get\", update: {x-rust-name: all}}\n";
    let overlay = folder.path().join("overlay.yaml");
    let arguments = ["--spec", "shop.yaml", "--overlay", "overlay.yaml", "--out", "client"];
    let commands: [&[&str]; 3] =
        [&["generate"], &["update", "shop.yaml"], &["update", "shop.yaml", "--dry-run"]];
    for command in commands {
        let whole = format!("{head}{dead}{live}");
        std::fs::write(&overlay, &whole)?;
        let command = [command, &arguments[..]].concat();
        let refused = run(folder.path(), &command)?;
        assert_code(&refused, 1);
        assert!(stderr(&refused).contains("--prune takes actions"), "{}", stderr(&refused));
        let output = run(folder.path(), &[&command[..], &["--prune"]].concat())?;
        assert_code(&output, 0);
        let told = "overlay.yaml: lines 4 to 6 match nothing and are taken out:\n  - target: $.paths['/gone'].get\n";
        assert!(stdout(&output).contains(told), "{}", stdout(&output));
        let left = if command.contains(&"--dry-run") { whole } else { format!("{head}{live}") };
        assert_eq!(std::fs::read_to_string(&overlay)?, left);
    }
    Ok(())
}

#[test]
fn a_running_client_is_checked_by_the_record_of_its_release() -> io::Result<()> {
    let folder = shop()?;
    let generate = ["generate", "--spec", "shop.yaml", "--out", "client", "--release"];
    assert_code(&run(folder.path(), &generate)?, 0);
    let check = ["check", "--against", "-", "--record", "client/released.yaml"];
    assert_code(&pipe(folder.path(), &check, &SHOP.replace("list_orders", "all"))?, 0);
    let moved = pipe(folder.path(), &check, &SHOP.replace("/orders", "/v2/orders"))?;
    assert_code(&moved, 3);
    let told = "breaks\n  - `api().list_orders` (`GET /orders`): the operation is gone\n";
    assert_eq!(stdout(&moved), told);
    assert_eq!(stderr(&moved), "error: 1 thing breaks the client\n");
    let json = pipe(folder.path(), &[&check[..], &["--format", "json"]].concat(), SHOP)?;
    assert_eq!(stdout(&json), "{\n  \"findings\": []\n}\n");
    Ok(())
}

#[test]
fn what_clients_have_seen_becomes_an_overlay_that_is_taken() -> io::Result<()> {
    let folder = shop()?;
    let seen = "{\"kind\": \"undescribed-status\", \"operation\": \"list_orders\", \"request\": \"GET /orders\", \
                \"status\": 429, \"count\": 7}\n";
    let drift = ["drift", "-", "--spec", "shop.yaml"];
    let printed = pipe(folder.path(), &drift, &seen.repeat(2))?;
    assert_code(&printed, 0);
    assert!(stdout(&printed).contains("Seen 14 times: status 429"), "{}", stdout(&printed));
    assert_eq!(stderr(&printed), "1 action\n");
    let to_file = [&drift[..], &["--out", "seen.yaml"]].concat();
    assert_code(&pipe(folder.path(), &to_file, seen)?, 0);
    let generate = ["generate", "--spec", "shop.yaml", "--overlay", "seen.yaml", "--out", "client"];
    assert_code(&run(folder.path(), &generate)?, 0);
    let again = pipe(folder.path(), &[&drift[..], &["--overlay", "seen.yaml"]].concat(), seen)?;
    assert_eq!(stdout(&again), "0 actions; 1 described by now\n");
    let in_use = [&to_file[..], &["--overlay", "seen.yaml"]].concat();
    assert_code(&pipe(folder.path(), &in_use, &seen.replace("429", "503"))?, 0);
    let both = std::fs::read_to_string(folder.path().join("seen.yaml"))?;
    assert!(["status 429", "status 503"].iter().all(|status| both.contains(status)), "{both}");
    assert_code(&pipe(folder.path(), &drift, "no JSON")?, 2);
    std::fs::write(folder.path().join("seen.yaml"), "overlay: 1.0.0")?;
    let refused = pipe(folder.path(), &to_file, seen)?;
    assert_code(&refused, 2);
    assert!(stderr(&refused).contains("was written by hand"), "{}", stderr(&refused));
    Ok(())
}

#[test]
fn the_model_is_shown_as_callers_see_it() -> io::Result<()> {
    let folder = shop()?;
    let show = ["show", "model", "list_orders", "--spec", "shop.yaml"];
    let output = run(folder.path(), &show)?;
    assert_code(&output, 0);
    let expected = "- request: GET /orders\n  id: list_orders\n  name: list_orders\n  call: ListOrders\n  success: String\n";
    assert!(stdout(&output).starts_with(expected), "{}", stdout(&output));
    let output = run(folder.path(), &[&show[..], &["--debug"]].concat())?;
    assert!(stdout(&output).starts_with("Operation {"), "{}", stdout(&output));
    Ok(())
}

#[test]
fn what_the_owner_of_a_crate_adds_survives() -> io::Result<()> {
    let folder = shop()?;
    let generate = ["generate", "--spec", "shop.yaml", "--out", "client"];
    assert_code(&run(folder.path(), &generate)?, 0);
    let manifest = folder.path().join("client/Cargo.toml");
    let text = std::fs::read_to_string(&manifest)?;
    let own = text
        .replace("version = \"1.0.0\"\n", "version = \"0.3.0\"\nlicense = \"MIT\"\n")
        .replace("[dependencies]\n", "[dependencies]\nanyhow = \"1\"\n")
        + "\n[profile.dev]\ndebug = false\n";
    std::fs::write(&manifest, &own)?;
    std::fs::write(folder.path().join("client/src/by_day.rs"), "//! Orders by day.\n")?;
    let check = [&generate[..], &["--check"]].concat();
    let stale = run(folder.path(), &check)?;
    assert_code(&stale, 1);
    assert!(stderr(&stale).contains("\n+pub mod by_day;\n"), "{}", stderr(&stale));
    assert_code(&run(folder.path(), &generate)?, 0);
    assert_code(&run(folder.path(), &check)?, 0);
    assert_eq!(std::fs::read_to_string(&manifest)?, own);
    std::fs::write(&manifest, "[package")?;
    let output = run(folder.path(), &generate)?;
    assert_code(&output, 2);
    assert!(stderr(&output).contains("client/Cargo.toml"), "{}", stderr(&output));
    Ok(())
}

#[test]
fn a_shell_and_man_are_told_of_the_commands() -> io::Result<()> {
    let folder = TempDir::new()?;
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(folder.path(), &["completions", shell])?;
        assert_code(&output, 0);
        assert!(stdout(&output).contains("only-operation"), "{shell}");
    }
    assert_code(&run(folder.path(), &["man", "--out", "pages"])?, 0);
    let page = std::fs::read_to_string(folder.path().join("pages/lantern-generator-generate.1"))?;
    assert!(page.contains("only\\-tag"), "{page}");
    Ok(())
}

#[test]
fn a_command_that_was_left_out_says_how_it_is_installed() -> io::Result<()> {
    let folder = shop()?;
    let (mock, mcp) = (cfg!(feature = "mock"), cfg!(feature = "mcp"));
    for (command, is_there) in [("mock", mock), ("mcp", mcp)] {
        let output = run(folder.path(), &["--help"])?;
        assert!(stdout(&output).contains(&format!("\n  {command} ")), "{}", stdout(&output));
        let needed = format!("cargo install --locked lantern-generator --features {command}");
        for rest in [&[][..], &["--help"], &["--spec", "shop.yaml", "--seed=7", "x"]] {
            let output = run(folder.path(), &[&[command], rest].concat())?;
            if is_there {
                assert!(!stderr(&output).contains(&needed), "{}", stderr(&output));
                continue;
            }
            assert_code(&output, 2);
            assert!(stderr(&output).contains(&needed), "{rest:?}: {}", stderr(&output));
        }
    }
    Ok(())
}

fn shop() -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    std::fs::write(folder.path().join("shop.yaml"), SHOP)?;
    Ok(folder)
}

fn run(folder: &Path, arguments: &[&str]) -> io::Result<Output> {
    program(folder, arguments).stdin(Stdio::null()).output()
}

/// Runs the program with a text as its standard input, whether it reads that or not.
fn pipe(folder: &Path, arguments: &[&str], text: &str) -> io::Result<Output> {
    let mut program = program(folder, arguments);
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = program.spawn()?;
    if let Some(mut input) = running.stdin.take() {
        let written = input.write_all(text.as_bytes());
        let is_closed = |why: &io::Error| why.kind() == io::ErrorKind::BrokenPipe;
        assert!(written.as_ref().err().is_none_or(is_closed), "{written:?}");
    }
    running.wait_with_output()
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_lantern-generator"));
    program.args(arguments).current_dir(folder);
    program
}

fn assert_code(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}{}", stdout(output), stderr(output));
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
