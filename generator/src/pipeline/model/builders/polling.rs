//! Operations whose result comes later, by the extension `x-poll`.
//!
//! ```yaml
//! x-poll:
//!   header: Operation-Location    # or `url: /links/status`; without both, `Operation-Location`, else `Location`
//!   state: /status                # without it, a reply with another status than 202 is the last one
//!   done: [succeeded]
//!   failed: [failed, canceled]
//!   every: 5                      # seconds
//!   result: Report                # a component; without it, any JSON
//!   result-at: /result            # or `result-url: /resource`; without both, the whole of the last status
//! ```

use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::extension_object::ExtensionObject;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{PollState, Polling, ResultPlace, StatusUrl, Ty};
use crate::pipeline::resolve::{Extension, Operation};
use crate::pointer::Pointer;

const MEMBERS: [&str; 9] =
    ["header", "url", "state", "done", "failed", "every", "result", "result-at", "result-url"];

/// The headers that say where a status is (RFC 9110, 10.2.2, and the guidelines for APIs of Azure).
pub const HEADERS: [&str; 2] = ["Operation-Location", "Location"];

/// How the result of an operation is waited for.
pub fn polling(
    operation: &Operation,
    definitions: &[Definition],
    diagnostics: &mut DiagnosticSink,
) -> Option<Polling> {
    let stated = operation.extensions.get(Extension::Poll)?;
    let at = operation.at.at(Extension::Poll.word());
    let report = |why: String| diagnostics.invalid_extension(&at, why);
    read(stated, definitions).map_err(report).ok()
}

fn read(stated: &Value, definitions: &[Definition]) -> Result<Polling, String> {
    let members = ExtensionObject::read(stated, "x-poll", &MEMBERS)?;
    Ok(Polling {
        url: url(members)?,
        state: state(members)?,
        every: every(members)?,
        outcome: outcome(members, definitions)?,
        result: result(members)?,
    })
}

fn url(members: ExtensionObject<'_>) -> Result<StatusUrl, String> {
    match (members.text("header")?, members.pointer("url")?) {
        (Some(_), Some(_)) => Err("either `header` or `url` says where the status is".to_owned()),
        (Some(header), None) => Ok(StatusUrl::Header(vec![header])),
        (None, Some(url)) => Ok(StatusUrl::Body(url)),
        (None, None) => Ok(StatusUrl::Header(HEADERS.map(str::to_owned).to_vec())),
    }
}

fn state(members: ExtensionObject<'_>) -> Result<Option<PollState>, String> {
    let (done, failed) = (texts(members, "done")?, texts(members, "failed")?);
    match members.pointer("state")? {
        None if done.is_empty() && failed.is_empty() => Ok(None),
        None => Err("`state` says where a status has the values of `done` and `failed`".to_owned()),
        Some(_) if done.is_empty() => {
            Err("`done` lists what `state` is when there is a result".to_owned())
        }
        Some(at) => Ok(Some(PollState { at, done, failed })),
    }
}

/// Texts, or other values as JSON writes them.
fn texts(members: ExtensionObject<'_>, name: &str) -> Result<Vec<String>, String> {
    let Some(stated) = members.get(name) else { return Ok(Vec::new()) };
    let values = stated.as_array().ok_or_else(|| format!("`{name}` is not a list"))?;
    let text = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        _ => Err(format!("`{name}` has a value that is no text, number or truth value")),
    };
    values.iter().map(text).collect()
}

/// Seconds as milliseconds.
fn every(members: ExtensionObject<'_>) -> Result<Option<u64>, String> {
    let Some(stated) = members.get("every") else { return Ok(None) };
    let seconds = stated.as_f64().filter(|seconds| (0.001..=86_400.0).contains(seconds));
    let seconds = seconds.ok_or("`every` is not a number of seconds, up to a day")?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range")]
    Ok(Some((seconds * 1000.0).round() as u64))
}

/// The type of the component that is the result.
fn outcome(members: ExtensionObject<'_>, definitions: &[Definition]) -> Result<Ty, String> {
    let Some(named) = members.text("result")? else { return Ok(Ty::Json) };
    let at = Pointer::root().at("components").at("schemas").at(&named);
    let found = definitions.iter().find(|definition| definition.at == at);
    let found =
        found.ok_or_else(|| format!("`result` names no component with a type: `{named}`"))?;
    Ok(Ty::Named(found.name.clone()))
}

fn result(members: ExtensionObject<'_>) -> Result<ResultPlace, String> {
    match (members.pointer("result-at")?, members.pointer("result-url")?) {
        (Some(_), Some(_)) => {
            Err("either `result-at` or `result-url` says where the result is".to_owned())
        }
        (at, None) => Ok(ResultPlace::Here(at.unwrap_or_default())),
        (None, Some(url)) => Ok(ResultPlace::Url(url)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Result<Polling, String> {
        super::read(&serde_yaml::from_str(yaml).expect("YAML"), &[])
    }

    #[test]
    fn without_a_word_the_usual_headers_and_202_are_meant() {
        let polling = read("{}").expect("a rule");
        assert_eq!(polling.url, StatusUrl::Header(HEADERS.map(str::to_owned).to_vec()));
        assert_eq!((polling.state, polling.every, polling.outcome), (None, None, Ty::Json));
        assert_eq!(polling.result, ResultPlace::Here(String::new()));
    }

    #[test]
    fn each_member_is_read() {
        let yaml =
            "{url: /u, state: /s, done: [ok, true, 3], failed: [no], every: 0.25, result-url: /r}";
        let polling = read(yaml).expect("a rule");
        assert_eq!(polling.url, StatusUrl::Body("/u".to_owned()));
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let (done, failed) = (texts(&["ok", "true", "3"]), texts(&["no"]));
        assert_eq!(polling.state, Some(PollState { at: "/s".to_owned(), done, failed }));
        assert_eq!(polling.every, Some(250));
        assert_eq!(polling.result, ResultPlace::Url("/r".to_owned()));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_a_reason() {
        for (yaml, part) in [
            ("true", "is not an object"),
            ("{heder: a}", "did you mean `header`?"),
            ("{header: a, url: /u}", "either `header` or `url`"),
            ("{url: u}", "such as `/u`"),
            ("{done: [a]}", "`state` says where"),
            ("{state: /s}", "`done` lists"),
            ("{state: /s, done: a}", "`done` is not a list"),
            ("{state: /s, done: [{}]}", "no text"),
            ("{every: 0}", "`every`"),
            ("{result: Report}", "`Report`"),
            ("{result-at: /a, result-url: /b}", "either `result-at`"),
        ] {
            let why = read(yaml).expect_err(yaml);
            assert!(why.contains(part), "{yaml}: {why}");
        }
    }
}
