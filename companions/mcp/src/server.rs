//! A server whose tools are operations.

use std::collections::HashMap;
use std::sync::Arc;

use lantern_operations::{CallValues, Operation, Table};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListToolsResult, MetaObject, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::{Value, json};

use crate::arguments;
use crate::backend::{Answer, Backend};
use crate::budget::{Budget, stated_cost};
use crate::confirm::{Confirmed, confirm};
use crate::files::Files;
use crate::options::Options;
use crate::tool::{self, BODY};

/// As many characters of an answer are given to the model.
const MOST_SHOWN: usize = 200_000;

/// A Model Context Protocol server whose tools are the operations of a table. Clones are the same server.
#[derive(Clone)]
pub struct ToolServer(Arc<Inner>);

struct Inner {
    table: Arc<Table>,
    backend: Box<dyn Backend>,
    options: Options,
    budget: Budget,
    files: Files,
    tools: Vec<Tool>,
    /// The places of the operations in the table, by the names of the tools.
    operations: HashMap<String, usize>,
}

impl ToolServer {
    /// A server of these operations.
    ///
    /// # Errors
    /// If an operation is allowed that is not there, or if none is left.
    pub fn new(
        table: impl Into<Arc<Table>>,
        backend: impl Backend,
        options: Options,
    ) -> Result<Self, String> {
        let table: Arc<Table> = table.into();
        if let [unknown, ..] = options.unknown(&table.operations).as_slice() {
            return Err(format!(
                "there is no operation and no group `{unknown}`; operations are called `group.command`"
            ));
        }
        let all = table.operations.iter().enumerate();
        let (places, included): (Vec<usize>, Vec<&Operation>) =
            all.filter(|(_, operation)| options.includes(operation)).unzip();
        if included.is_empty() {
            return Err("no operation is left to be a tool".to_owned());
        }
        let files = options.files.as_deref().map_or(Ok(Files::default()), Files::below)?;
        let names = tool::names(&included);
        let named = included.iter().zip(&names);
        let tools = named.map(|(it, name)| tool::tool(&table, &files, it, name)).collect();
        let operations = names.into_iter().zip(places).collect();
        let budget = Budget::new(options.max_credits);
        let backend = Box::new(backend);
        Ok(Self(Arc::new(Inner { table, backend, options, budget, files, tools, operations })))
    }

    /// The tools.
    #[must_use]
    pub fn tools(&self) -> &[Tool] {
        &self.0.tools
    }

    /// The credits that calls did cost.
    #[must_use]
    pub fn spent(&self) -> f64 {
        self.0.budget.spent()
    }
}

