//! What calls cost: what replies state, and what calls may cost before they are answered.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{Conventions, Operation, Retry, Table};

/// What calls of operations cost, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// The most that a call of an operation did cost, by its id.
    seen: HashMap<String, f64>,
}

impl Costs {
    /// Nothing is known but what the table documents.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Learns what a call did cost. That one cost nothing says nothing of the next one.
    pub fn learn(&mut self, operation: &Operation, cost: f64) {
        if cost > 0.0 {
            let seen = self.seen.entry(operation.id.clone()).or_default();
            *seen = seen.max(cost);
        }
    }

    /// The most that a call of an operation did cost, here or in the documented example; `None` if neither is known.
    #[must_use]
    pub fn most(&self, operation: &Operation) -> Option<f64> {
        let documented = operation.policy.example_cost.filter(|cost| *cost > 0.0);
        let seen = self.seen.get(&operation.id).copied();
        seen.into_iter().chain(documented).reduce(f64::max)
    }

    /// What a call may cost, as far as it is known: nothing, or the cap that it states, or the most that a call did cost, and a
    /// credit for each record of a batch.
    #[must_use]
    pub fn known(
        &self,
        table: &Table,
        operation: &Operation,
        call: &CallValues<'_>,
    ) -> Option<f64> {
        if !operation.policy.consumes_credits {
            return Some(0.0);
        }
        let (cap, most) = (call.cap(&table.conventions), self.most(operation));
        match table.cap_field(operation) {
            Some(_) if cap.is_some() => cap,
            // The service does not know of a cap that it does not describe, and may take no notice of it.
            _ => most.map(|most| most.max(call.records(operation)).max(cap.unwrap_or_default())),
        }
    }

    /// The same, and where nothing is known, a credit, or one for each record of a batch.
    #[must_use]
    pub fn expected(&self, table: &Table, operation: &Operation, call: &CallValues<'_>) -> f64 {
        let known = self.known(table, operation, call);
        known.unwrap_or_else(|| call.records(operation).max(1.0))
    }
}

/// The values of a call: its parameters by name, and its body.
#[derive(Clone, Copy, Debug)]
pub struct CallValues<'a> {
    /// The values of its parameters.
    pub parameters: &'a Map<String, Value>,
    /// Its body; null if it has none.
    pub body: &'a Value,
}

impl CallValues<'_> {
    /// The most that it may cost by what it states.
    fn cap(&self, conventions: &Conventions) -> Option<f64> {
        let field = conventions.cap_field.as_deref()?;
        let stated = self.body.get(field).or_else(|| self.parameters.get(field))?.as_f64();
        stated.filter(|cap| *cap > 0.0)
    }

    /// How many records it lists; none if it submits no batch.
    fn records(&self, operation: &Operation) -> f64 {
        let list = operation.batch.as_ref().and_then(|batch| batch.ids.as_deref());
        let list = list.and_then(|list| self.body.get(list)?.as_array());
        list.map_or(0.0, |records| records.len() as f64)
    }
}

impl Table {
    /// The member of the body, or the parameter, that caps what a call of an operation costs, if it has one.
    #[must_use]
    pub fn cap_field(&self, operation: &Operation) -> Option<&str> {
        let name = self.conventions.cap_field.as_deref()?;
        let content = operation.body.iter().flat_map(|body| &body.content);
        let mut schemas = content.filter_map(|media| media.schema.as_ref());
        let is_member = schemas.any(|schema| {
            self.follow(schema).get("properties").is_some_and(|members| members.get(name).is_some())
        });
        (is_member || operation.parameter(name).is_some()).then_some(name)
    }
}

impl Conventions {
    /// What a body states that its call did cost.
    #[must_use]
    pub fn cost(&self, body: &Value) -> Option<f64> {
        let mut stated = self.cost_fields.iter().filter_map(|field| body.get(field)?.as_f64());
        stated.find(|cost| *cost >= 0.0)
    }
}

