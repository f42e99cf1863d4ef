//! One thing at a time: what is measured has the machine for itself, because two at once would both be measured wrong.
//!
//! Whoever is about to keep the machine busy takes the turn, which nobody else gets until it is dropped, and which
//! Cancel and Escape reach.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::platform::Cancel;

/// Why nothing can begin while costs are measured or more cores simulated.
pub const HELD_UP: &str = "Costs are being measured, or more cores simulated. Wait for that to end.";

thread_local! {
    /// Whether anything keeps the machine busy. There is one machine, whatever is on the page.
    static BUSY: ArcRwSignal<bool> = ArcRwSignal::new(false);
    /// Ends what goes on.
    static CANCEL: RefCell<Option<Rc<Cancel>>> = const { RefCell::new(None) };
}

/// Whether anything keeps the machine busy, a run or something else; a view that asks is told of changes.
pub fn busy() -> bool {
    BUSY.with(Get::get)
}

/// The right to keep the machine busy, until it is dropped.
pub struct Turn {
    /// What the visitor ends it with.
    pub cancel: Rc<Cancel>,
}

impl Turn {
    /// Takes it, unless something has it.
    pub fn take() -> Option<Self> {
        if taken() {
            return None;
        }
        let cancel = Rc::<Cancel>::default();
        CANCEL.set(Some(cancel.clone()));
        BUSY.with(|busy| busy.set(true));
        Some(Self { cancel })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        CANCEL.take();
        BUSY.with(|busy| busy.set(false));
    }
}

/// Whether something has the turn now.
pub fn taken() -> bool {
    CANCEL.with_borrow(Option::is_some)
}

/// Cancels what goes on, if anything does.
pub fn cancel() {
    let cancel = CANCEL.with_borrow(Clone::clone);
    cancel.inspect(|cancel| cancel.raise());
}
