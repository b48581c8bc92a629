//! How an operation is paginated.

use super::window::WindowParameters;
use crate::runtime::{Error, Operation, Received};

/// An operation whose replies are pages of a list. [`Call::pages`](crate::Call::pages) and
/// [`Call::items`](crate::Call::items) ask for all of them.
pub trait Paginated: Operation {
    /// An item of the list.
    type Item: Send + 'static;

    /// How one page leads to the next.
    const PAGINATION: Pagination;

    /// Decodes the items of a page, which are at this JSON pointer.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if they do not match the description.
    fn read_items(reply: &Received, at: &str) -> Result<Vec<Self::Item>, Error>;
}

/// How one page of a list leads to the next. Places in a reply are JSON pointers (RFC 6901), in which `-1` is the
/// last item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pagination {
    /// Where the items are in a reply.
    pub items: &'static str,
    /// Where a reply says whether there are more pages, if it does.
    pub more: Option<&'static str>,
    pub(super) style: Style,
}

/// How the next page is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A reply has the value of the parameter.
    Cursor(PageParameter, &'static str),
    /// A header of the reply has it.
    CursorHeader(PageParameter, &'static str),
    /// The parameter is the number of the page, which begins here; a reply may have the number of the last one.
    Page(PageParameter, u64, Option<&'static str>),
    /// The parameter is the number of the items before; a reply may have the number of all.
    Offset(PageParameter, Option<&'static str>),
    /// The header `Link` has the URL (RFC 8288).
    Link,
    /// A reply has the URL.
    Url(&'static str),
    /// The parameters are the ends of a window of time.
    Window(WindowParameters),
}

/// The parameter of a request that says which page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageParameter {
    /// A parameter of the query.
    Query(&'static str),
    /// A member of the JSON body.
    Body(&'static str),
}

impl Pagination {
    const fn new(style: Style) -> Self {
        Self { items: "", more: None, style }
    }

    /// Each reply has the cursor of the next page at this place, and none if there is no next page.
    #[must_use]
    pub const fn cursor(parameter: PageParameter, next: &'static str) -> Self {
        Self::new(Style::Cursor(parameter, next))
    }

    /// The same, but the cursor is in a header of the reply.
    #[must_use]
    pub const fn cursor_header(parameter: PageParameter, name: &'static str) -> Self {
        Self::new(Style::CursorHeader(parameter, name))
    }

    /// Pages have numbers from `first` on. After the last one, pages are empty, or a reply has the number of the
    /// last page at `last`.
    #[must_use]
    pub const fn page(parameter: PageParameter, first: u64, last: Option<&'static str>) -> Self {
        Self::new(Style::Page(parameter, first, last))
    }

    /// A request says how many items come before the page. After the last page, pages are empty, or a reply has
    /// the number of all items at `total`.
    #[must_use]
    pub const fn offset(parameter: PageParameter, total: Option<&'static str>) -> Self {
        Self::new(Style::Offset(parameter, total))
    }

    /// The header `Link` of a reply has the URL of the next page, with `rel="next"` (RFC 8288).
    #[must_use]
    pub const fn link() -> Self {
        Self::new(Style::Link)
    }

    /// Each reply has the URL of the next page at this place, and none if there is no next page.
    #[must_use]
    pub const fn url(next: &'static str) -> Self {
        Self::new(Style::Url(next))
    }

    /// Two parameters of the query limit the list to a window of time, and no reply has more items than `size`. A
    /// window whose reply has as many is split.
    #[must_use]
    pub const fn window(from: &'static str, to: &'static str, size: u64) -> Self {
        Self::new(Style::Window(WindowParameters { from, to, size, limit: None }))
    }

    /// The same, if this parameter of the query sets how many items a reply has, up to `most`.
    #[must_use]
    pub const fn sized_by(self, parameter: &'static str, most: u64) -> Self {
        match self.style {
            Style::Window(window) => {
                let limit = Some((parameter, most));
                Self { style: Style::Window(WindowParameters { limit, ..window }), ..self }
            }
            _ => self,
        }
    }

    /// The same, with items at this place.
    #[must_use]
    pub const fn items_at(self, items: &'static str) -> Self {
        Self { items, ..self }
    }

    /// The same, if a reply says `false` at this place when there are no more pages.
    #[must_use]
    pub const fn more_at(self, more: &'static str) -> Self {
        Self { more: Some(more), ..self }
    }
}
