//! The flags of an operation's parameters and of the fields of its body.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ValueHint};
use lantern_operations::{Kind, Operation, Table};

use crate::fields::{self, Field, Place};

/// The flags of an operation's parameters and body. A required field may be in what other flags name: `elsewhere`.
pub fn operation_flags<'a>(
    table: &Table,
    operation: &Operation,
    elsewhere: impl Fn(&Field) -> &'a [&'a str],
) -> Vec<Arg> {
    let fields = fields::fields(table, operation);
    let flag = |field: &Field| field_flag(field, elsewhere(field));
    let mut flags: Vec<_> = fields.iter().map(flag).collect();
    if fields::is_raw(operation) {
        let media_type = fields::body(operation).map_or("", |media| media.media_type.as_str());
        flags.push(
            Arg::new("body")
                .long("body")
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .required(operation.body.as_ref().is_some_and(|body| body.required))
                .help(format!("The body ({media_type}), from a file or `-` for standard input")),
        );
    } else if operation.body.is_some() {
        flags.push(
            Arg::new("json")
                .long("json")
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .help("The body, from a file or `-` for standard input; flags add to it"),
        );
    }
    flags
}

fn field_flag(field: &Field, elsewhere: &[&str]) -> Arg {
    let mut arg = Arg::new(field.flag.clone())
        .long(field.flag.clone())
        .value_name(value_name(field))
        .help(first_paragraph(&field.help))
        .long_help(field.help.clone())
        .allow_hyphen_values(matches!(field.kind, Kind::Integer | Kind::Number));
    if field.kind == Kind::File {
        arg = arg.value_hint(ValueHint::FilePath);
    }
    if !field.choices.is_empty() {
        arg = arg.value_parser(PossibleValuesParser::new(field.choices.clone()));
    }
    if field.kind == Kind::Boolean && !field.many {
        arg = arg.num_args(0..=1).require_equals(true).default_missing_value("true");
    }
    if field.many {
        arg = arg.action(ArgAction::Append);
    }
    if field.sensitive {
        arg = arg.hide_default_value(true);
    }
    let in_body: &[&str] = if matches!(field.place, Place::Body(_)) { &["json"] } else { &[] };
    // A file, or each row of one, may have it.
    let elsewhere = [in_body, elsewhere].concat();
    match field.required {
        false => arg,
        true if elsewhere.is_empty() => arg.required(true),
        true => told_as_required(arg, field, &elsewhere)
            .required_unless_present_any(elsewhere.iter().map(|flag| (*flag).to_owned())),
    }
}

/// The line of usage names only what is always required.
fn told_as_required(arg: Arg, field: &Field, elsewhere: &[&str]) -> Arg {
    let flags: Vec<_> = elsewhere.iter().map(|flag| format!("--{flag}")).collect();
    let told = format!("[required, unless {} has it]", flags.join(" or "));
    let short = format!("{} {told}", first_paragraph(&field.help));
    let long = if field.help.contains('\n') { "\n\n" } else { " " };
    let long = format!("{}{long}{told}", field.help);
    arg.help(short.trim().to_owned()).long_help(long.trim().to_owned())
}

fn value_name(field: &Field) -> &'static str {
    match field.kind {
        Kind::Text | Kind::Any => "TEXT",
        Kind::Json => "JSON",
        Kind::Integer | Kind::Number => "NUMBER",
        Kind::Boolean => "BOOL",
        Kind::Date => "DATE",
        Kind::Moment => "TIME",
        Kind::File => "FILE",
    }
}

fn first_paragraph(text: &str) -> String {
    text.split("\n\n").next().unwrap_or_default().replace('\n', " ")
}
