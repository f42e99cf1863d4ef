//! A queue into which any context puts things, and from which one other takes them, in order.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// A mailbox; only its owner waits for things in it.
pub(super) struct Mailbox<T> {
    things: RefCell<VecDeque<T>>,
    waker: RefCell<Option<Waker>>,
}

impl<T> Mailbox<T> {
    pub(super) fn new() -> Self {
        Self { things: RefCell::default(), waker: RefCell::default() }
    }

    /// Puts something in, and wakes the owner if it waits.
    pub(super) fn put(&self, thing: T) {
        self.things.borrow_mut().push_back(thing);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// The next thing, as soon as there is one.
    pub(super) async fn take(&self) -> T {
        poll_fn(|context| match self.things.borrow_mut().pop_front() {
            Some(thing) => Poll::Ready(thing),
            None => {
                *self.waker.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}
