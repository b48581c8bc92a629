//! An operation: what it is called, what it takes and what it answers.

use serde::{Deserialize, Serialize};

use crate::{Body, Parameter, Policy, Response, Schema};

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// Its `operationId`, or words that replace it.
    pub id: String,
    /// Its group: [`Group::name`](crate::Group::name).
    pub group: String,
    /// Its name in the group, as the client has it and in words joined by hyphens: `phone-and-email`.
    pub command: String,
    /// The method, as requests have it: `POST`.
    pub method: String,
    /// The path, with a `{placeholder}` for each path parameter.
    pub path: String,
    /// What it does in a sentence, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What it does at length, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it is deprecated.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub deprecated: bool,
    /// The URL of its server, if it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// Its parameters, those of its path included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Its request body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Its responses, in the order of the description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
    /// Sets of security schemes of which one set is sent; an empty set means that none is needed, and no set at all
    /// that the operation is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Vec<String>>,
    /// How it may be treated.
    #[serde(default)]
    pub policy: Policy,
    /// The batch that it submits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Batch>,
    /// Whether the client has a method that calls it for each of many requests.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub bulk: bool,
    /// How it is paginated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}

/// What an operation that submits a batch answers, and how records are split into batches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// The member of the answer that has the id of the run.
    pub run_id: String,
    /// The member that has the place of the results: a CSV file.
    pub results: String,
    /// The member that has the place of the credit report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// The schema of a row of the results, if a column is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Schema>,
    /// The schema of a row of the credit report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Schema>,
    /// The member of the body that lists the records: a list of texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<String>,
    /// The most records that a batch takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
}

/// How an operation is paginated. Places in a reply are JSON pointers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pagination {
    /// Where the items are in a reply.
    pub items: String,
    /// Where a reply says whether there are more pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
    /// How the next page is found.
    pub style: PageStyle,
}

/// How the next page is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PageStyle {
    /// A reply has the value of the parameter at this place.
    Cursor {
        /// The parameter.
        parameter: PageParameter,
        /// The place.
        at: String,
    },
    /// A header of the reply has it.
    CursorHeader {
        /// The parameter.
        parameter: PageParameter,
        /// The header.
        header: String,
    },
    /// The parameter is the number of the page.
    Page {
        /// The parameter.
        parameter: PageParameter,
        /// The number of the first page.
        first: u64,
        /// Where a reply has the number of the last page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_at: Option<String>,
    },
    /// The parameter is the number of the items before.
    Offset {
        /// The parameter.
        parameter: PageParameter,
        /// Where a reply has the number of all items.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_at: Option<String>,
    },
    /// The header `Link` has the URL.
    Link,
    /// A reply has the URL at this place.
    Url {
        /// The place.
        at: String,
    },
    /// Parameters of the query limit the list to a window of time.
    Window {
        /// The parameter of its begin.
        from: String,
        /// The parameter of its end.
        to: String,
        /// The most items of a reply, if the request does not say.
        size: u64,
        /// The parameter by which a request says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<String>,
        /// The most that it can say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u64>,
    },
}

/// The parameter that says which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PageParameter {
    /// A parameter of the query.
    Query(String),
    /// A member of the JSON body.
    Body(String),
}

impl Operation {
    /// The parameter of this name. There can be two of a name at different locations: the first one is returned.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The response to a success: the first one that is documented.
    #[must_use]
    pub fn success(&self) -> Option<&Response> {
        self.responses.iter().find(|response| response.status.is_success())
    }

    /// The response that is documented for a status: for exactly this one, or for its hundred, or for all others.
    #[must_use]
    pub fn response(&self, status: u16) -> Option<&Response> {
        let fitting = self.responses.iter().filter(|response| response.status.includes(status));
        fitting.min_by_key(|response| response.status.breadth())
    }
}
