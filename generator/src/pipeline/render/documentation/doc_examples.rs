//! Examples: for each method a call that compiles, with the description's own values where it has some.

use std::collections::HashMap;

use super::Docs;
use crate::pipeline::model::{Api, Operation, Tag, TypeDef};
use crate::rust::names::Name;
use expression::{Expression, Statement, Step};

mod bodies;
mod expression;
mod replies;
mod values;

/// What is done with a bulk run.
const RUN: &str = "\
while let Some(done) = run.next().await {
    println!(\"{:#?}: {:#?}\", done.request, done.result);
}
for unsent in run.into_unsent() {
    println!(\"not sent: {:#?}\", unsent.request);
}";

/// An example: the body of a function that is shown.
pub struct DocExample<'a> {
    crate_path: &'a str,
    /// The parameters of the function around it.
    parameters: String,
    statements: Vec<Statement>,
}

impl DocExample<'_> {
    /// The lines that a reader sees.
    pub fn code(&self) -> Docs {
        self.statements.iter().flat_map(Statement::lines).collect()
    }

    /// The lines for the body of a function that has a `client`.
    pub fn inner_code(&self) -> Docs {
        self.types_import().into_iter().chain(self.code()).collect()
    }

    /// The hidden line that names the module of types, if the code does.
    pub fn types_import(&self) -> Option<String> {
        let names_types = self.statements.iter().any(Statement::names_types);
        names_types.then(|| format!("# use {}::types;", self.crate_path))
    }

    /// A documentation test, which is compiled and not run.
    pub fn doctest(&self) -> Docs {
        let function = format!(
            "# async fn example({}) -> Result<(), Box<dyn std::error::Error>> {{",
            self.parameters
        );
        let start = ["```no_run".to_owned()].into_iter().chain(self.types_import());
        let start = start.chain([function]);
        start.chain(self.code()).chain(["# Ok(()) }", "```"].map(str::to_owned)).collect()
    }
}

/// Writes the examples of a client.
pub struct DocExamples<'a> {
    types: HashMap<&'a Name, &'a TypeDef>,
    crate_path: String,
}

impl<'a> DocExamples<'a> {
    pub fn new(api: &'a Api) -> Self {
        let types = api.types.iter().map(|definition| (&definition.name, definition));
        Self { types: types.collect(), crate_path: api.crate_path() }
    }

