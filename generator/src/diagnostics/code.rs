//! Every kind of diagnostic the generator can make, by its code.

use crate::diagnostics::Severity;

/// The code of a diagnostic: stable, so that a search finds its explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DiagnosticCode {
    /// A file cannot be read.
    UnreadableFile,
    /// What a crate keeps of its last release is not what this generator writes.
    UnreadableRecord,
    /// A text is neither YAML nor JSON.
    Syntax,
    /// A key stands twice in one object.
    RepeatedKey,
    /// A document is nested too deeply.
    TooDeep,
    /// A file is too large.
    TooLarge,
    /// An overlay is not what OpenAPI Overlay 1.0 or 1.1 asks for.
    InvalidOverlay,
    /// An overlay's action changes nothing.
    UnmatchedAction,
    /// An overlay's action that changes nothing was passed over.
    SkippedAction,
    /// An overlay can be applied, but something in it is likely to be meant otherwise.
    DoubtfulOverlay,
    /// A description is of a version that is not read.
    UnsupportedVersion,
    /// A part of the description is not what OpenAPI asks for.
    InvalidDescription,
    /// A reference leads out of the document.
    ExternalReference,
    /// A reference leads to nothing.
    DanglingReference,
    /// A reference leads back to itself.
    CyclicReference,
    /// An operation asks for a security scheme that nothing describes.
    UnknownSecurityScheme,
    /// A path has a placeholder that no parameter fills.
    UndeclaredParameter,
    /// An extension that the generator knows has a value that it does not.
    InvalidExtension,
    /// A name cannot be used.
    InvalidName,
    /// A selection names a tag or an operation that the description does not have.
    UnmatchedSelection,
    /// The generator made code that is no Rust.
    RendererFault,
    /// A part of the description was put right.
    Corrected,
    /// A keyword is not one of OpenAPI's.
    UnknownKeyword,
    /// A keyword says nothing where it stands.
    MisplacedKeyword,
    /// A keyword narrows a schema in a way that the client does not know.
    WidenedKeyword,
    /// A schema that the description refers to and does not have.
    MissingSchema,
    /// A part of the description of which no code is made.
    NotGenerated,
    /// A reply has no schema.
    UntypedReply,
    /// An example or a default does not fit its schema.
    ExampleMismatch,
    /// An operation has no id of its own.
    UnstableOperationId,
    /// No error of an operation has a documented body.
    MissingErrorBody,
    /// A name has a number because another one takes the same word.
    NameClash,
    /// An action of an overlay does not say why it is there.
    MissingReason,
}

impl DiagnosticCode {
    /// All of them, those that stop the generator first.
    pub const ALL: &[Self] = &[
        Self::UnreadableFile,
        Self::UnreadableRecord,
        Self::TooLarge,
        Self::Syntax,
        Self::RepeatedKey,
        Self::TooDeep,
        Self::InvalidOverlay,
        Self::UnmatchedAction,
        Self::UnsupportedVersion,
        Self::InvalidDescription,
        Self::ExternalReference,
        Self::DanglingReference,
        Self::CyclicReference,
        Self::UnknownSecurityScheme,
        Self::UndeclaredParameter,
        Self::InvalidExtension,
        Self::InvalidName,
        Self::UnmatchedSelection,
        Self::RendererFault,
        Self::SkippedAction,
        Self::DoubtfulOverlay,
        Self::UnknownKeyword,
        Self::MisplacedKeyword,
        Self::WidenedKeyword,
        Self::MissingSchema,
        Self::NotGenerated,
        Self::UntypedReply,
        Self::ExampleMismatch,
        Self::UnstableOperationId,
        Self::MissingErrorBody,
        Self::NameClash,
        Self::MissingReason,
        Self::Corrected,
    ];

    /// How much a diagnostic of this kind weighs.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::UnreadableFile | Self::Syntax | Self::RepeatedKey | Self::TooDeep => {
                Severity::Error
            }
            Self::InvalidOverlay | Self::UnmatchedAction | Self::UnsupportedVersion => {
                Severity::Error
            }
            Self::InvalidDescription | Self::ExternalReference => Severity::Error,
            Self::CyclicReference | Self::InvalidExtension | Self::InvalidName => Severity::Error,
            Self::RendererFault | Self::TooLarge | Self::UnreadableRecord => Severity::Error,
            Self::UnknownSecurityScheme | Self::UndeclaredParameter => Severity::Warning,
            Self::UnmatchedSelection => Severity::Error,
            Self::UnknownKeyword | Self::MisplacedKeyword | Self::WidenedKeyword => {
                Severity::Warning
            }
            Self::NotGenerated | Self::MissingSchema | Self::DanglingReference => Severity::Warning,
            Self::UntypedReply | Self::ExampleMismatch | Self::UnstableOperationId => {
                Severity::Warning
            }
            Self::MissingErrorBody | Self::NameClash | Self::MissingReason => Severity::Warning,
            Self::Corrected | Self::DoubtfulOverlay | Self::SkippedAction => Severity::Warning,
        }
    }

    /// Whether it is only warned of because what is wrong was left out or replaced.
    pub(crate) fn is_tolerated(self) -> bool {
        [
            Self::DanglingReference,
            Self::MissingSchema,
            Self::UndeclaredParameter,
            Self::UnknownSecurityScheme,
        ]
        .contains(&self)
    }

    /// Whether such a diagnostic is about the key in its place, and not about the value there.
    pub(crate) fn is_about_key(self) -> bool {
        let keys = [Self::UnknownKeyword, Self::MisplacedKeyword, Self::NotGenerated];
        let names = [Self::UnknownSecurityScheme, Self::UndeclaredParameter];
        keys.contains(&self) || names.contains(&self)
    }

    /// The code as printed: `unreadable-file`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnreadableFile => "unreadable-file",
            Self::UnreadableRecord => "unreadable-record",
            Self::Syntax => "syntax",
            Self::RepeatedKey => "repeated-key",
            Self::TooDeep => "too-deep",
            Self::TooLarge => "too-large",
            Self::InvalidOverlay => "invalid-overlay",
            Self::UnmatchedAction => "unmatched-action",
            Self::SkippedAction => "skipped-action",
            Self::DoubtfulOverlay => "doubtful-overlay",
            Self::UnsupportedVersion => "unsupported-version",
            Self::InvalidDescription => "invalid-description",
            Self::ExternalReference => "external-reference",
            Self::DanglingReference => "dangling-reference",
            Self::CyclicReference => "cyclic-reference",
            Self::UnknownSecurityScheme => "unknown-security-scheme",
            Self::UndeclaredParameter => "undeclared-parameter",
            Self::InvalidExtension => "invalid-extension",
            Self::InvalidName => "invalid-name",
            Self::UnmatchedSelection => "unmatched-selection",
            Self::RendererFault => "renderer-fault",
            Self::Corrected => "corrected",
            Self::UnknownKeyword => "unknown-keyword",
            Self::MisplacedKeyword => "misplaced-keyword",
            Self::WidenedKeyword => "widened-keyword",
            Self::MissingSchema => "missing-schema",
            Self::NotGenerated => "not-generated",
            Self::UntypedReply => "untyped-reply",
            Self::ExampleMismatch => "example-mismatch",
            Self::UnstableOperationId => "unstable-operation-id",
            Self::MissingErrorBody => "missing-error-body",
            Self::NameClash => "name-clash",
            Self::MissingReason => "missing-reason",
        }
    }
}
