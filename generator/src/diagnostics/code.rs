//! Every kind of diagnostic that the generator can make: a row each.

use crate::diagnostics::SpanKind;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// No correct client can be made.
    Error,
    /// A client can be made, but it is wider than the description, or something in that was put right.
    Warning,
}

impl Severity {
    /// The severity as printed: `error`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// How much diagnostics of a code weigh.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Error,
    Warning,
    /// Only a warning, because what is wrong is left out or replaced; an error if the generator is strict.
    Tolerated,
}

/// What is known of a code.
struct Row {
    name: &'static str,
    weight: Weight,
    span: SpanKind,
    meaning: &'static str,
    help: &'static str,
}

/// Declares the codes. A row has the code, its name as printed, its weight, whether it is about the value or the key
/// of its place, its meaning, and what helps.
macro_rules! codes {
    ($($code:ident: $name:literal, $weight:ident, $span:ident, $meaning:literal, $help:literal;)*) => {
        /// The code of a diagnostic. It is stable, so that a search finds its explanation in `docs/diagnostics.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum DiagnosticCode {
            $(#[doc = $meaning] $code,)*
        }

        impl DiagnosticCode {
            /// All of them, errors first.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            fn row(self) -> Row {
                match self {
                    $(Self::$code => Row {
                        name: $name,
                        weight: Weight::$weight,
                        span: SpanKind::$span,
                        meaning: $meaning,
                        help: $help,
                    },)*
                }
            }
        }
    };
}

