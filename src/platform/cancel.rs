//! The wish that something ends: a flag for what looks between two steps, and a call for what only waits.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use futures_util::pin_mut;

use crate::strategy::Failure;

/// Ends one run, or whatever else takes long, when raised.
#[derive(Default)]
pub struct Cancel {
    flag: AtomicU32,
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
}

impl Cancel {
    /// Not 0: stop between two steps.
    pub fn flag(&self) -> &AtomicU32 {
        &self.flag
    }

    /// Whether it is to end.
    pub fn raised(&self) -> bool {
        self.flag.load(Relaxed) != 0
    }

    /// It is to end.
    pub fn raise(&self) {
        self.flag.store(1, Relaxed);
        self.waiting.take(); // dropped, which is what they wait for
    }

    /// What `work` comes to; if this is raised before, `work` is dropped where it is.
    ///
    /// # Errors
    /// Those of `work`, or that it was cancelled.
    pub async fn or<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let (end, ended) = oneshot::channel();
        if !self.raised() {
            self.waiting.borrow_mut().push(end);
        }
        pin_mut!(work);
        match select(ended, work).await {
            Either::Left(_) => Err(Failure::Cancelled),
            Either::Right((outcome, _)) => outcome,
        }
    }
}
