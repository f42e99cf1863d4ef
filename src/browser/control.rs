//! What all runners of a run share: the way to cancel it, and the observer that follows it.

use std::cell::RefCell;
use std::rc::Rc;

use lab::run::Series;
use strategies::trace::Trace;

use super::cancel::Cancel;
use super::live::Live;

/// Follows a run as it goes on, for what people see.
pub trait Observer {
    /// A sample begins; `live` can be read at every frame until `sampled` is called.
    fn begun(&self, live: Rc<RefCell<Live>>);
    /// The sample is done.
    fn sampled(&self, live: &mut Live, trace: &Trace);
    /// `done` of `total` samples are done.
    fn progress(&self, done: usize, total: usize, series: &[&Series]);
}

/// What a run's runners share.
pub struct Control {
    /// Raised when the visitor, or the deck, cancels.
    pub cancel: Rc<Cancel>,
    /// What people see.
    pub observer: Rc<dyn Observer>,
}
