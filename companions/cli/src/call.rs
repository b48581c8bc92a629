//! One call of an operation.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use clap::ArgMatches;
use lantern_operations::{Operation, SecurityScheme, Table};
use serde_json::Value;

use crate::failure::{Failure, FailureKind};
use crate::output::{Format, Output};
use crate::paging::Pages;
use crate::request::{Input, text_of};
use crate::secrets::{self, Secrets};
use crate::service::Discreet;
use crate::waiting::Waiting;
use crate::{Answer, Connection, Outgoing, Program, Service, bulk, fields, paging};

/// Sends the request that the arguments describe, and prints the reply.
pub fn run(
    program: &Program,
    table: &'static Table,
    operation: &'static Operation,
    matches: &ArgMatches,
    secrets: &Secrets,
) -> Result<(), Failure> {
    if operation.bulk && bulk::is_asked_for(matches) {
        return bulk::run(program, table, operation, matches, secrets);
    }
    let output = Output::from_arguments(matches)?;
    let fields = fields::fields(table, operation);
    let input = Input::from_arguments(&fields, matches)?;
    let request = input.request(table, operation)?;
    let verbosity = matches.get_count("verbose");
    if verbosity > 1 || matches.get_flag("dry-run") {
        let shown = secrets.hide(shown(&request));
        let _ = io::stderr().write_all(shown.as_bytes());
    }
    if matches.get_flag("dry-run") {
        return Ok(());
    }
    let service = connect(program, table, operation, matches, secrets)?;
    let runtime = runtime()?;
    let tell = |answer: &Answer| {
        if verbosity > 0 {
            let told = service.without_tokens(told(table, answer, verbosity).into_bytes());
            let told = secrets.hide(String::from_utf8_lossy(&told).into_owned());
            let _ = io::stderr().write_all(told.as_bytes());
        }
    };
    if let (Some(most), Some(pagination)) = (paging::wanted(matches), &operation.pagination) {
        let base = connection(table, matches, secrets).service_url(table);
        let pages = Pages { table, operation, pagination, input: &input, base: &base, most };
        let found = runtime.block_on(pages.collect(&*service, tell));
        write(output.text(&Value::Array(found.items))?.as_bytes())?;
        return found.failure.map_or(Ok(()), Err);
    }
    let answer = runtime.block_on(send(&*service, &request))?;
    tell(&answer);
    print(&output, &answer)
}

/// Ctrl-C ends a call that may have been sent.
pub async fn send(service: &dyn Service, request: &Outgoing) -> Result<Answer, Failure> {
    let waiting = Waiting::of(request);
    let request = waiting.as_ref().map_or(request, |waiting| &waiting.request);
    let told = async {
        match &waiting {
            Some(waiting) => waiting.tell().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        answer = service.send(request) => answer.map_err(|failure| failure.of(request)),
        never = told => match never {},
        _ = tokio::signal::ctrl_c() => Err(Failure::new(FailureKind::Stopped, "stopped")),
    }
}

/// What requests are sent by.
pub fn connect(
    program: &Program,
    table: &'static Table,
    operation: &Operation,
    matches: &ArgMatches,
    secrets: &Secrets,
) -> Result<Box<dyn Service>, Failure> {
    check_secrets(program, table, operation, secrets)?;
    service(program, table, matches, secrets)
}

/// The same, whatever secrets an operation needs.
pub fn service(
    program: &Program,
    table: &'static Table,
    matches: &ArgMatches,
    secrets: &Secrets,
) -> Result<Box<dyn Service>, Failure> {
    let service = (program.connect)(table, &connection(table, matches, secrets));
    // The client names its setter.
    let as_flag = |text: String| text.replace("`allow_plain_http`", "`--allow-plain-http`");
    let service =
        service.map_err(|failure| Failure { message: as_flag(failure.message), ..failure })?;
    Ok(Box::new(Discreet(service)))
}

/// Where requests are sent, and with which secrets.
pub fn connection(table: &Table, matches: &ArgMatches, secrets: &Secrets) -> Connection {
    let variable = table.base_url_variable.as_ref().and_then(|name| std::env::var(name).ok());
    Connection {
        base_url: text_of(matches, "base-url").or(variable.filter(|url| !url.is_empty())),
        secrets: secrets.known.clone(),
        clients: secrets.clients.clone(),
        timeout: matches.get_one::<u64>("timeout").map(|seconds| Duration::from_secs(*seconds)),
        allow_plain_http: matches.get_flag("allow-plain-http"),
    }
}

/// An operation that needs a key is not sent without one.
fn check_secrets(
    program: &Program,
    table: &Table,
    operation: &Operation,
    secrets: &Secrets,
) -> Result<(), Failure> {
    let mut sets = operation.security.iter();
    let is_open = operation.security.is_empty();
    if is_open || sets.any(|set| set.iter().all(|scheme| secrets.has(scheme))) {
        return Ok(());
    }
    let mut schemes: Vec<&SecurityScheme> = Vec::new();
    for scheme in operation.security.iter().flatten().filter_map(|it| table.security_scheme(it)) {
        if !schemes.contains(&scheme) {
            schemes.push(scheme);
        }
    }
    let missing = schemes.iter().filter(|scheme| !secrets.has(&scheme.name)).map(|scheme| {
        let sources = secrets::sources(program, table, scheme);
        format!("no {}: it is read from {sources}", scheme.secret)
    });
    let missing: Vec<_> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("there is {}", missing.join("; and "));
    Err(Failure::new(FailureKind::Configuration, message))
}

/// One thread is enough for what waits.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|why| Failure::other(why.to_string()))
}

