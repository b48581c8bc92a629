//! What a person or a test does with a server while it runs, below `/__mock`.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use serde_json::{Value, json};

use crate::account::Account;
use crate::fault::FaultRule;
use crate::received::Received;
use crate::script::Script;
use crate::state::Shared;

type Server = State<Arc<Shared>>;

/// The routes.
pub fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/__mock", get(overview))
        .route("/__mock/received", get(received).delete(forget))
        .route("/__mock/account", get(account).put(set_credits))
        .route("/__mock/replies", post(script).delete(unscript))
        .route("/__mock/faults", put(set_faults))
        .route("/__mock/reset", post(reset))
        .route("/__mock/store/{*path}", get(file))
        .route("/__mock/{*path}", delete(nothing).get(nothing).post(nothing).put(nothing))
}

async fn overview(State(shared): Server) -> Json<Value> {
    let operations = shared.table.operations.iter().map(|operation| {
        json!({
            "id": operation.id,
            "name": format!("{}.{}", operation.group, operation.command),
            "method": operation.method,
            "path": operation.path,
        })
    });
    let operations: Vec<Value> = operations.collect();
    Json(
        json!({ "title": shared.table.title, "version": shared.table.version, "operations": operations }),
    )
}

async fn received(State(shared): Server) -> Json<Vec<Received>> {
    Json(shared.state().received.clone())
}

async fn forget(State(shared): Server) -> StatusCode {
    shared.state().received.clear();
    StatusCode::NO_CONTENT
}

async fn account(State(shared): Server) -> Json<Account> {
    Json(shared.state().account.clone())
}

async fn set_credits(State(shared): Server, Json(wanted): Json<Value>) -> Response {
    match wanted.get("credits") {
        Some(credits) if credits.is_number() || credits.is_null() => {
            shared.state().account.credits = credits.as_f64();
            StatusCode::NO_CONTENT.into_response()
        }
        _ => refuse(r#"send {"credits": 100}, or null for an account without an end"#),
    }
}

async fn script(State(shared): Server, Json(script): Json<Script>) -> Response {
    let fault = script.fault.as_deref().map(str::parse::<crate::fault::Fault>);
    let known = script
        .operation
        .as_deref()
        .is_none_or(|_| shared.table.operations.iter().any(|operation| script.concerns(operation)));
    match fault {
        Some(Err(error)) => refuse(&error),
        _ if !known => refuse("no operation and no group has this name; GET /__mock lists them"),
        _ => {
            shared.state().scripts.push(script);
            StatusCode::NO_CONTENT.into_response()
        }
    }
}

async fn unscript(State(shared): Server) -> StatusCode {
    shared.state().scripts.clear();
    StatusCode::NO_CONTENT
}

async fn set_faults(State(shared): Server, Json(rules): Json<Vec<String>>) -> Response {
    let rules: Result<Vec<FaultRule>, String> = rules.iter().map(|rule| rule.parse()).collect();
    match rules {
        Ok(rules) => {
            shared.state().faults = rules.into_iter().map(|rule| (rule, 0)).collect();
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => refuse(&error),
    }
}

async fn reset(State(shared): Server) -> StatusCode {
    shared.reset();
    StatusCode::NO_CONTENT
}

async fn file(State(shared): Server, Path(path): Path<String>) -> Response {
    match shared.state().batches.file(&path, Instant::now()) {
        Some(content) => ([(header::CONTENT_TYPE, "text/csv")], content.to_owned()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn nothing() -> StatusCode {
    StatusCode::NOT_FOUND
}

fn refuse(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response()
}
