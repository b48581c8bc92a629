//! Faults by rule: `503@0.1`, `disconnect@#3:enrichment.phone`.

use std::fmt;
use std::str::FromStr;

use lantern_operations::Operation;

use crate::seed;

/// A rule by which requests fail. As text: what happens, to which share of requests, and of which operations.
///
/// | text | meaning |
/// |---|---|
/// | `503` | every request is answered with 503 |
/// | `503@0.1`, `503@10%` | a tenth of the requests, drawn by the seed |
/// | `429@1/5` | every fifth one |
/// | `refuse@#2` | the second one only |
/// | `timeout@0.1:enrichment` | of the operations of a group |
/// | `disconnect:enrichment.phone` | of one operation, by its group and name or by its `operationId` |
#[derive(Clone, Debug, PartialEq)]
pub struct FaultRule {
    /// What happens.
    pub fault: Fault,
    /// To which of the requests.
    pub share: Share,
    /// Of which operations: a group, `group.command` or an `operationId`; `None` for all.
    pub of: Option<String>,
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is answered with a status. Nothing is done and nothing charged.
    Status(u16),
    /// `refuse`: the connection is closed. Nothing is done and nothing charged.
    Refuse,
    /// `timeout`: it is processed and charged, and never answered.
    Timeout,
    /// `disconnect`: it is processed and charged, and the connection is closed instead of an answer.
    Disconnect,
    /// `truncate`: it is processed and charged, and the answer ends in its middle.
    Truncate,
}

/// To which of the requests it happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// To a part of them, 1 being all.
    Part(f64),
    /// To each one of this number.
    Every(u64),
    /// To the one of this number.
    Nth(u64),
}

impl FaultRule {
    /// A rule for all operations.
    #[must_use]
    pub fn new(fault: Fault, share: Share) -> Self {
        Self { fault, share, of: None }
    }

    pub(crate) fn concerns(&self, operation: &Operation) -> bool {
        self.of.as_deref().is_none_or(|of| is_named(operation, of))
    }

    /// Whether it happens to the request of this number, the first one being 1.
    pub(crate) fn happens(&self, number: u64, seed: u64) -> bool {
        match self.share {
            Share::Part(part) => {
                let words = [self.to_string().into_bytes(), number.to_le_bytes().to_vec()];
                seed::rng(seed, &[&words[0], &words[1]]).f64() < part
            }
            Share::Every(every) => number.is_multiple_of(every),
            Share::Nth(nth) => number == nth,
        }
    }
}

/// Whether a name is that of an operation or of its group.
pub fn is_named(operation: &Operation, name: &str) -> bool {
    let full = name.split_once('.');
    name == operation.id
        || name == operation.group
        || full == Some((operation.group.as_str(), operation.command.as_str()))
}

impl FromStr for FaultRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (rule, of) = match text.split_once(':') {
            Some((rule, of)) => (rule, Some(of.to_owned())),
            None => (text, None),
        };
        let (fault, share) = rule.split_once('@').unwrap_or((rule, "1"));
        Ok(Self { fault: fault.parse()?, share: share.parse()?, of })
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "refuse" => Self::Refuse,
            "timeout" => Self::Timeout,
            "disconnect" => Self::Disconnect,
            "truncate" => Self::Truncate,
            status => match status.parse() {
                Ok(status @ 200..=599) => Self::Status(status),
                _ => {
                    return Err(format!(
                        "`{text}` is neither a status nor `refuse`, `timeout`, `disconnect` or `truncate`"
                    ));
                }
            },
        })
    }
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let share = match text.split_at_checked(1) {
            Some(("#", number)) => number.parse().ok().map(Self::Nth),
            _ => match (text.strip_prefix("1/"), text.strip_suffix('%')) {
                (Some(every), _) => every.parse().ok().map(Self::Every),
                (None, Some(percent)) => percent.parse().ok().map(|it: f64| Self::Part(it / 100.0)),
                (None, None) => text.parse().ok().map(Self::Part),
            },
        };
        let is_valid = |share: &Self| match share {
            Self::Part(part) => (0.0..=1.0).contains(part),
            Self::Every(number) | Self::Nth(number) => *number > 0,
        };
        share.filter(is_valid).ok_or_else(|| {
            format!(
                "`{text}` is not a share: write `0.1`, `10%`, `1/10` or `#10` for the tenth request"
            )
        })
    }
}

impl fmt::Display for FaultRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.fault, self.share)?;
        self.of.iter().try_for_each(|of| write!(f, ":{of}"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::Refuse => f.write_str("refuse"),
            Self::Timeout => f.write_str("timeout"),
            Self::Disconnect => f.write_str("disconnect"),
            Self::Truncate => f.write_str("truncate"),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(part) => write!(f, "{part}"),
            Self::Every(every) => write!(f, "1/{every}"),
            Self::Nth(nth) => write!(f, "#{nth}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_and_written() {
        for text in ["503@0.1", "429@1/5", "refuse@#2", "timeout@1:enrichment", "truncate@0.5:a.b"]
        {
            assert_eq!(text.parse::<FaultRule>().map(|rule| rule.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("503@10%".parse::<FaultRule>(), "503@0.1".parse());
        assert_eq!("503".parse::<FaultRule>(), "503@1".parse());
    }

    #[test]
    fn what_is_no_rule_is_told() {
        for text in ["", "99", "oops@1", "503@", "503@2", "503@1/0", "503@#0", "503@-1", "503@NaN"]
        {
            assert!(text.parse::<FaultRule>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_is_drawn_alike_by_the_same_seed() {
        let rule: FaultRule = "503@0.1".parse().expect("a rule");
        let drawn =
            |seed| (1..=2000).filter(|number| rule.happens(*number, seed)).collect::<Vec<_>>();
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
        assert!((120..=280).contains(&drawn(7).len()), "{}", drawn(7).len());
    }
}
