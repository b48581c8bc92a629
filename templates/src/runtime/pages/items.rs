//! The items of all pages, one after the other.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{Pages, Paginated};
use crate::runtime::{Error, Received};

/// The items of all pages, as they are asked for.
///
/// An error is the last item. [`position`](Self::position) is then that of the page that failed, so that
/// another call can continue there.
#[must_use = "items come when `next` asks for them"]
pub struct Items<Op: Paginated> {
    pages: Pages<Op>,
    items: VecDeque<Op::Item>,
    /// Where the page of these items is.
    position: Option<String>,
    left: u64,
}

// Nothing of it is pinned: an item is moved out.
impl<Op: Paginated> Unpin for Items<Op> {}

impl<Op: Paginated> Items<Op> {
    pub(super) fn new(pages: Pages<Op>) -> Self {
        let position = pages.position.clone();
        Self { pages, items: VecDeque::new(), position, left: u64::MAX }
    }

    /// Ends after so many items, if there are more. No page is requested after that.
    pub fn at_most(self, items: u64) -> Self {
        Self { left: items, ..self }
    }

    /// Where the page of the last item is, for [`Pages::resume_at`]: a cursor, a number or a URL. It can be
    /// stored.
    ///
    /// Who resumes there gets the items of that page again. `None` for the first page.
    pub fn position(&self) -> Option<&str> {
        self.position.as_deref()
    }

    /// The next item; `None` after the last.
    ///
    /// The future can be dropped without loss: the next one continues.
    ///
    /// # Errors
    /// As an item: those of [`Pages::next`], and [`ErrorKind::Decode`](crate::ErrorKind::Decode) if a page has no
    /// items where the description says that they are.
    pub async fn next(&mut self) -> Option<Result<Op::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next item, in blocking code; `None` after the last.
    ///
    /// # Errors
    /// Those of [`next`](Self::next), and [`ErrorKind::Connect`](crate::ErrorKind::Connect) if the thread for
    /// blocking calls cannot be started.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Option<Result<Op::Item, Error>> {
        loop {
            if let Some(item) = self.take()? {
                return Some(Ok(item));
            }
            self.position = self.pages.position.clone();
            let page = self.pages.page_blocking()?;
            if let Err(error) = page.and_then(|(_, received)| self.fill(&received)) {
                return Some(Err(error));
            }
        }
    }

    /// An item that is here; `Some(None)` if a page is needed, and `None` if no more are wanted.
    fn take(&mut self) -> Option<Option<Op::Item>> {
        if self.left == 0 {
            return None;
        }
        let item = self.items.pop_front();
        self.left -= u64::from(item.is_some());
        Some(item)
    }

    fn fill(&mut self, page: &Received) -> Result<(), Error> {
        let items = Op::read_items(page, Op::PAGINATION.items);
        self.items = items.inspect_err(|_| self.pages.end())?.into();
        Ok(())
    }
}

impl<Op: Paginated> Stream for Items<Op> {
    type Item = Result<Op::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match this.take() {
                None => return Poll::Ready(None),
                Some(Some(item)) => return Poll::Ready(Some(Ok(item))),
                Some(None) => {}
            }
            this.position.clone_from(&this.pages.position);
            let page = match ready!(this.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(page) => page,
            };
            if let Err(error) = page.and_then(|(_, received)| this.fill(&received)) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

impl<Op: Paginated> fmt::Debug for Items<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &Op::ID).finish_non_exhaustive()
    }
}
