//! A fault of the renderer, told so that it can be reported.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Location};
use crate::pointer::Pointer;
use crate::rust::format::FormatError;

/// The diagnostic about a file that cannot be formatted.
pub fn of_renderer(path: &str, error: &FormatError) -> Diagnostic {
    let place = Location::new(path, Pointer::root());
    let message = format!("the generated code is faulty: {error}");
    Diagnostic::new(DiagnosticCode::RendererFault, place, message)
        .help("this is a fault of the generator, not of the description; please report it")
}