impl Inner {
    fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.get(name).map(|place| &self.table.operations[*place])
    }

    async fn call(
        &self,
        mut request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(operation) = self.operation(&request.name) else {
            return Err(ErrorData::invalid_params(
                format!("there is no tool `{}`", request.name),
                None,
            ));
        };
        self.cap(operation, &mut request);
        let arguments = request.arguments.clone().unwrap_or_default();
        let call = match arguments::call(&self.table, &self.files, operation, &arguments) {
            Ok(call) => call,
            Err(error) => return Ok(failed(&error)),
        };
        let body = arguments.get(BODY).unwrap_or(&Value::Null);
        let values = CallValues { parameters: &arguments, body };
        let expected = self.budget.expected(&self.table, operation, &values);
        let mut reservation = match self.budget.reserve(expected) {
            Ok(reservation) => reservation,
            Err(error) => return Ok(failed(&error)),
        };
        if self.options.confirm_above.is_some_and(|floor| expected > floor) {
            let message = format!("`{}` may cost {expected} credits.", request.name);
            if let Confirmed::No(response) = confirm(message, &request, &context).await {
                return Ok(*response);
            }
        }
        reservation.send();
        Ok(match self.backend.call(call).await {
            Ok(answer) => {
                let body = serde_json::from_slice(&answer.body).unwrap_or_default();
                let stated = stated_cost(&answer, &body, &self.table.conventions);
                let known = stated.unwrap_or(expected);
                let cost = operation.cost_at_most(Some(known), answer.uncertain, expected);
                reservation.spend(operation, stated, cost);
                self.result(&answer, body, cost).into()
            }
            Err(error) => {
                let cost = operation.cost_at_most(None, error.uncertain, expected);
                reservation.spend(operation, None, cost);
                failed(&match error.uncertain {
                    0 => error.to_string(),
                    _ => format!(
                        "{error}. The service may have acted all the same; do not simply repeat the call."
                    ),
                })
            }
        })
    }

    /// Caps what a call costs by what is left of the budget, where a call can say that.
    fn cap(&self, operation: &Operation, request: &mut CallToolRequestParams) {
        let Some((name, left)) = self.table.cap_field(operation).zip(self.budget.left()) else {
            return;
        };
        let arguments = request.arguments.get_or_insert_default();
        let Some(body) = arguments.get_mut(BODY).and_then(Value::as_object_mut) else { return };
        let stated = body.get(name).and_then(Value::as_f64);
        if stated.is_none() && left >= 1.0 {
            body.insert(name.to_owned(), json!(left.floor() as u64));
        }
    }

    fn result(&self, answer: &Answer, body: Value, cost: f64) -> CallToolResult {
        let text = String::from_utf8_lossy(&answer.body);
        let shown: String = text.chars().take(MOST_SHOWN).collect();
        let shown = match shown.len() < text.len() {
            true => format!("{shown}\n[cut here: the answer has {} bytes]", answer.body.len()),
            false => shown,
        };
        let shown = match (answer.status, shown.is_empty()) {
            (200..=299, true) => format!("Status {}, without a body.", answer.status),
            (200..=299, false) => shown,
            (status, _) => failure(status, answer, &shown),
        };
        let content = vec![ContentBlock::text(shown)];
        let mut result = match answer.status {
            200..=299 => CallToolResult::success(content),
            _ => CallToolResult::error(content),
        };
        result.structured_content = Some(body).filter(Value::is_object);
        result.meta = Some(self.meta(answer.status, cost));
        result
    }

    fn meta(&self, status: u16, cost: f64) -> MetaObject {
        let mut meta = MetaObject::default();
        meta.insert("status".to_owned(), status.into());
        meta.insert(
            "credits".to_owned(),
            json!({
                "cost": cost, "spent": self.budget.spent(), "left": self.budget.left()
            }),
        );
        meta
    }
}

/// What a status means for the next step.
fn failure(status: u16, answer: &Answer, shown: &str) -> String {
    let advice = match status {
        401 | 403 => "The credentials of this server are missing or not valid; the person who started it has to set them.".to_owned(),
        402 => "The account has not enough credits.".to_owned(),
        429 => match answer.header("retry-after") {
            Some(seconds) => format!("There were too many requests; call again after {seconds} seconds."),
            None => "There were too many requests; call again later.".to_owned(),
        },
        400 | 422 => "Correct the arguments before calling again.".to_owned(),
        500..=599 => "The service failed.".to_owned(),
        _ => String::new(),
    };
    format!("Status {status}. {advice}\n{shown}").trim_end().to_owned()
}

fn failed(why: &str) -> CallToolResponse {
    CallToolResult::error(vec![ContentBlock::text(why)]).into()
}

impl ServerHandler for ToolServer {
    fn get_info(&self) -> ServerConfig {
        let table = &self.0.table;
        let name = table.title.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        let version = table.version.clone();
        let mut instructions = table.description.clone().unwrap_or_default();
        if let Some(most) = self.0.options.max_credits {
            instructions.push_str(&format!("\n\nAll calls together may cost {most} credits."));
        }
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new(name, version).with_title(table.title.clone()))
            .with_instructions(instructions.trim())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.0.tools.clone()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.0.tools.iter().find(|tool| tool.name == name).cloned()
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        self.0.call(request, context).await
    }
}
