//! Asks the person before a call spends much.
//!
//! Since version 2026-07-28 of the protocol, a server does not send requests: it answers that input is needed, and the
//! client calls again with it. Before that, it asks by `elicitation/create`.

use rmcp::RoleServer;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ElicitRequest,
    ElicitRequestParams, ElicitationAction, InputRequest, InputRequests, InputRequiredResult,
    ProtocolVersion,
};
use rmcp::service::RequestContext;
use serde_json::{Value, json};

/// The name of the question.
const QUESTION: &str = "confirm";

/// Whether the call goes on, or what it is answered with.
pub enum Confirmed {
    Yes,
    No(Box<CallToolResponse>),
}

/// Asks the person.
pub async fn confirm(
    message: String,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Confirmed {
    let can_ask = context.client_capabilities().is_some_and(|can| can.elicitation.is_some());
    if !can_ask {
        return refused(&format!(
            "{message} This client cannot ask the person, so it was not sent. The person who started this server can \
             raise `--confirm-above`."
        ));
    }
    let version = context.protocol_version();
    let answers = version.is_some_and(|it| it.as_str() >= ProtocolVersion::V_2026_07_28.as_str());
    match answers {
        true => by_result(message, request),
        false => by_request(message, context).await,
    }
}

async fn by_request(message: String, context: &RequestContext<RoleServer>) -> Confirmed {
    let Some(question) = question(message) else {
        return refused("The question could not be asked.");
    };
    match context.peer.create_elicitation(question).await {
        Ok(answer)
            if answer.action == ElicitationAction::Accept && is_yes(answer.content.as_ref()) =>
        {
            Confirmed::Yes
        }
        Ok(_) => refused("The person did not confirm it, so it was not sent."),
        Err(error) => {
            refused(&format!("The person could not be asked, so it was not sent: {error}"))
        }
    }
}

fn by_result(message: String, request: &CallToolRequestParams) -> Confirmed {
    let state = fingerprint(request);
    let answer = request.input_responses.as_ref().and_then(|all| all.get(QUESTION));
    // An answer to a question about other arguments is none.
    let answer = answer.filter(|_| request.request_state.as_ref() == Some(&state));
    match answer {
        Some(answer) if answer["action"] == "accept" && is_yes(answer.get("content")) => {
            Confirmed::Yes
        }
        Some(_) => refused("The person did not confirm it, so it was not sent."),
        None => {
            let Some(question) = question(message) else {
                return refused("The question could not be asked.");
            };
            let question = InputRequest::Elicitation(ElicitRequest::new(question));
            let questions = InputRequests::from([(QUESTION.to_owned(), question)]);
            Confirmed::No(Box::new(InputRequiredResult::new(Some(questions), Some(state)).into()))
        }
    }
}

fn question(message: String) -> Option<ElicitRequestParams> {
    let schema = json!({
        "type": "object",
        "properties": { "confirm": { "type": "boolean", "title": "Send it", "default": false } },
        "required": ["confirm"],
    });
    let requested_schema = serde_json::from_value(schema).ok()?;
    Some(ElicitRequestParams::FormElicitationParams { meta: None, message, requested_schema })
}

fn is_yes(content: Option<&Value>) -> bool {
    content.is_some_and(|content| content["confirm"] == true)
}

fn fingerprint(request: &CallToolRequestParams) -> String {
    let arguments = request.arguments.clone().map(Value::Object).unwrap_or_default();
    format!("{} {arguments}", request.name)
}

fn refused(why: &str) -> Confirmed {
    Confirmed::No(Box::new(CallToolResult::error(vec![ContentBlock::text(why)]).into()))
}