/// A request as it is sent, without what the client adds to it.
fn shown(request: &Outgoing) -> String {
    let mut text = format!("{} {}\n", request.operation.method, request.target);
    for (name, value) in &request.headers {
        text += &format!("{name}: {value}\n");
    }
    if let Some((media_type, body)) = &request.body {
        text += &format!("content-type: {media_type}\n\n{}\n", String::from_utf8_lossy(body));
    }
    text
}

/// What a reply says beside its body.
fn told(table: &Table, answer: &Answer, verbosity: u8) -> String {
    let milliseconds = |time: Duration| time.as_millis();
    let mut text = format!(
        "{} after {} ms ({} ms in the queue, {} sent)\n",
        answer.status,
        milliseconds(answer.queued + answer.sending),
        milliseconds(answer.queued),
        answer.attempts
    );
    if let Some(credits) = balance(table, answer) {
        text += &format!("credits left: {credits}\n");
    }
    let limit = table.conventions.rate_limit_header.as_ref();
    if let Some(limit) = limit.and_then(|header| answer.header(header)) {
        text += &format!("rate limit: {limit}\n");
    }
    if verbosity > 1 {
        for (name, value) in &answer.headers {
            text += &format!("{name}: {value}\n");
        }
    }
    text
}

/// The credits that are left, by a header or by a member of the body.
fn balance(table: &Table, answer: &Answer) -> Option<String> {
    let header = table.conventions.balance_header.as_ref();
    let stated = header.and_then(|header| answer.header(header)).map(str::to_owned);
    stated.or_else(|| {
        let body: Value = serde_json::from_slice(&answer.body).ok()?;
        let mut fields = table.conventions.balance_fields.iter();
        fields.find_map(|field| body.get(field)).filter(|it| it.is_number()).map(Value::to_string)
    })
}

/// The body of a reply: as the output wants it if it is JSON, and else as it is.
fn print(output: &Output, answer: &Answer) -> Result<(), Failure> {
    let is_json = answer.header("content-type").is_none_or(|it| it.contains("json"));
    let value = serde_json::from_slice(&answer.body).ok().filter(|_| is_json);
    match value {
        Some(value) => write(output.text(&value)?.as_bytes()),
        None if output.format == Format::Table && io::stdout().is_terminal() => {
            write(String::from_utf8_lossy(&answer.body).as_bytes())
        }
        None => write(&answer.body),
    }
}

/// Writes data to standard output.
pub fn write(data: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(data).and_then(|()| stdout.flush()) {
        // Who reads has enough.
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|why| Failure::other(format!("standard output: {why}"))),
    }
}