codes! {
    UnreadableFile: "unreadable-file", Error, Value,
        "A file cannot be read, or is not text.",
        "Check its path, its permissions and that it is UTF-8.";
    UnreadableRecord: "unreadable-record", Error, Value,
        "The record of a crate's last release is not what this generator writes.",
        "Restore `released.yaml` from version control.";
    TooLarge: "too-large", Error, Value,
        "A file, or a list of values in it, is too large.",
        "Take out what clients do not need, such as large examples.";
    Syntax: "syntax", Error, Value,
        "A file is neither YAML nor JSON, or not a description.",
        "Correct the text at the place that is shown.";
    RepeatedKey: "repeated-key", Error, Value,
        "A key is in one object twice.",
        "Rename one of the two or take it out.";
    TooDeep: "too-deep", Error, Value,
        "Objects and lists are nested too deeply.",
        "Move inner schemas to `components` and refer to them.";
    InvalidOverlay: "invalid-overlay", Error, Value,
        "An overlay is not what OpenAPI Overlay 1.0 or 1.1 asks for.",
        "Correct the overlay; its target must be a JSONPath (RFC 9535).";
    UnmatchedAction: "unmatched-action", Error, Value,
        "An action of an overlay matches nothing.",
        "Correct its target, or take the action out.";
    UnsupportedVersion: "unsupported-version", Error, Value,
        "The description does not say that it is Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2.",
        "Convert the description to OpenAPI 3.1.";
    InvalidDescription: "invalid-description", Error, Value,
        "A part of the description is not what OpenAPI asks for.",
        "Correct it in the description or by an overlay.";
    ExternalReference: "external-reference", Error, Value,
        "A reference leads out of the description.",
        "Put the file beside the description or below its folder, or allow its folder by `--root`.";
    CyclicReference: "cyclic-reference", Error, Value,
        "A reference leads back to itself.",
        "Let one of the references in the circle lead to a value.";
    InvalidExtension: "invalid-extension", Error, Value,
        "An extension that the generator reads has a value that it cannot use.",
        "Give it one of the values that the message names.";
    InvalidName: "invalid-name", Error, Value,
        "A name cannot be used in Rust or by Cargo.",
        "Use letters, digits, `-` and `_`, and a letter first.";
    UnmatchedSelection: "unmatched-selection", Error, Value,
        "`--only-tag` or `--only-operation` names nothing in the description.",
        "Use a tag, an `operationId`, or the name in Rust.";
    RendererFault: "renderer-fault", Error, Value,
        "The generator made code that does not parse.",
        "This is a bug of the generator; please report it.";
    NewerVersion: "newer-version", Tolerated, Value,
        "The description is of a later OpenAPI 3 than 3.2, and is read as 3.2.",
        "Compare what the client lacks with what the later version added.";
    DanglingReference: "dangling-reference", Tolerated, Value,
        "A reference leads to nothing, or to something of another kind.",
        "Correct the reference, or add what it names.";
    UnknownSecurityScheme: "unknown-security-scheme", Tolerated, Key,
        "An operation asks for a security scheme that is not described.",
        "Describe it in `components/securitySchemes`.";
    UndeclaredParameter: "undeclared-parameter", Tolerated, Key,
        "A path has a placeholder without a parameter.",
        "Add a parameter of this name with `in: path`.";
    MissingSchema: "missing-schema", Tolerated, Value,
        "A schema that a reference names is missing, so any value is taken.",
        "Add the schema to `components/schemas`.";
    UnknownType: "unknown-type", Tolerated, Value,
        "The type of a schema is not one of JSON Schema, so any value is taken.",
        "Correct its spelling.";
    SkippedAction: "skipped-action", Warning, Value,
        "An action of an overlay matches nothing and is ignored by `diff`.",
        "Nothing has to be done if the action is for another version.";
    DoubtfulOverlay: "doubtful-overlay", Warning, Value,
        "Something in an overlay is probably meant otherwise.",
        "Compare the overlay with what the message says.";
    UnknownKeyword: "unknown-keyword", Warning, Key,
        "A keyword is not one of OpenAPI's, and is ignored.",
        "Correct its spelling, or begin its name with `x-`.";
    MisplacedKeyword: "misplaced-keyword", Warning, Key,
        "A keyword says nothing where it is, and is ignored.",
        "Move it to where it applies, or take it out.";
    WidenedKeyword: "widened-keyword", Warning, Value,
        "A keyword cannot be expressed, so the client's type allows more.",
        "Nothing has to be done; the service still checks the value.";
    NotGenerated: "not-generated", Warning, Key,
        "No code is generated for a part of the description.",
        "Nothing has to be done if callers do not need the part.";
    AlikeVariants: "alike-variants", Warning, Value,
        "Values of a union's variants cannot be told apart by what the description says.",
        "Give the union a discriminator, or each variant a constant or a required property of its own.";
    UntypedReply: "untyped-reply", Warning, Value,
        "A response has no schema, so callers get any JSON.",
        "Describe the response with a schema.";
    ExampleMismatch: "example-mismatch", Warning, Value,
        "An example or a default does not fit its schema.",
        "Correct the one that is wrong.";
    UnstableOperationId: "unstable-operation-id", Warning, Value,
        "An operation has no `operationId` of its own, so its name may change.",
        "Give the operation an `operationId`, or `x-rust-name` by an overlay.";
    MissingErrorBody: "missing-error-body", Warning, Value,
        "No error of an operation has a documented body.",
        "Describe the body of at least one error.";
    UndescribedPagination: "undescribed-pagination", Warning, Key,
        "An operation seems to have pages, and nothing says how to get the next one.",
        "Add `x-pagination` by an overlay, so that the client can get all of them.";
    UndescribedPolling: "undescribed-polling", Warning, Key,
        "The result of an operation comes later, and nothing says how to wait for it.",
        "Add `x-poll` by an overlay, so that the client can wait for it.";
    UndescribedSecurity: "undescribed-security", Warning, Key,
        "Nothing says which credentials an operation needs, so none are sent.",
        "Say it by `security`; `security: []` if it needs none.";
    StutteringName: "stuttering-name", Warning, Key,
        "A name says twice what it is about.",
        "Choose a shorter name by an overlay.";
    NameClash: "name-clash", Warning, Value,
        "A name has a number because another one takes the same word.",
        "Choose a name with `x-rust-name`.";
    MissingReason: "missing-reason", Warning, Value,
        "An action of an overlay does not say why it is there.",
        "Give the action a `description`.";
    Corrected: "corrected", Warning, Value,
        "A mistake in the description is corrected.",
        "Correct it in the description as well.";
}

impl DiagnosticCode {
    /// How much a diagnostic of this kind weighs.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self.row().weight {
            Weight::Error => Severity::Error,
            Weight::Warning | Weight::Tolerated => Severity::Warning,
        }
    }

    /// Whether it is only a warning because what is wrong is left out or replaced.
    #[must_use]
    pub fn is_tolerated(self) -> bool {
        self.row().weight == Weight::Tolerated
    }

    /// The code as printed: `unreadable-file`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    /// What it means, in one sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.row().meaning
    }

    /// What usually helps, in one sentence.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// Whether such a diagnostic is about the value or the key in its place.
    pub(crate) fn span(self) -> SpanKind {
        self.row().span
    }
}