impl Operation {
    /// What a call did cost at most, if so many of its attempts have no reply that says whether they were charged, and the
    /// last one states a cost, or nothing.
    ///
    /// Attempts with the same key are charged once.
    #[must_use]
    pub fn cost_at_most(&self, stated: Option<f64>, uncertain: u32, expected: f64) -> f64 {
        let stated = stated.unwrap_or_default();
        match self.policy.retry {
            _ if uncertain == 0 => stated,
            Retry::ByKey(_) | Retry::ByHeader(_) => stated.max(expected),
            Retry::Safe | Retry::Unsafe => stated + expected * f64::from(uncertain),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Policy;

    /// An operation that costs credits, with a body whose schema has these members.
    fn operation(members: &Value) -> Operation {
        let operation = json!({
            "id": "a", "group": "g", "command": "c", "method": "POST", "path": "/",
            "body": {"content": [
                {"mediaType": "application/json", "schema": {"properties": members}}
            ]},
            "policy": {"consumesCredits": true, "retry": "unsafe"},
        });
        serde_json::from_value(operation).expect("an operation")
    }

    fn table() -> Table {
        let mut table = Table::new("T", "1");
        table.conventions.cap_field = Some("max".to_owned());
        table.conventions.cost_fields = vec!["cost".to_owned()];
        table
    }

    fn expected(costs: &Costs, operation: &Operation, body: Value) -> f64 {
        let call = CallValues { parameters: &Map::new(), body: &body };
        costs.expected(&table(), operation, &call)
    }

    #[test]
    fn what_is_not_known_is_taken_for_a_credit_and_a_free_call_is_no_sign() {
        let (mut costs, operation) = (Costs::new(), operation(&json!({})));
        assert_eq!((costs.most(&operation), expected(&costs, &operation, json!({}))), (None, 1.0));
        costs.learn(&operation, 0.0);
        assert_eq!((costs.most(&operation), expected(&costs, &operation, json!({}))), (None, 1.0));
        costs.learn(&operation, 3.0);
        costs.learn(&operation, 2.0);
        assert_eq!(expected(&costs, &operation, json!({})), 3.0, "the most");
        let dear = Operation {
            policy: Policy { example_cost: Some(5.0), ..operation.policy.clone() },
            ..operation.clone()
        };
        assert_eq!(expected(&costs, &dear, json!({})), 5.0, "also of what is documented");
        let free = Operation { policy: Policy::default(), ..operation };
        assert_eq!(expected(&costs, &free, json!({})), 0.0);
    }

    #[test]
    fn a_cap_holds_where_the_service_knows_of_it() {
        let costs = Costs::new();
        let (capped, other) = (operation(&json!({"max": {}})), operation(&json!({})));
        assert_eq!(expected(&costs, &capped, json!({"max": 7})), 7.0);
        assert_eq!(expected(&costs, &capped, json!({"max": 0.5})), 0.5);
        for no_cap in [json!(0), json!(-5), json!("7"), json!(null)] {
            assert_eq!(expected(&costs, &capped, json!({"max": no_cap})), 1.0);
        }
        assert_eq!(expected(&costs, &other, json!({"max": 0.01})), 1.0, "nobody reads it");
    }

    #[test]
    fn attempts_without_a_reply_may_have_been_charged_once_each_or_once_by_their_key() {
        let mut operation = operation(&json!({}));
        assert_eq!(operation.cost_at_most(Some(2.0), 0, 5.0), 2.0);
        assert_eq!(operation.cost_at_most(None, 1, 5.0), 5.0);
        assert_eq!(operation.cost_at_most(Some(2.0), 2, 5.0), 12.0);
        operation.policy.retry = Retry::ByKey("id".to_owned());
        assert_eq!(
            operation.cost_at_most(Some(0.0), 3, 5.0),
            5.0,
            "the second reply is a kept one"
        );
        assert_eq!(operation.cost_at_most(Some(6.0), 3, 5.0), 6.0);
    }

    #[test]
    fn a_stated_cost_is_an_amount() {
        let conventions = table().conventions;
        assert_eq!(conventions.cost(&json!({"cost": 1.5})), Some(1.5));
        for none in [json!({"cost": -1}), json!({"cost": "1"}), json!({}), json!(null)] {
            assert_eq!(conventions.cost(&none), None);
        }
    }
}
