//! Submitting: the ledger has each batch before it is sent, and its answer after it.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lantern_operations::Operation;
use serde_json::{Value, json};

use super::ledger::{Ledger, Plan, State};
use super::{Session, list, records};
use crate::failure::{Failure, FailureKind};
use crate::output::Output;
use crate::request::Input;
use crate::{Answer, Outgoing, Service, call, fields};

/// A batch that is to be submitted.
struct Part {
    request: Outgoing,
    text: String,
    records: usize,
}

/// Submits the records that the arguments name.
pub fn run(session: &Session<'_>, operation: &'static Operation) -> Result<(), Failure> {
    let output = Output::from_arguments(session.matches)?;
    let fields = fields::fields(session.table, operation);
    let input = Input::from_arguments(&fields, session.matches)?;
    let parts = parts(session, operation, input)?;
    if session.matches.get_flag("dry-run") {
        return told(&dry(operation, &parts));
    }
    let service =
        call::connect(session.program, session.table, operation, session.matches, session.secrets)?;
    let ledger = Arc::new(session.ledger()?);
    let planned = plan(session, operation, &parts, &ledger)?;
    let runtime = call::runtime()?;
    let ended = runtime.block_on(async {
        for (number, part) in &planned {
            submit(session, *number, part, &ledger, &*service).await?;
        }
        Ok(())
    });
    list::print(session, &output, &ledger, |batch| {
        planned.iter().any(|(number, _)| *number == batch.number)
    })?;
    ended
}

fn parts(
    session: &Session<'_>,
    operation: &'static Operation,
    input: Input,
) -> Result<Vec<Part>, Failure> {
    let inputs = records::split(session, operation, input)?;
    let part = |(input, records): (Input, usize)| {
        let request = input.request(session.table, operation)?;
        Ok(Part { text: request.text(), request, records })
    };
    inputs.into_iter().map(part).collect()
}

/// The batches that are to be sent, by their numbers in the ledger. What was accepted before is not among them.
fn plan<'a>(
    session: &Session<'_>,
    operation: &Operation,
    parts: &'a [Part],
    ledger: &Ledger,
) -> Result<Vec<(i64, &'a Part)>, Failure> {
    let (resumes, is_again) =
        (session.matches.get_flag("resume"), session.matches.get_flag("again"));
    let service = session.service_url();
    let plan = |part: &'a Part| Plan {
        service: &service,
        operation: &operation.id,
        request: &part.text,
        records: part.records,
    };
    let (mut planned, mut new, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        let known = if is_again { None } else { ledger.known(&plan(part))? };
        match known {
            None => new.push(part),
            // Nothing came of it, so it does not matter that it is there.
            Some(batch) if batch.state == State::Refused => planned.push((batch.number, part)),
            Some(batch) if !resumes => return Err(known_before(batch.number, batch.state)),
            Some(batch) => match batch.state {
                State::Planned => planned.push((batch.number, part)),
                State::Sent => lost.push(batch.number),
                State::Refused | State::Accepted | State::Done => {}
            },
        }
    }
    if let [first, ..] = lost.as_slice() {
        return Err(lost_before(*first));
    }
    let numbers = ledger.plan(&new.iter().map(|part| plan(part)).collect::<Vec<_>>())?;
    planned.extend(numbers.into_iter().zip(new));
    Ok(planned)
}

fn known_before(number: i64, state: State) -> Failure {
    if state == State::Sent {
        return lost_before(number);
    }
    Failure::usage(format!(
        "this is batch {number}, which is {}: --resume submits what was not submitted, and --again all of it once more",
        state.word()
    ))
}

fn lost_before(number: i64) -> Failure {
    Failure::new(
        FailureKind::OutcomeUnknown,
        format!(
            "batch {number} was sent and its answer is not known: it may have been accepted, so it is not sent again; \
             --again submits it once more"
        ),
    )
}

/// Sends a batch. The ledger knows of it before and after.
async fn submit(
    session: &Session<'_>,
    number: i64,
    part: &Part,
    ledger: &Arc<Ledger>,
    service: &dyn Service,
) -> Result<(), Failure> {
    let is_sent = Arc::new(AtomicBool::new(false));
    let request = part.request.clone().with_notice({
        let (is_sent, ledger) = (is_sent.clone(), ledger.clone());
        move || match is_sent.load(Ordering::Acquire) || ledger.send(number)? {
            true => {
                is_sent.store(true, Ordering::Release);
                Ok(())
            }
            false => Err(Failure::usage("another process submits it")),
        }
    });
    let answer = call::send(service, &request).await;
    let failure = match answer {
        Ok(answer) => {
            let (stored, run_id) = stored(part.request.operation, &answer);
            return ledger.answered(number, State::Accepted, &stored, run_id.as_deref());
        }
        Err(failure) => failure,
    };
    if is_sent.load(Ordering::Acquire) {
        let error = json!({ "message": failure.message, "status": failure.status });
        let error = session.secrets.hide(error.to_string());
        ledger.answered(number, state_after(&failure), &error, None)?;
    }
    let again = "run the same command with --resume to go on";
    Err(Failure { message: format!("batch {number}: {}; {again}", failure.message), ..failure })
}

/// The state of a batch that was sent, or was about to be.
fn state_after(failure: &Failure) -> State {
    match failure.kind {
        // A reply says that it was not accepted.
        FailureKind::Refused => State::Refused,
        // Nobody has looked at what came of it.
        FailureKind::Stopped => State::Sent,
        _ if failure.may_have_acted => State::Sent,
        _ if failure.status.is_some() => State::Refused,
        _ => State::Planned,
    }
}

/// What the library stores of a batch, and the id of its run.
fn stored(operation: &Operation, answer: &Answer) -> (String, Option<String>) {
    let accepted: Value = serde_json::from_slice(&answer.body)
        .unwrap_or_else(|_| String::from_utf8_lossy(&answer.body).into());
    let member = operation.batch.as_ref().map(|batch| batch.run_id.as_str());
    let run_id =
        member.and_then(|name| accepted.get(name)).map(|id| lantern_operations::cell(Some(id)));
    let stored = json!({
        "operation": operation.id,
        "method": operation.method,
        "path": operation.path,
        "accepted": accepted,
    });
    (stored.to_string(), run_id)
}

fn dry(operation: &Operation, parts: &[Part]) -> String {
    let mut text = format!("{} batches: {} {}\n", parts.len(), operation.method, operation.path);
    for part in parts {
        text += &format!("{} records\n", part.records);
    }
    text + "nothing was sent\n"
}

fn told(text: &str) -> Result<(), Failure> {
    io::stderr().write_all(text.as_bytes()).map_err(|why| Failure::other(why.to_string()))
}
