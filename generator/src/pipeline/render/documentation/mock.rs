//! What is written above the module for tests.

use super::Docs;
use crate::pipeline::model::Api;

/// What the module is for, and a first test.
pub fn module(api: &Api) -> Docs {
    let crate_path = api.crate_path();
    let operation = api.tags.iter().find_map(|tag| {
        let first = tag.operations.first()?;
        Some(format!("{crate_path}::{}::{}", tag.name.rust(), first.type_name.rust()))
    });
    let mut docs = vec![
        "For tests without a network: a service in memory, and values of all types.".to_owned(),
        String::new(),
        "A [`Mock`] replies as a test says, or with the examples of the description.".to_owned(),
        "Types have [`example`](Example::example), and [`Reply::new`](crate::Reply::new) and"
            .to_owned(),
        "[`Error::of_reply`](crate::Error::of_reply) make what a call returns.".to_owned(),
    ];
    if let Some(operation) = operation {
        docs.extend([String::new(), "```".to_owned()]);
        docs.push(format!("use {crate_path}::mock::Mock;"));
        docs.push(String::new());
        docs.push("let mock = Mock::new().with_examples();".to_owned());
        docs.push(format!("mock.on::<{operation}>().status(429).retry_after(2);"));
        docs.push("let client = mock.client(); // its calls are answered by `mock`".to_owned());
        docs.push("```".to_owned());
    }
    docs
}
