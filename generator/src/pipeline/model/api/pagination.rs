//! How an operation is paginated.

use super::Ty;

/// How an operation is paginated. Places in a reply are JSON pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The type of an item.
    pub item: Ty,
    /// Where the items are in a reply.
    pub items: String,
    /// Where a reply says whether there are more pages.
    pub more: Option<String>,
    /// How the next page is found.
    pub style: PageStyle,
}

/// How the next page is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageStyle {
    /// A reply has the value of the parameter at this place.
    Cursor(PageParameter, String),
    /// A header of the reply, of this name, has it.
    CursorHeader(PageParameter, String),
    /// The parameter is the number of the page. The first one has this number, and the last one the number at this place.
    Page(PageParameter, u64, Option<String>),
    /// The parameter is the number of the items before. The number of all is at this place.
    Offset(PageParameter, Option<String>),
    /// The header `Link` has the URL.
    Link,
    /// A reply has the URL at this place.
    Url(String),
    /// Parameters of the query limit the list to a window of time.
    Window(PageWindow),
}

/// The parameters of a query that limit a list to a window of time, and the most items that a reply has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageWindow {
    /// The parameter of its begin.
    pub from: String,
    /// The parameter of its end.
    pub to: String,
    /// The most items of a reply, if the request does not say.
    pub size: u64,
    /// The parameter by which a request says it, and the most that it can say.
    pub limit: Option<(String, u64)>,
}

/// The parameter that says which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageParameter {
    /// A parameter of the query.
    Query(String),
    /// A member of the JSON body.
    Body(String),
}
