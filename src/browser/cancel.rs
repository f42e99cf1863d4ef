//! A request to end something: a flag for work that looks between two steps, and a call for work that only waits.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use futures_channel::oneshot;
use futures_util::future::{Either, select};

use strategies::{Failure, Pending};

/// Ends one run, or another long activity, when raised.
#[derive(Default)]
pub struct Cancel {
    flag: AtomicU32,
    /// Dropped to wake the work that waits.
    waiting: RefCell<Option<oneshot::Sender<()>>>,
}

impl Cancel {
    /// Not 0: stop between two steps.
    pub fn flag(&self) -> &AtomicU32 {
        &self.flag
    }

    /// Whether the activity is to end.
    pub fn raised(&self) -> bool {
        self.flag.load(Relaxed) != 0
    }

    /// Asks the activity to end.
    pub fn raise(&self) {
        self.flag.store(1, Relaxed);
        self.waiting.take();
    }

    /// The outcome of `work`; if this is raised before, `work` is dropped unfinished. One call at a time.
    ///
    /// # Errors
    /// Those of `work`, or that it was cancelled.
    pub async fn or<T>(&self, work: Pending<'_, Result<T, Failure>>) -> Result<T, Failure> {
        let (end, ended) = oneshot::channel();
        self.waiting.replace((!self.raised()).then_some(end)); // dropped at once if it was raised before
        match select(ended, work).await {
            Either::Left(_) => Err(Failure::Cancelled),
            Either::Right((outcome, _)) => outcome,
        }
    }
}
