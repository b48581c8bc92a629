//! `llms.txt`: where a language model finds what it needs to write code that uses the client.

use crate::pipeline::model::{Api, RuntimeNeeds};
use crate::pipeline::render::{Documentation, documentation};
use crate::pipeline::template::filled;

const TEMPLATE: &str = include_str!(concat!(env!("TEMPLATES"), "/llms.txt.in"));

/// `llms.txt`, in the format of <https://llmstxt.org>.
pub fn llms(api: &Api, needs: &RuntimeNeeds, banner: &str) -> String {
    let text = filled(TEMPLATE, |field| match field {
        "crate" => api.crate_name.clone(),
        "headline" => documentation::client::headline(api).join(" "),
        "pages" => pages(&Documentation::new(api), needs),
        _ => String::new(),
    });
    format!("<!-- {banner} -->\n\n{text}")
}

fn pages(documentation: &Documentation<'_>, needs: &RuntimeNeeds) -> String {
    let pages = documentation.guide(needs).into_iter();
    let pages = pages.map(|page| format!("- [{0}](src/guide/{0}.md): {1}", page.name, page.about));
    pages.collect::<Vec<_>>().join("\n")
}
