//! Sample code as data, so that what it names is known without searching its text.

use std::fmt::{self, Display};

use crate::pipeline::model::schema_values::sample_values;

/// The longest line of an example: `    /// ` stands before it.
const WIDTH: usize = 92;

/// An expression.
pub enum Expression {
    /// Code that names no type of the client: `1`, `"text"`, `vec![0_u8]`
    Code(String),
    /// A day or a moment: the one of this number in its example, so that a later one stands after an earlier one. What
    /// takes other types, too, has to be told which one it is.
    Time { is_day: bool, nth: usize, is_converted: bool },
    /// A variant or a function of one of the client's types: `types::Status::Open`
    OfType(String, String),
    /// `function(a, b)`
    Call(Box<Expression>, Vec<Expression>),
    /// A value and the methods that are called on it: `value.title("A").pages(1)`
    Chain(Box<Expression>, Vec<Step>),
    /// `vec![a, b]`
    List(Vec<Expression>),
    /// `(a, b)`
    Tuple(Vec<Expression>),
}

/// What is done with a value in a chain.
pub enum Step {
    /// `.method(a, b)`
    Method(String, Vec<Expression>),
    /// `.await?`
    Await,
}

/// A statement of an example.
pub enum Statement {
    /// `let body = value;`
    Let(&'static str, Expression),
    /// `value;`
    Do(Expression),
    /// Lines that are the same in all examples.
    Fixed(&'static str),
    /// A line that names no type of the client.
    Line(String),
}

impl Expression {
    /// Code that names no type of the client.
    pub fn code(code: impl Into<String>) -> Self {
        Self::Code(code.into())
    }

    /// A call of a function that is none of a type of the client: `Some(value)`
    pub fn call(function: &str, argument: Self) -> Self {
        Self::Call(Box::new(Self::code(function)), vec![argument])
    }

    /// A value and the methods that are called on it.
    pub fn chain(value: Self, steps: Vec<Step>) -> Self {
        if steps.is_empty() { value } else { Self::Chain(Box::new(value), steps) }
    }

    /// Numbers the days and moments in the order in which they are read.
    fn number_times(&mut self, next: &mut usize) {
        match self {
            Self::Time { nth, .. } => {
                *nth = *next;
                *next += 1;
            }
            Self::Code(_) | Self::OfType(..) => {}
            Self::Call(_, arguments) => number_times(arguments, next),
            Self::Chain(value, steps) => {
                value.number_times(next);
                steps.iter_mut().for_each(|step| number_times(step.arguments_mut(), next));
            }
            Self::List(items) | Self::Tuple(items) => number_times(items, next),
        }
    }

    /// Whether it names one of the client's types.
    fn names_types(&self) -> bool {
        let any = |all: &[Self]| all.iter().any(Self::names_types);
        match self {
            Self::Code(_) | Self::Time { .. } => false,
            Self::OfType(..) => true,
            Self::Call(function, arguments) => function.names_types() || any(arguments),
            Self::Chain(value, steps) => {
                value.names_types() || steps.iter().any(|step| any(step.arguments()))
            }
            Self::List(items) | Self::Tuple(items) => any(items),
        }
    }
}

impl Step {
    /// Its lines below a value: one where it fits, else a line for each argument.
    fn lines(&self) -> Vec<String> {
        let line = format!("    {self}");
        match self {
            Self::Method(name, arguments) if line.len() > WIDTH => {
                let arguments = arguments.iter().map(|argument| format!("        {argument},"));
                let first = format!("    .{name}(");
                [first].into_iter().chain(arguments).chain(["    )".to_owned()]).collect()
            }
            _ => vec![line],
        }
    }

    fn arguments(&self) -> &[Expression] {
        match self {
            Self::Method(_, arguments) => arguments,
            Self::Await => &[],
        }
    }

    fn arguments_mut(&mut self) -> &mut [Expression] {
        match self {
            Self::Method(_, arguments) => arguments,
            Self::Await => &mut [],
        }
    }
}

fn number_times(expressions: &mut [Expression], next: &mut usize) {
    expressions.iter_mut().for_each(|expression| expression.number_times(next));
}

impl Statement {
    /// Numbers the days and moments in the order in which they are read.
    pub fn number_times(&mut self, next: &mut usize) {
        if let Self::Let(_, value) | Self::Do(value) = self {
            value.number_times(next);
        }
    }

    /// Whether it names one of the client's types.
    pub fn names_types(&self) -> bool {
        match self {
            Self::Let(_, value) | Self::Do(value) => value.names_types(),
            Self::Fixed(_) | Self::Line(_) => false,
        }
    }

    /// Its lines: one where it fits, else a line for each step of a chain.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Let(name, value) => laid_out(&format!("let {name} = "), value),
            Self::Do(value) => laid_out("", value),
            Self::Fixed(code) => code.lines().map(str::to_owned).collect(),
            Self::Line(line) => vec![line.clone()],
        }
    }
}

fn laid_out(start: &str, value: &Expression) -> Vec<String> {
    let line = format!("{start}{value};");
    match value {
        Expression::Chain(first, steps) if line.len() > WIDTH => {
            let steps = steps.iter().flat_map(Step::lines);
            let mut lines: Vec<_> = [format!("{start}{first}")].into_iter().chain(steps).collect();
            lines.last_mut().into_iter().for_each(|last| last.push(';'));
            lines
        }
        _ => vec![line],
    }
}

impl Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => f.write_str(code),
            Self::Time { is_day, nth, is_converted } => {
                let (time, ty) = match is_day {
                    true => ("", "jiff::civil::Date"),
                    false => ("T12:00:00Z", "jiff::Timestamp"),
                };
                let ty = if *is_converted { format!("::<{ty}>") } else { String::new() };
                write!(f, "\"{}{time}\".parse{ty}()?", sample_values::day(*nth))
            }
            Self::OfType(ty, member) => write!(f, "types::{ty}::{member}"),
            Self::Call(function, arguments) => write!(f, "{function}({})", Listed(arguments)),
            Self::Chain(value, steps) => {
                value.fmt(f)?;
                steps.iter().try_for_each(|step| step.fmt(f))
            }
            Self::List(items) => write!(f, "vec![{}]", Listed(items)),
            // A comma makes a tuple of a single value.
            Self::Tuple(items) if items.len() == 1 => write!(f, "({},)", Listed(items)),
            Self::Tuple(items) => write!(f, "({})", Listed(items)),
        }
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(name, arguments) => write!(f, ".{name}({})", Listed(arguments)),
            Self::Await => f.write_str(".await?"),
        }
    }
}

/// Expressions with commas between them.
struct Listed<'a>(&'a [Expression]);

impl Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, expression) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            expression.fmt(f)?;
        }
        Ok(())
    }
}