    /// A call of an operation.
    pub fn call(&self, tag: &Tag, operation: &Operation) -> Option<DocExample<'_>> {
        Some(self.with_client(self.statements(tag, operation)?))
    }

    /// A call that is not sent yet.
    pub fn unsent(&self, tag: &Tag, operation: &Operation) -> Option<DocExample<'_>> {
        let (mut statements, steps) = self.unsent_call(tag, operation)?;
        let call = Expression::chain(Expression::code("client"), steps);
        statements.push(Statement::Let("call", call));
        Some(self.with_client(statements))
    }

    /// A call that is sent, with nothing done with its reply.
    pub fn sent(&self, tag: &Tag, operation: &Operation) -> Option<DocExample<'_>> {
        let (mut statements, mut steps) = self.unsent_call(tag, operation)?;
        steps.push(Step::Await);
        statements.push(Statement::Do(Expression::chain(Expression::code("client"), steps)));
        Some(self.with_client(statements))
    }

    /// A bulk run of one request, which shows what is done with many.
    pub fn bulk(&self, tag: &Tag, operation: &Operation) -> Option<DocExample<'_>> {
        let mut statements = self.bulk_run(tag, operation)?;
        statements.push(Statement::Fixed(RUN));
        Some(self.with_client(statements))
    }

    /// A bulk run of one request that has not begun.
    pub fn unfinished(&self, tag: &Tag, operation: &Operation) -> Option<DocExample<'_>> {
        Some(self.with_client(self.bulk_run(tag, operation)?))
    }

    fn bulk_run(&self, tag: &Tag, operation: &Operation) -> Option<Vec<Statement>> {
        let (bulk, body) = (operation.bulk.as_ref()?, operation.body.as_ref()?);
        let body = self.body(tag, body)?;
        let mut arguments = self.arguments(operation)?;
        arguments.push(Expression::code("[body]"));
        let concurrency = Step::Method("concurrency".to_owned(), vec![Expression::code("8")]);
        let steps = vec![
            Step::Method(tag.name.rust().to_owned(), Vec::new()),
            Step::Method(bulk.name.rust().to_owned(), arguments),
            concurrency,
        ];
        let run = Statement::Let("mut run", Expression::chain(Expression::code("client"), steps));
        Some(vec![Statement::Let("body", body), run])
    }

    /// The first call of those that need the fewest arguments.
    pub fn front_page(&self, tags: &[Tag]) -> Option<DocExample<'_>> {
        let (tag, operation) =
            operations_of(tags).min_by_key(|(_, operation)| arguments_of(operation))?;
        let client = format!("{}::Client::from_env()?", self.crate_path);
        let mut statements = vec![Statement::Let("client", Expression::Code(client))];
        statements.extend(self.statements(tag, operation)?);
        Some(self.example(String::new(), statements))
    }

    /// The first operation of those that need the fewest arguments, of which an example can be made.
    pub fn simplest<'t>(
        &self,
        tags: &'t [Tag],
        is_meant: fn(&Operation) -> bool,
    ) -> Option<(&'t Tag, &'t Operation)> {
        let mut operations: Vec<_> = operations_of(tags).filter(|(_, one)| is_meant(one)).collect();
        operations.sort_by_key(|(_, operation)| arguments_of(operation));
        let can_be_called =
            |(tag, operation): &(&Tag, &Operation)| self.unsent_call(tag, operation).is_some();
        operations.into_iter().find(can_be_called)
    }

    fn with_client(&self, statements: Vec<Statement>) -> DocExample<'_> {
        let parameters = format!("client: {}::Client", self.crate_path);
        self.example(parameters, statements)
    }

    fn example(&self, parameters: String, mut statements: Vec<Statement>) -> DocExample<'_> {
        let mut next = 0;
        statements.iter_mut().for_each(|statement| statement.number_times(&mut next));
        DocExample { crate_path: &self.crate_path, parameters, statements }
    }

    fn statements(&self, tag: &Tag, operation: &Operation) -> Option<Vec<Statement>> {
        let (mut statements, mut steps) = self.unsent_call(tag, operation)?;
        steps.push(Step::Await);
        let call = Expression::chain(Expression::code("client"), steps);
        statements.extend(match self.reply(operation) {
            Some(used) => [Statement::Let("reply", call), used].into(),
            None => vec![Statement::Do(call)],
        });
        Some(statements)
    }

    /// What precedes a call, and the methods that make it of a client.
    fn unsent_call(&self, tag: &Tag, operation: &Operation) -> Option<(Vec<Statement>, Vec<Step>)> {
        let mut arguments = self.arguments(operation)?;
        let mut statements = Vec::new();
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            statements.push(Statement::Let("body", self.body(tag, body)?));
            arguments.push(Expression::code("body"));
        }
        let steps = vec![
            Step::Method(tag.name.rust().to_owned(), Vec::new()),
            Step::Method(operation.name.rust().to_owned(), arguments),
        ];
        Some((statements, steps))
    }

    fn arguments(&self, operation: &Operation) -> Option<Vec<Expression>> {
        let values = operation.arguments.iter().map(|parameter| {
            let example = parameter.example.as_ref();
            self.value(&parameter.ty, example, parameter.name.wire(), true, 0)
        });
        values.collect()
    }
}

fn operations_of(tags: &[Tag]) -> impl Iterator<Item = (&Tag, &Operation)> {
    tags.iter().flat_map(|tag| tag.operations.iter().map(move |operation| (tag, operation)))
}

fn arguments_of(operation: &Operation) -> usize {
    let body = operation.body.as_ref().is_some_and(|body| body.required);
    operation.arguments.len() + usize::from(body)
}
