//! Makes a value of a reply agree with the request and with the account.

use lantern_operations::{Conventions, Operation, PageParameter, PageStyle, Pagination, Schema};
use serde_json::{Map, Number, Value};

use crate::request::Said;
use crate::schemas::Schemas;

/// A number as people write it: without decimals if it has none.
pub fn figure(credits: f64) -> Value {
    match credits {
        whole if whole.fract() == 0.0 && whole.abs() < 1e15 => (whole as i64).into(),
        other => Number::from_f64(other).map_or(Value::Null, Value::from),
    }
}

/// Whether it may be an integer with more digits than it was read with: `1e30`
fn is_rounded(value: &Value) -> bool {
    value.is_f64() && value.as_f64().is_some_and(|number| number.abs() >= i64::MAX as f64)
}

/// A value that is changed as long as it fits its schema.
pub struct Adapting<'a> {
    pub schemas: &'a Schemas,
    pub schema: Option<&'a Schema>,
    pub value: Value,
}

impl Adapting<'_> {
    /// Changes the value, unless it would not fit its schema then.
    fn change(&mut self, change: impl FnOnce(&mut Value)) {
        let mut changed = self.value.clone();
        change(&mut changed);
        if self.schema.is_none_or(|schema| self.schemas.fits(schema, &changed)) {
            self.value = changed;
        }
    }

    /// Gives a member that is there another value.
    fn set(&mut self, name: &str, value: Value) {
        if self.value.get(name).is_some_and(|before| *before != value) {
            self.change(|changed| changed[name] = value);
        }
    }

    /// What the request says of itself, such as the id of a record, the reply says, too.
    pub fn echo(&mut self, said: &Said) {
        let body = said.body.as_ref().and_then(Value::as_object);
        let members: Map<String, Value> = said
            .parameters
            .iter()
            .chain(body.into_iter().flatten())
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        for (name, value) in members {
            let is_scalar = !value.is_null() && !value.is_object() && !value.is_array();
            if is_scalar && !is_rounded(&value) {
                self.set(&name, value);
            }
        }
    }

    /// What is stated of success and credits.
    pub fn account(&mut self, conventions: &Conventions, cost: f64, left: Option<f64>) {
        conventions.success_field.iter().for_each(|name| self.set(name, true.into()));
        conventions.cost_fields.iter().for_each(|name| self.set(name, figure(cost)));
        for (name, left) in conventions.balance_fields.iter().filter_map(|name| Some((name, left?)))
        {
            self.set(name, figure(left));
        }
    }

    /// Replaces members, such as the places of a batch's results.
    pub fn members(&mut self, members: &[(String, Value)]) {
        members.iter().for_each(|(name, value)| {
            self.change(|changed| {
                if let Some(object) = changed.as_object_mut() {
                    object.insert(name.clone(), value.clone());
                }
            })
        });
    }

    /// Lets the page be the last one, as a run through all pages has to come to its end.
    pub fn last_page(&mut self, operation: &Operation, said: &Said) {
        let Some(pagination) = &operation.pagination else { return };
        if let Some(more) = &pagination.more {
            self.at(more, Value::Bool(false));
        }
        match &pagination.style {
            PageStyle::Cursor { at, .. } | PageStyle::Url { at } => self.end(at),
            PageStyle::Page { parameter, first, last_at } => {
                last_at.iter().for_each(|at| self.at(at, (*first).into()));
                self.empty_after(pagination, position(parameter, said) > Some(*first));
            }
            PageStyle::Offset { parameter, total_at } => {
                let count = self
                    .value
                    .pointer(&pagination.items)
                    .and_then(Value::as_array)
                    .map_or(0, Vec::len);
                total_at.iter().for_each(|at| self.at(at, count.into()));
                self.empty_after(pagination, position(parameter, said) > Some(0));
            }
            PageStyle::CursorHeader { .. } | PageStyle::Link | PageStyle::Window { .. } => {}
        }
    }

    fn at(&mut self, pointer: &str, value: Value) {
        self.change(|changed| {
            if let Some(place) = changed.pointer_mut(pointer) {
                *place = value;
            }
        });
    }

    /// Null, nothing or an empty text: the first of them that fits.
    fn end(&mut self, pointer: &str) {
        let Some((parent, name)) = pointer.rsplit_once('/') else { return };
        if self.value.pointer(pointer).is_none_or(Value::is_null) {
            return;
        }
        self.at(pointer, Value::Null);
        if self.value.pointer(pointer).is_some_and(Value::is_null) {
            return;
        }
        self.change(|changed| {
            if let Some(object) = changed.pointer_mut(parent).and_then(Value::as_object_mut) {
                object.shift_remove(name);
            }
        });
        self.at(pointer, "".into());
    }

    fn empty_after(&mut self, pagination: &Pagination, is_after: bool) {
        if is_after {
            self.at(&pagination.items, Value::Array(Vec::new()));
        }
    }
}

/// The number that a request says the page by.
fn position(parameter: &PageParameter, said: &Said) -> Option<u64> {
    match parameter {
        PageParameter::Query(name) => said.parameters.get(name)?.as_u64(),
        PageParameter::Body(name) => said.body.as_ref()?.get(name)?.as_u64(),
    }
}
