//! The pages of the guide: their texts, which clients have them, and which operations their examples call.

use crate::pipeline::model::Need::{self, *};
use crate::pipeline::model::{Operation, RuntimeNeeds};

/// A page of the guide.
pub struct GuidePage {
    /// Its module, and its file.
    pub name: &'static str,
    /// What it is about, as a sentence.
    pub about: &'static str,
    /// Its text, with fields such as `{{call}}`.
    pub template: &'static str,
    /// The clients that have it: those with any of these needs, or all where there are none.
    pub when: &'static [Need],
    /// The operations that its examples can call.
    pub shows: fn(&Operation) -> bool,
}

/// A page and its text.
macro_rules! page {
    ($name:literal, $about:literal, $when:expr, $shows:expr) => {
        GuidePage {
            name: $name,
            about: $about,
            template: include_str!(concat!(env!("TEMPLATES"), "/guide/", $name, ".md.in")),
            when: $when,
            shows: $shows,
        }
    };
}

/// All pages, in the order in which they are read.
const PAGES: &[GuidePage] = &[
    page!("calls", "Calls, their replies, and the settings of both.", &[], any),
    page!("errors", "What can go wrong, and what to do then.", &[], any),
    page!("credentials", "Keys and tokens, also those that change.", &[Credentials], any),
    page!("limits", "Rate limits, time limits and retries.", &[], any),
    page!("credits", "What happens if credits are used up.", &[Credits], |operation| {
        operation.policy.consumes_credits
    }),
    page!("bulk", "One call for each of many requests.", &[Bulk], |operation| operation
        .bulk
        .is_some()),
    page!(
        "batches",
        "Work that the service does later, and its results.",
        &[Batches],
        |operation| { operation.batch.is_some() }
    ),
    page!("pages", "Lists that come in pages.", &[Pagination], |operation| operation
        .pagination
        .is_some()),
    page!("results", "Results that come later.", &[Polling], |operation| operation
        .polling
        .is_some()),
    page!("downloads", "Replies that are bytes.", &[Downloads], |operation| operation
        .success
        .has_bytes()),
    page!("validation", "The limits of values that the description states.", &[Limits], any),
    page!("drift", "What the service sends otherwise than described.", &[], any),
    page!("operations", "All operations on one page, with a call of each.", &[], any),
    page!("tests", "Tests of your code, without a network.", &[], any),
];

fn any(_: &Operation) -> bool {
    true
}

/// The pages that concern a client.
pub fn choose(needs: &RuntimeNeeds) -> impl Iterator<Item = &'static GuidePage> {
    let concerns = |page: &&GuidePage| page.when.is_empty() || needs.include_any(page.when);
    PAGES.iter().filter(concerns)
}
