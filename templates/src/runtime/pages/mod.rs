//! Pages: replies that are parts of one list.
//!
//! ```text
//! call ──► page 1 ──► position ──► page 2 ──► position ──► … ──► the last page has none
//! ```

use std::fmt;
use std::future::{Future, poll_fn, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

pub use self::items::Items;
pub use self::pagination::{PageParameter, Paginated, Pagination};
use self::position::{start_at, step};
use self::window::Step;
use super::request_builder::RequestBuilder;
use super::{Call, Error, Operation, Received, Reply, send};

mod items;
mod link;
mod pagination;
mod position;
mod window;

impl<Op: Paginated> Call<Op> {
    /// The replies of all pages, one after the other.
    ///
    /// ```text
    /// let mut pages = client.orders().list().pages();
    /// while let Some(page) = pages.next().await {
    ///     println!("{} orders", page?.data.len());
    /// }
    /// ```
    ///
    /// Each page is a call like any other, with its limits, retries and costs. It is sent when it is
    /// asked for.
    pub fn pages(self) -> Pages<Op> {
        let state = State::Next(self.into_request());
        Pages { state, position: None, left: u64::MAX }
    }

    /// The items of all pages, one after the other: the same as `.pages().items()`.
    ///
    /// ```text
    /// let mut orders = client.orders().list().items().at_most(1_000);
    /// while let Some(order) = orders.next().await {
    ///     println!("{}", order?.id);
    /// }
    /// ```
    pub fn items(self) -> Items<Op> {
        self.pages().items()
    }
}

/// The replies of all pages, as they are asked for.
///
/// An error is the last item. [`position`](Self::position) is then that of the page that failed, so that
/// another call can continue there.
#[must_use = "pages come when `next` asks for them"]
pub struct Pages<Op: Paginated> {
    state: State<Op>,
    /// Where the page is that comes next; `None` for the first one that the call itself asks for.
    position: Option<String>,
    left: u64,
}

enum State<Op: Paginated> {
    /// The request that the caller made, from which that for each page is made.
    Next(Box<RequestBuilder>),
    Waiting(Fetching<Op>),
    /// The last page was received, but not where the next one is.
    Lost(Error),
    Ended,
}

/// A page that was received.
type Fetched<Op> = Result<(<Op as Operation>::Success, Received), Error>;

type Fetching<Op> = Pin<Box<dyn Future<Output = Result<Page<Op>, Error>> + Send>>;

/// A page, and where the next one is.
struct Page<Op: Paginated> {
    body: Op::Success,
    received: Received,
    call: Box<RequestBuilder>,
    next: Result<Option<String>, Error>,
}

impl<Op: Paginated> Pages<Op> {
    /// Starts at a [position](Self::position) of an earlier run of the same call.
    pub fn resume_at(mut self, position: impl Into<String>) -> Self {
        if matches!(self.state, State::Next(_)) {
            self.position = Some(position.into());
        }
        self
    }

    /// Ends after so many pages, if there are more.
    pub fn at_most(self, pages: u64) -> Self {
        Self { left: pages, ..self }
    }

    /// The items of all pages, one after the other.
    pub fn items(self) -> Items<Op> {
        Items::new(self)
    }

    /// Where the next page is, for [`resume_at`](Self::resume_at): a cursor, a number or a URL. It can be
    /// stored.
    ///
    /// `None` before the first page, and after the last.
    pub fn position(&self) -> Option<&str> {
        self.position.as_deref()
    }

    /// The next page; `None` after the last.
    ///
    /// The future can be dropped without loss: the next one continues.
    ///
    /// # Errors
    /// As an item: those of [`Call::send`], and after a page, [`ErrorKind::Decode`](crate::ErrorKind::Decode) if
    /// it does not say where the next one is, or names the same page again, and
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) if the next page is at another server.
    pub async fn next(&mut self) -> Option<Result<Reply<Op::Success>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next page, in blocking code; `None` after the last.
    ///
    /// # Errors
    /// Those of [`next`](Self::next), and [`ErrorKind::Connect`](crate::ErrorKind::Connect) if the thread for
    /// blocking calls cannot be started.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<Reply<Op::Success>, Error>> {
        let page = self.page_blocking()?;
        Some(page.map(|(body, received)| Reply::of(body, received)))
    }

    #[cfg(feature = "blocking")]
    fn page_blocking(&mut self) -> Option<Fetched<Op>> {
        let fetching = self.fetching()?;
        let fetched = super::blocking::wait(fetching).and_then(|fetched| fetched);
        Some(self.take(fetched))
    }

    /// Requests no more pages.
    fn end(&mut self) {
        self.state = State::Ended;
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Fetched<Op>>> {
        let Some(mut fetching) = self.fetching() else { return Poll::Ready(None) };
        match fetching.as_mut().poll(context) {
            Poll::Ready(fetched) => Poll::Ready(Some(self.take(fetched))),
            Poll::Pending => {
                self.state = State::Waiting(fetching);
                Poll::Pending
            }
        }
    }

    /// The call of the page that comes next, taken out of the state.
    fn fetching(&mut self) -> Option<Fetching<Op>> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Next(_) if self.left == 0 => None,
            State::Next(request) => Some(Box::pin(fetch(request, self.position.clone()))),
            State::Lost(_) if self.left == 0 => None,
            State::Lost(error) => Some(Box::pin(ready(Err(error)))),
            State::Waiting(fetching) => Some(fetching),
            State::Ended => None,
        }
    }

    /// Goes on to the page after this one.
    fn take(&mut self, fetched: Result<Page<Op>, Error>) -> Fetched<Op> {
        let Page { body, received, call, next } = fetched?;
        self.left -= 1;
        match next {
            Ok(None) => self.position = None,
            Ok(Some(position)) => {
                self.state = State::Next(call);
                self.position = Some(position);
            }
            // The page may have cost something, so it comes first.
            Err(error) => self.state = State::Lost(error),
        }
        Ok((body, received))
    }
}

impl<Op: Paginated> Stream for Pages<Op> {
    type Item = Result<Reply<Op::Success>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context).map_ok(|(body, received)| Reply::of(body, received))
    }
}

impl<Op: Paginated> fmt::Debug for Pages<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A position may be a URL with a secret in it.
        f.debug_struct("Pages").field("operation", &Op::ID).finish_non_exhaustive()
    }
}

async fn fetch<Op: Paginated>(
    mut call: Box<RequestBuilder>,
    mut position: Option<String>,
) -> Result<Page<Op>, Error> {
    call.accept(Op::ACCEPT);
    loop {
        // Sending adds credentials, which must not be added twice.
        let mut asked = call.clone();
        if let Some(position) = &position {
            start_at(&Op::PAGINATION, &mut asked, position);
        }
        let received = send::send(asked.clone(), Op::ID, Op::SECURITY, &Op::POLICY).await?;
        let step = step(&Op::PAGINATION, &call, &asked, &received, position.as_deref());
        let next = match step {
            Ok(Step::Shorter(window)) => {
                position = Some(window);
                continue;
            }
            Ok(Step::Next(next)) => Ok(next),
            Err(error) => Err(error),
        };
        let body = (Op::READ)(&received)?;
        return Ok(Page { body, received, call, next });
    }
}
