//! Strings that are values of other types, by their `format` (OpenAPI 3.1.0, 4.4).

/// What a string is a value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A moment (RFC 3339).
    DateTime,
    /// A day (RFC 3339).
    Date,
    /// A UUID (RFC 9562).
    Uuid,
    /// Bytes as base64 (RFC 4648).
    Base64,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address (RFC 4291).
    Ipv6,
    /// An address of either kind.
    Ip,
}

impl Format {
    /// The type of a format; `None` if its values stay strings.
    ///
    /// A `time` stays one, because it has an offset that no type of a time of day keeps (RFC 3339,
    /// 5.6); a `duration`, because ISO 8601 writes one duration in many ways, and services
    /// write others besides; a `decimal`, because no number keeps all of its digits; a `uri`,
    /// because types of URLs do not write exactly what they read; `base64url`, because bytes
    /// would be written with the letters of base64.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "date-time" => Self::DateTime,
            "date" => Self::Date,
            "uuid" => Self::Uuid,
            "byte" => Self::Base64,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "ip" => Self::Ip,
            _ => return None,
        })
    }

    /// The type as it is written in the crate.
    #[must_use]
    pub fn rust(self) -> &'static str {
        match self {
            Self::DateTime => "crate::Verbatim<jiff::Timestamp>",
            Self::Date => "crate::Verbatim<jiff::civil::Date>",
            Self::Uuid => "crate::Verbatim<uuid::Uuid>",
            Self::Base64 => "crate::Verbatim<crate::Base64>",
            Self::Ipv4 => "std::net::Ipv4Addr",
            Self::Ipv6 => "crate::Verbatim<std::net::Ipv6Addr>",
            Self::Ip => "crate::Verbatim<std::net::IpAddr>",
        }
    }

    /// Whether the runtime's `Verbatim` keeps its spelling. If there is only one spelling, nothing
    /// has to be kept.
    #[must_use]
    pub fn is_verbatim(self) -> bool {
        self != Self::Ipv4
    }

    /// Whether a text can be a value of both.
    pub(in crate::pipeline::model) fn overlaps(self, other: Self) -> bool {
        let is_address = |format| matches!(format, Self::Ipv4 | Self::Ipv6 | Self::Ip);
        let is_any_address = is_address(self) && is_address(other);
        self == other
            || [self, other].contains(&Self::Base64)
            || (is_any_address && [self, other].contains(&Self::Ip))
    }

    /// The word that names a variant of a union.
    pub(in crate::pipeline::model) fn word(self) -> &'static str {
        match self {
            Self::DateTime => "Timestamp",
            Self::Date => "Date",
            Self::Uuid => "Uuid",
            Self::Base64 => "Bytes",
            Self::Ipv4 => "Ipv4",
            Self::Ipv6 => "Ipv6",
            Self::Ip => "Ip",
        }
    }
}
