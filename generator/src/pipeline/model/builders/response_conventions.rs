//! Which headers and members of replies state success, limits and credits, by the extension `x-signals`.

use serde_json::{Map, Value};

use crate::pipeline::model::ResponseConventions;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::resolve::{Extension, Resolved};
use crate::pointer::Pointer;

/// `x-signals: {success-field: success, balance-fields: [credits_remaining]}`
pub fn response_conventions(
    resolved: &Resolved,
    diagnostics: &mut DiagnosticSink,
) -> ResponseConventions {
    let Some(stated) = resolved.extensions.get(Extension::Signals) else {
        return ResponseConventions::default();
    };
    let at = Pointer::root().at(Extension::Signals.word());
    let Some(stated) = stated.as_object() else {
        diagnostics.invalid_extension(&at, "`x-signals` is not an object");
        return ResponseConventions::default();
    };
    report(stated, &at, diagnostics);
    ResponseConventions {
        success_field: text(stated, "success-field"),
        rate_limit_header: text(stated, "rate-limit-header"),
        balance_header: text(stated, "balance-header"),
        balance_fields: texts(stated.get("balance-fields")).unwrap_or_default(),
        cost_fields: texts(stated.get("cost-fields")).unwrap_or_default(),
        required_fields: texts(stated.get("required-fields")).unwrap_or_default(),
        cap_field: text(stated, "cap-field"),
    }
}

fn report(stated: &Map<String, Value>, at: &Pointer, diagnostics: &mut DiagnosticSink) {
    for (name, value) in stated {
        let fits = match name.as_str() {
            "success-field" | "rate-limit-header" | "balance-header" | "cap-field" => {
                value.is_string()
            }
            "balance-fields" | "cost-fields" | "required-fields" => texts(Some(value)).is_some(),
            _ => false,
        };
        if !fits {
            let known = "`success-field`, `rate-limit-header`, `balance-header` and `cap-field`, \
                         each a string, and `balance-fields`, `cost-fields` and `required-fields`, \
                         each a list of strings";
            diagnostics.invalid_extension(&at.at(name), format!("`x-signals` has {known}"));
        }
    }
}

fn text(stated: &Map<String, Value>, name: &str) -> Option<String> {
    stated.get(name)?.as_str().map(str::to_owned)
}

fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    value?.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}
